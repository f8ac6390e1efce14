// Clients that are right in unusual ways are forgiven; those that look like them, and are wrong,
// are not.
#include <gtest/gtest.h>

#include <string>

#include "tests/check/one_conversation.h"

namespace assistants_mock::tests {
namespace {

using nlohmann::json;

int add_message(PlainClient& client, const json& message) {
  return client.post(client.thread_path() + "/messages", message);
}

// ---- The same words again

TEST(UnusualClients, MayGoOnAfterEachReplyThatIsIncomplete) {
  const auto going_on = [](PlainClient& client) {
    client.begin("Tell me all.");
    ask_to_the_end(client);
    for (int again = 0; again < 2; ++again) {
      client.say("Go on.");
      ask_to_the_end(client);
    }
    return badly();
  };
  EXPECT_EQ(broken("runs: [{ do: [incomplete: max_completion_tokens] }]", going_on), "");
  EXPECT_EQ(broken("runs: [{ do: [fail: server_error] }]", going_on), "retry.doubled");
}

TEST(UnusualClients, MaySeedAHistoryInWhichBothSayTheSame) {
  const auto seeding = [](const std::string& second_role) {
    return [=](PlainClient& client) {
      client.begin("Hello.");
      add_message(client, {{"role", second_role}, {"content", "Hello."}});
      ask_to_the_end(client);
      return well();
    };
  };
  EXPECT_EQ(broken(answers, seeding("assistant")), "");
  EXPECT_EQ(broken(answers, seeding("user")), "retry.doubled");
}

TEST(UnusualClients, MayMarkTheirMessagesAndTryAgainOnANewThread) {
  const auto asking = [](const std::string& second_question) {
    return [=](PlainClient& client) {
      client.begin("Hello.");
      ask_to_the_end(client);
      client.post("/threads");
      client.thread = client.answer().value("id", "");
      add_message(
          client,
          {{"role", "user"}, {"content", second_question}, {"metadata", {{"mark", "another"}}}});
      ask_to_the_end(client);
      return well();
    };
  };
  const std::string fails_first =
      "runs: [{ when: { times: 1 }, do: [fail: server_error] }, { do: [{ say: Good day. }] }]";
  EXPECT_EQ(broken(fails_first, asking("Hello.")), "");
  EXPECT_EQ(broken(fails_first, asking("What else?")), "report.false_success");
}

TEST(UnusualClients, MayHoldSeveralConversationsAtOnce) {
  const std::string slow_down =
      "faults: [{ on: createThread, times: 1, error: rl.rpm, headers: { retry-after-ms: 400 } }]\n";
  const auto conversing = [](int threads) {
    return [=](PlainClient& client) {
      for (int thread = 0; thread <= threads; ++thread) client.post("/threads");
      return badly();
    };
  };
  EXPECT_EQ(broken(slow_down + answers, conversing(2)), "");
  EXPECT_EQ(broken(slow_down + answers, conversing(1)), "retry.early");
}

// ---- Asking whether something is there

TEST(UnusualClients, MayAskForAnAssistantThatIsGone) {
  const auto asking = [](int times) {
    return [=](PlainClient& client) {
      for (int time = 0; time < times; ++time) client.get("/assistants/asst_abc123");
      client.begin("Hello.");
      ask_to_the_end(client);
      return well();
    };
  };
  EXPECT_EQ(broken(answers, asking(1)), "");
  EXPECT_EQ(broken(answers, asking(2)), "request.refused");
}

// ---- Cancelling

const std::string too_late =
    "runs: [{ when: { times: 1 }, on_cancel: too_late, do: [{ wait: 5s }, { say: Late. }] },"
    " { do: [{ say: Good day. }] }]";

TEST(UnusualClients, NeedNotReadWhatTheyCancelled) {
  const auto asking = [](bool cancels) {
    return [=](PlainClient& client) {
      begin_run(client);
      if (cancels) client.cancel();
      client.poll_until("completed");
      client.say("And now?");
      ask_to_the_end(client);
      return well("Good day.");
    };
  };
  EXPECT_EQ(broken(too_late, asking(true)), "");
  EXPECT_EQ(broken(too_late, asking(false)), "reply.unread");
}

TEST(UnusualClients, MayCallItAFailureThatTheUserStoppedThem) {
  const auto stopping = [](bool cancels) {
    return [=](PlainClient& client) {
      begin_run(client);
      if (cancels) client.cancel();
      client.poll_until("completed");
      return badly();
    };
  };
  EXPECT_EQ(broken(too_late, stopping(true)), "");
  EXPECT_EQ(broken(too_late, stopping(false)), "report.false_failure");
}

TEST(UnusualClients, MayLookOnceMoreAfterACancelThatWasRefused) {
  const std::string refusing = "faults: [{ on: cancelRun, times: 1+, error: rl.rpm }]\n" + calls;
  const auto cancelling = [](int times) {
    return [=](PlainClient& client) {
      begin_run(client);
      client.poll_until("requires_action");
      for (int time = 0; time < times; ++time) client.cancel();
      client.poll();
      return badly();
    };
  };
  EXPECT_EQ(broken(refusing, cancelling(2)), "");
  EXPECT_EQ(broken(refusing, cancelling(0)), "tools.unanswered");
}

// ---- What they say in the end

TEST(UnusualClients, MayGiveUpOnAListThatShowsNothing) {
  const auto giving_up = [](PlainClient& client) {
    begin_run(client);
    client.poll_until("completed");
    for (int look = 0; look < 3; ++look) client.read_reply();
    return badly();
  };
  EXPECT_EQ(broken("messages_lag: 60s\n" + answers, giving_up), "");
  EXPECT_EQ(broken(answers, giving_up), "report.false_failure");
}

TEST(UnusualClients, MustHaveAReasonToFailBeforeTheyAskAnything) {
  const auto failing = [](PlainClient& client) {
    client.post("/threads");
    return badly();
  };
  const std::string refusing = "faults: [{ on: createThread, times: 1, error: srv.500 }]\n";
  EXPECT_EQ(broken(refusing + answers, failing), "");
  EXPECT_EQ(broken(answers, failing), "report.false_failure");
}

TEST(UnusualClients, MayWriteTheirReplyAsJsonOrHtml) {
  const std::string odd = "runs: [{ do: [{ say: 'Tea? \"Yes\", 漢字.' }, { say: More. }] }]";
  const auto showing = [](const std::string& output) {
    return [=](PlainClient& client) {
      client.begin("Hello.");
      ask_to_the_end(client);
      return well(output);
    };
  };
  for (const char* output : {R"(Tea? "Yes", 漢字. More.)", R"(["Tea? \"Yes\", 漢字.", "More."])",
                             R"(["Tea? \"Yes\", \u6f22\u5b57.", "More."])",
                             "Tea? &#34;Yes&#34;, &#28450;&#23383;.\nMore."})
    EXPECT_EQ(broken(odd, showing(output)), "") << output;
  EXPECT_EQ(broken(odd, showing("Tea? Yes, 漢字. More.")), "reply.wrong");
}

// ---- Being patient

TEST(UnusualClients, MayPollEachRunToItsDeadline) {
  const std::string slow = "runs: [{ do: [{ wait: 590s }, { say: Good day. }] }]";
  const auto asking = [](int questions, int at_most) {
    return [=](PlainClient& client) {
      client.begin("Hello.");
      for (int question = 0; question < questions; ++question) {
        if (question > 0) client.say("Question " + std::to_string(question));
        client.start_run();
        for (int polls = 0; polls < at_most && client.poll() != "completed"; ++polls) {
        }
        client.read_reply();
      }
      return well();
    };
  };
  EXPECT_EQ(broken(slow, asking(4, 700)), "");
}

}  // namespace
}  // namespace assistants_mock::tests
