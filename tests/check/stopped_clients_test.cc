// Clients that would not end by themselves, and what stops them.
#include <gtest/gtest.h>
#include <httplib.h>

#include <string>

#include "tests/check/one_conversation.h"
#include "tests/check/polling_client.h"

namespace assistants_mock::tests {
namespace {

using mock_server::BrokenRule;
using mock_server::Case;
using mock_server::CheckOptions;
using mock_server::RuleSetting;

CheckReport check_under(const std::string& yaml, const Act& act, CheckOptions options = {}) {
  options.scenarios = {ScenarioBook::parse(yaml)};
  options.first_case = quickening;
  return check_client(options, [&](const Case& asked) {
    PlainClient client(asked);
    return act(client);
  });
}

const std::string incomplete = "runs: [{ do: [{ incomplete: content_filter }] }]";

// Until its connection ends.
ClientEnd poll_for_ever(PlainClient& client) {
  begin_run(client);
  while (!client.poll().empty()) {
  }
  return badly();
}

TEST(StoppedClients, PolledARunThatIsOver) {
  const CheckReport report = check_under(incomplete, poll_for_ever);
  ASSERT_EQ(report.broken.size(), 1U);
  EXPECT_EQ(report.broken[0].rule, "polling.after_end");
  EXPECT_EQ(report.broken[0].story.back(),
            "        the client is stopped: it went on polling a run that was incomplete");
  EXPECT_NE(report.broken[0].what.find("; 25 more polls came"), std::string::npos)
      << report.broken[0].what;
}

TEST(StoppedClients, AreGivenAsManyPollsAsTheRuleAllows) {
  CheckOptions options;
  options.rules["polling.after_end"] = {.off = false, .limit = 100};
  const CheckReport allowed = check_under(incomplete, poll_for_ever, options);
  ASSERT_EQ(allowed.broken.size(), 1U);
  EXPECT_NE(allowed.broken[0].what.find("; 123 more polls came"), std::string::npos)
      << allowed.broken[0].what;
}

TEST(StoppedClients, MadeTooManyRequests) {
  CheckOptions options;
  options.rules["polling.after_end"] = {.off = true, .limit = std::nullopt};
  options.rules["client.hangs"] = {.off = false, .limit = 300};
  const CheckReport report = check_under(incomplete, poll_for_ever, options);
  ASSERT_EQ(report.broken.size(), 1U);
  EXPECT_EQ(report.broken[0].rule, "client.hangs");
  EXPECT_NE(report.broken[0].what.find("more than 300 requests for one message of the user"),
            std::string::npos)
      << report.broken[0].what;
}

// The server lets the connection hang, and the client has all the time in the world.
TEST(StoppedClients, WaitedForAnAnswerThatNeverCame) {
  CheckOptions options;
  options.time_limit = std::chrono::milliseconds{300};
  options.scenarios = {
      ScenarioBook::parse("faults: [{ on: createThread, connection: hanging }]\n" + answers)};
  const CheckReport report = check_client(options, [](const Case& asked) {
    httplib::Client client(asked.base_url.substr(0, asked.base_url.find("/v1")));
    client.set_read_timeout(std::chrono::hours{1});
    const httplib::Headers headers{{"Authorization", "Bearer " + asked.api_key},
                                   {"OpenAI-Beta", "assistants=v2"}};
    const auto answer = client.Post("/v1/threads", headers, "{}", "application/json");
    return answer ? well() : badly();
  });
  ASSERT_EQ(report.broken.size(), 1U) << report.text;
  EXPECT_EQ(report.broken[0].rule, "client.hangs");
  EXPECT_NE(report.broken[0].what.find("it did not end within 300 ms"), std::string::npos);
}

// What the client does once its connections are closed is the checker's doing.
TEST(StoppedClients, AreNotJudgedByWhatTheyDoThen) {
  CheckOptions options;
  options.time_limit = std::chrono::milliseconds{200};
  const auto persisting = [](PlainClient& client) {
    client.begin("Hello.");
    bool was_answered = true;
    for (int after = 0; after < 100;) {
      was_answered = client.get(client.thread_path()) != 0;
      if (!was_answered) ++after;
    }
    return badly();
  };
  const CheckReport report = check_under(answers, persisting, options);
  ASSERT_EQ(report.broken.size(), 1U) << report.text;
  EXPECT_EQ(report.broken[0].rule, "client.hangs");
}

// However far apart that makes them for who pauses. Short limits would tell how fast this machine
// is.
TEST(HastyPolls, AreFoundWithLongLimits) {
  Habits habits;
  habits.pauses = false;
  for (const std::size_t limit : {100U, 1'000U}) {
    CheckOptions options;
    options.rules["polling.hasty"] = {.off = false, .limit = limit};
    const CheckReport report = check_client(options, [&](const Case& asked) {
      const Conversation conversation = ask(asked.base_url, asked.api_key, habits);
      ClientEnd end;
      end.success = conversation.success;
      end.output = conversation.shown;
      return end;
    });
    ASSERT_EQ(report.broken.size(), 1U) << limit << ": " << report.text;
    EXPECT_EQ(report.broken[0].rule, "polling.hasty") << limit;
  }
}

}  // namespace
}  // namespace assistants_mock::tests
