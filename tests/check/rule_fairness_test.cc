// Rules speak only of what the client could know. Each test has a client that is forgiven, and one
// that goes a step further and is not.
#include <gtest/gtest.h>

#include <string>

#include "tests/check/one_conversation.h"

namespace assistants_mock::tests {
namespace {

using nlohmann::json;

// ---- "An answer sent is not an answer read"

void close_stream_early(PlainClient& client) {
  client.begin("Hello.");
  client.stream(client.thread_path() + "/runs", {{"assistant_id", client.assistant}},
                "thread.run.created");
}

TEST(FairRules, WhoClosedAStreamHasNotSeenItsEnd) {
  const auto cancelling = [](int times) {
    return [times](PlainClient& client) {
      close_stream_early(client);
      for (int time = 0; time < times; ++time) client.cancel();
      return badly();
    };
  };
  EXPECT_EQ(broken(answers, cancelling(1)), "");
  EXPECT_EQ(broken(answers, cancelling(2)), "run.late_cancel");
}

TEST(FairRules, PollsAfterAStreamCountFromTheOneThatShowsTheEnd) {
  const auto polling = [](int polls) {
    return [polls](PlainClient& client) {
      close_stream_early(client);
      for (int poll = 0; poll < polls; ++poll) client.poll();
      client.read_reply();
      return well();
    };
  };
  EXPECT_EQ(broken(answers, polling(3)), "");
  EXPECT_EQ(broken(answers, polling(4)), "polling.after_end");
}

TEST(FairRules, PollsThatToldNothingAreNoPollsAfterTheEnd) {
  const std::string ill = "faults: [{ on: getRun, times: [5, 6, 7], error: srv.500 }]\n" + answers;
  const auto polling = [](int more) {
    return [more](PlainClient& client) {
      begin_run(client);
      client.poll_until("completed");
      for (int poll = 0; poll < more; ++poll) client.poll();
      client.read_reply();
      return well();
    };
  };
  EXPECT_EQ(broken(ill, polling(5)), "");
  EXPECT_EQ(broken(ill, polling(8)), "polling.after_end");
}

// ---- "A submit or cancel refused at a boundary … is forgiven once, not twice"

TEST(FairRules, CancelThatComesTooLateIsForgivenOnce) {
  const auto cancelling = [](int times) {
    return [times](PlainClient& client) {
      begin_run(client);
      client.poll();  // in_progress; it is over a second later
      for (int time = 0; time < times; ++time) client.cancel();
      return badly();
    };
  };
  EXPECT_EQ(broken(answers, cancelling(1)), "");
  EXPECT_EQ(broken(answers, cancelling(2)), "run.late_cancel");
}

TEST(FairRules, CancelOfARunThatWasShownToBeOverIsNot) {
  EXPECT_EQ(broken(answers,
                   [](PlainClient& client) {
                     begin_run(client);
                     client.poll_until("completed");
                     client.cancel();
                     return badly();
                   }),
            "run.late_cancel");
}

TEST(FairRules, SecondCancelAfterALostOneIsForgiven) {
  const std::string slow = "runs: [{ on_cancel: 90s, do: [{ wait: 100s }] }]\n";
  const auto cancelling = [](int times) {
    return [times](PlainClient& client) {
      begin_run(client);
      client.poll();
      for (int time = 0; time < times; ++time) client.cancel();
      return badly();
    };
  };
  EXPECT_EQ(broken(lost("cancelRun") + slow, cancelling(2)), "");
  EXPECT_EQ(broken(slow, cancelling(2)), "run.late_cancel");
}

Act submit_each_round(int times_each) {
  return [times_each](PlainClient& client) {
    begin_run(client);
    for (int round = 0; round < 2; ++round) {
      client.poll_until("requires_action");
      for (int time = 0; time < times_each; ++time) client.submit("12 C");
    }
    client.poll_until("completed");
    client.read_reply();
    return well();
  };
}

TEST(FairRules, OutputsSentAgainAreForgivenWhenTheAnswerWasLost) {
  EXPECT_EQ(broken(calls, submit_each_round(1)), "");
  EXPECT_EQ(broken(lost("submitToolOuputsToRun") + calls, submit_each_round(2)), "tools.late")
      << "the second round's came back";
  EXPECT_EQ(broken(lost("submitToolOuputsToRun", "[1, 3]") + calls, submit_each_round(2)), "")
      << "lost once in each round";
  EXPECT_EQ(broken(lost("submitToolOuputsToRun", "[1, 3]") + calls, submit_each_round(3)),
            "tools.late");
  EXPECT_EQ(broken(calls, submit_each_round(2)), "tools.late");
}

TEST(FairRules, CallsOfARunThatExpiredBeforeASecondLookNeedNoAnswer) {
  const std::string expires = "runs: [{ queued: 0s, do: [{ wait: 599s }, { call: f }] }]\n";
  const Act poll_on = [](PlainClient& client) {
    begin_run(client);
    client.poll_until("expired");
    return badly();
  };
  EXPECT_EQ(broken(expires, poll_on, quickening), "") << "shown once";
  EXPECT_EQ(broken(calls, poll_on, quickening), "tools.unanswered") << "shown again and again";
}

// ---- "A failed run tried again to success is a success"

const std::string fails_once =
    "runs:\n"
    "  - when: { times: 1 }\n"
    "    do: [{ fail: server_error }]\n"
    "  - do: [{ say: Good day. }]\n";

TEST(FairRules, FailedRunTriedAgainToSuccessIsASuccess) {
  const auto trying = [](int runs, bool on_new_thread, const std::string& question) {
    return [=](PlainClient& client) {
      client.begin("Hello.");
      for (int run = 0; run < runs; ++run) {
        if (run > 0 && on_new_thread) client.begin(question);
        ask_to_the_end(client);
      }
      return well();
    };
  };
  EXPECT_EQ(broken(fails_once, trying(2, false, "")), "");
  EXPECT_EQ(broken(fails_once, trying(2, true, "Hello.")), "");
  EXPECT_EQ(broken(fails_once, trying(1, false, "")), "report.false_success");
  EXPECT_EQ(broken(fails_once, trying(2, true, "Another question.")), "report.false_success");
}

// ---- "Exit statuses other than 0 are honest after failed, expired, cancelled and incomplete runs"

TEST(FairRules, FailureMayBeReportedAfterARunWithoutReply) {
  const auto asking = [](const ClientEnd& end) {
    return [end](PlainClient& client) {
      client.begin("Hello.");
      ask_to_the_end(client);
      return end;
    };
  };
  const std::string failed = "runs: [{ do: [{ fail: server_error }] }]\n";
  const std::string incomplete = "runs: [{ do: [{ incomplete: content_filter }] }]\n";
  const std::string expired = "runs: [{ do: [hang] }]\n";
  EXPECT_EQ(broken(failed, asking(badly())), "");
  EXPECT_EQ(broken(incomplete, asking(badly())), "");
  EXPECT_EQ(broken(expired, asking(badly()), quickening), "");
  EXPECT_EQ(broken(failed, asking(well())), "report.false_success");
  EXPECT_EQ(broken(incomplete, asking(well())), "report.incomplete_as_whole");
  EXPECT_EQ(broken(expired, asking(well()), quickening), "report.false_success");
  EXPECT_EQ(broken(answers, asking(well())), "");
  EXPECT_EQ(broken(answers, asking(badly())), "report.false_failure");
}

TEST(FairRules, WhoCancelledMaySayWhatItLikes) {
  for (const ClientEnd& end : {well(), badly()})
    EXPECT_EQ(broken(works_long,
                     [&](PlainClient& client) {
                       begin_run(client);
                       client.cancel();
                       client.poll_until("cancelled");
                       return end;
                     }),
              "");
}

// ---- "Giving up after a lost create is allowed, doubling the user's message is not"

TEST(FairRules, LostMessageMayBeGivenUpAndNotDoubled) {
  const auto saying = [](int times) {
    return [times](PlainClient& client) {
      client.begin("Hello.");
      for (int time = 1; time < times; ++time) client.say("Hello.");
      return badly();
    };
  };
  EXPECT_EQ(broken(lost("createMessage") + answers, saying(1)), "");
  EXPECT_EQ(broken(lost("createMessage") + answers, saying(2)), "retry.doubled");
}

TEST(FairRules, LostRunMayBeGivenUpOrTriedOnce) {
  const auto starting = [](int times) {
    return [times](PlainClient& client) {
      client.begin("Hello.");
      for (int time = 0; time < times; ++time) client.start_run();
      return badly();
    };
  };
  EXPECT_EQ(broken(lost("createRun") + works_long, starting(1)), "");
  EXPECT_EQ(broken(lost("createRun") + works_long, starting(2)), "");
  EXPECT_EQ(broken(lost("createRun") + works_long, starting(3)), "thread.locked_run");
}

// Its body breaks off: nobody can tell the run's id.
TEST(FairRules, RunWhoseAnswerBrokeOffIsAsGoodAsLost) {
  const std::string cut = "faults: [{ on: createRun, keep_bytes: 20 }]\n";
  EXPECT_EQ(broken(cut + works_long,
                   [](PlainClient& client) {
                     client.begin("Hello.");
                     client.start_run();
                     client.start_run();
                     return badly();
                   }),
            "");
}

TEST(FairRules, ThreadThatWasLostWithItsRunIsMadeAnew) {
  const auto asking = [](const std::string& second_question) {
    return [=](PlainClient& client) {
      client.post("/assistants", {{"model", "gpt-4o"}});
      const json assistant = client.answer().value("id", "");
      for (const std::string& question : {std::string("Hello."), second_question}) {
        const json message = {{"role", "user"}, {"content", question}};
        client.post("/threads/runs",
                    {{"assistant_id", assistant}, {"thread", {{"messages", {message}}}}});
      }
      client.thread = client.answer().value("thread_id", "");
      client.poll_until("completed");
      client.read_reply();
      return well();
    };
  };
  EXPECT_EQ(broken(lost("createThreadAndRun") + answers, asking("Hello.")), "");
  EXPECT_EQ(broken(lost("createThreadAndRun") + answers, asking("Another question.")),
            "report.unseen_end");
}

// ---- "A second look into a lagging list is no polling after the end"

TEST(FairRules, ListsThatLagMayBeLookedIntoAgain) {
  const auto reading = [](int looks, int polls) {
    return [=](PlainClient& client) {
      begin_run(client);
      client.poll_until("completed");
      for (int look = 0; look < looks; ++look) client.read_reply();
      for (int poll = 0; poll < polls; ++poll) client.poll();
      return well();
    };
  };
  const std::string lagging = "messages_lag: 4s\n" + answers;
  EXPECT_EQ(broken(lagging, reading(9, 2)), "");
  EXPECT_EQ(broken(lagging, reading(9, 3)), "polling.after_end");
  EXPECT_EQ(broken(lagging, reading(1, 0)), "reply.unread");
}

// ---- Threads, locked and left

TEST(FairRules, DeletedThreadIsLockedByNoRun) {
  const auto leaving = [](bool deletes) {
    return [deletes](PlainClient& client) {
      begin_run(client);
      client.poll();
      if (deletes) client.remove(client.thread_path());
      return badly();
    };
  };
  EXPECT_EQ(broken(works_long, leaving(true)), "");
  EXPECT_EQ(broken(works_long, leaving(false)), "thread.left_active");
}

TEST(FairRules, RepliesOnTheWayToTheLastNeedNotBeShown) {
  const std::string two =
      "runs: [{ when: { times: 1 }, do: [{ say: A draft. }, { say: More. }] },"
      " { do: [{ say: The text. }] }]\n";
  const auto showing = [](const std::string& output) {
    return [output](PlainClient& client) {
      client.begin("Write a draft.");
      ask_to_the_end(client);
      client.say("Write the text.");
      ask_to_the_end(client);
      return well(output);
    };
  };
  EXPECT_EQ(broken(two, showing("The text.")), "");
  EXPECT_EQ(broken(two, showing("A draft. More. The text.")), "");
  EXPECT_EQ(broken(two, showing("A draft. The text.")), "reply.wrong");
  EXPECT_EQ(broken(two, showing("A draft. More.")), "reply.wrong");
}

}  // namespace
}  // namespace assistants_mock::tests
