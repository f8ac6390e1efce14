// The mock's own routes, without sockets.
#include "mock_server/control/control.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <thread>

#include "tests/mock_server/control/control_server.h"

namespace assistants_mock::mock_server::control {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

TEST(Control, IsMeantByPathsUnderMockOnly) {
  for (const char* target : {"/_mock/health", "/v1/_mock/health", "/tenant/a/_mock/health?x=1",
                             "/tenant/a%2Fb/v1/_mock/health", "/_mock/"})
    EXPECT_TRUE(Control::is_meant_by(target)) << target;
  for (const char* target :
       {"/_mock", "/v1/threads/_mock/health", "/_mocking/health", "/v1/threads?x=/_mock/health",
        "/tenant/_mock/health", "/tenant/a", "/"})
    EXPECT_FALSE(Control::is_meant_by(target)) << target;
}

TEST(Control, HealthCountsWhatIsThere) {
  Server server;
  EXPECT_EQ(server.get("/_mock/health").body.at("tenants"), 0) << "asking makes no tenant";
  server.run("Hello");
  server.run("Nothing");
  const json health = server.get("/_mock/health", "").body;
  EXPECT_EQ(health.at("status"), "ok");
  EXPECT_EQ(health.at("tenants"), 1);
  EXPECT_EQ(health.at("requests"), 4);
  EXPECT_EQ(health.at("unmatched_runs"), 1);
  EXPECT_GT(health.at("objects"), 5);
}

TEST(Control, VersionSaysHowTheServerWasStarted) {
  const json version = Server(TimeMode::stepped).get("/_mock/version").body;
  EXPECT_EQ(version.at("name"), "assistants-mock");
  EXPECT_EQ(version.at("version"), ASSISTANTS_MOCK_TEST_VERSION);
  EXPECT_EQ(version.at("time"), "stepped");
  EXPECT_EQ(version.at("v1"), "served");
}

TEST(Control, TheScenarioIsReadAndReplacedForOneKey) {
  Server server;
  EXPECT_EQ(server.get("/_mock/scenario").body.at("name"), "hello");
  const json replaced = server.send("PUT", "/_mock/scenario", {{"name", "echo"}}).body;
  EXPECT_EQ(replaced.at("name"), "echo");
  EXPECT_EQ(server.get("/_mock/scenario").body.at("name"), "echo");
  EXPECT_EQ(server.get("/_mock/scenario", "other").body.at("name"), "hello");
  EXPECT_EQ(server.get("/_mock/scenario", "").body.at("name"), "hello");
}

TEST(Control, TheYamlOfAScenarioCanBeSentBackAsItIs) {
  Server server;
  const std::string yaml = server.get("/_mock/scenario").body.at("yaml");
  EXPECT_EQ(server.send("PUT", "/_mock/scenario", yaml, "", "application/yaml").status, 200);
  EXPECT_EQ(server.send("PUT", "/_mock/scenario", {{"yaml", yaml}}, "").body.at("yaml"), yaml);
}

TEST(Control, AWrongScenarioIsRefusedWithItsPlaceAndTheOldOneGoesOn) {
  Server server;
  const auto wrong = server.send("PUT", "/_mock/scenario", {{"yaml", "runs: [{do: [{sya: Hi}]}]"}});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_NE(wrong.message().find("scenario.yaml:1:15: error: unknown key 'sya'"),
            std::string::npos);
  for (const json& body :
       {json{{"name", "ecko"}}, json{{"name", "/etc/passwd"}}, json{{"name", "x.yaml"}},
        json::object(), json{{"name", "echo"}, {"yaml", "runs: []"}}})
    EXPECT_EQ(server.send("PUT", "/_mock/scenario", body).status, 400) << body;
  EXPECT_EQ(server.get("/_mock/scenario").body.at("name"), "hello");
}

TEST(Control, TimePassesByALengthOrToWhatHappensNext) {
  Server server;
  const json run = server.run("Hello");
  const json next = server.post("/_mock/advance").body;
  EXPECT_EQ(next.at("data").at(0).at("now"), 1.0) << "the run was queued for a second";
  EXPECT_EQ(server.status_of(run), "in_progress");
  EXPECT_EQ(server.post("/_mock/advance", {{"by", "10min"}}).status, 200);
  EXPECT_EQ(server.status_of(run), "completed");
  const json clock = server.get("/_mock/clock").body.at("data").at(0);
  EXPECT_EQ(clock.at("tenant"), "k");
  EXPECT_EQ(clock.at("now"), 601.0);
  EXPECT_TRUE(clock.at("due").is_null());
}

TEST(Control, TimeOfOneKeyIsItsOwn) {
  Server server;
  server.run("Hello", "one");
  server.run("Hello", "other");
  server.post("/_mock/advance", {{"by", "5s"}}, "one");
  EXPECT_EQ(server.get("/_mock/clock", "one").body.at("data").at(0).at("now"), 5.0);
  EXPECT_EQ(server.get("/_mock/clock", "other").body.at("data").at(0).at("now"), 0.0);
  server.post("/_mock/advance", {{"by", "1s"}}, "");
  EXPECT_EQ(server.get("/_mock/clock", "").body.at("data").size(), 2U);
  EXPECT_EQ(server.get("/_mock/clock", "other").body.at("data").at(0).at("now"), 1.0);
}

TEST(Control, RealTimeCannotBeAdvanced) {
  Server server(TimeMode::real);
  const auto refused = server.post("/_mock/advance", {{"by", "1s"}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_NE(refused.message().find("--time manual"), std::string::npos);
}

TEST(Control, TheJournalTellsWhatWasAskedAnsweredAndWhy) {
  Server server;
  server.run("Hello");
  const json entry = server.get("/_mock/journal?path=/threads/runs").body.at("data").at(0);
  EXPECT_EQ(entry.at("method"), "POST");
  EXPECT_EQ(entry.at("path"), "/v1/threads/runs");
  EXPECT_EQ(entry.at("number"), 2);
  EXPECT_EQ(entry.at("tenant"), "k");
  EXPECT_EQ(entry.at("headers").at("OpenAI-Beta"), "assistants=v2");
  EXPECT_EQ(entry.at("body").at("thread").at("messages").at(0).at("content"), "Hello");
  EXPECT_EQ(entry.at("status"), 200);
  EXPECT_EQ(entry.at("answer").at("object"), "thread.run");
  EXPECT_EQ(entry.at("rule"), "rule 1 (\"greeting\") of hello");
  EXPECT_EQ(entry.at("unmatched"), false);
  EXPECT_EQ(entry.at("granted"), true);
}

TEST(Control, TheJournalShowsWhatNoRuleAnswered) {
  Server server;
  server.run("Hello");
  server.run("Bye");
  const json found = server.get("/_mock/journal?unmatched=true").body;
  EXPECT_EQ(found.at("count"), 1);
  const json& entry = found.at("data").at(0);
  EXPECT_EQ(entry.at("rule"), "");
  const std::string why = entry.at("why_not").at(0);
  EXPECT_NE(why.find("wanted /Hello/, found \"Bye\""), std::string::npos) << why;
}

TEST(Control, TheJournalIsAskedByMethodPathStatusRefusalAndBody) {
  Server server;
  const json run = server.run("Hello");
  const std::string thread = "/v1/threads/" + run.at("thread_id").get<std::string>();
  server.post(thread + "/messages", {{"role", "user"}, {"content", "x"}});  // refused: lock.message
  server.get(thread + "/messages");
  server.get("/v1/nowhere");
  const auto count = [&](const std::string& query) {
    return server.get("/_mock/journal?" + query).body.at("count").get<int>();
  };
  EXPECT_EQ(count(""), 5);
  EXPECT_EQ(count("method=GET"), 2);
  EXPECT_EQ(count("path=/threads/{thread_id}/messages"), 2);
  EXPECT_EQ(count("path=/v1/threads/*/messages&method=POST"), 1);
  EXPECT_EQ(count("path=" + thread + "/messages"), 2);
  EXPECT_EQ(count("status=400"), 1);
  EXPECT_EQ(count("refusal=lock.message"), 1);
  EXPECT_EQ(count("refusal=*"), 2);
  EXPECT_EQ(count("body.role=user"), 1);
  EXPECT_EQ(count("body.thread.messages.0.content=Hello"), 1);
  EXPECT_EQ(count("body.thread.messages.1.content=Hello"), 0);
  EXPECT_EQ(count("after=3"), 2);
  const json page = server.get("/_mock/journal?limit=2").body;
  EXPECT_EQ(page.at("data").size(), 2U);
  EXPECT_EQ(page.at("count"), 5);
  EXPECT_EQ(page.at("has_more"), true);
}

TEST(Control, TheMocksOwnRequestsAreNotInTheJournal) {
  Server server;
  server.get("/_mock/health");
  EXPECT_EQ(server.get("/_mock/journal").body.at("count"), 0);
}

TEST(Control, RunsAreTheirRuleWhatIsDueAndWhatHappened) {
  Server server;
  const json run = server.run("Hello");
  const json queued = server.get("/_mock/runs").body.at("data").at(0);
  EXPECT_EQ(queued.at("id"), run.at("id"));
  EXPECT_EQ(queued.at("rule"), "rule 1 (\"greeting\") of hello");
  EXPECT_EQ(queued.at("due"), 1.0);
  EXPECT_EQ(queued.at("due_action"), "the run is picked up");
  EXPECT_FALSE(queued.contains("events"));

  server.post("/_mock/advance", {{"by", "2s"}});
  EXPECT_EQ(server.get("/_mock/runs?status=queued").body.at("data").size(), 0U);
  const json ended = server.get("/_mock/runs/" + run.at("id").get<std::string>()).body;
  EXPECT_EQ(ended.at("status"), "completed");
  EXPECT_TRUE(ended.at("due").is_null());
  EXPECT_EQ(ended.at("events").front().at("event"), "thread.created");
  EXPECT_EQ(ended.at("events").back().at("event"), "thread.run.completed");
  EXPECT_EQ(ended.at("events").back().at("data").at("id"), run.at("id"));
  EXPECT_EQ(server.get("/_mock/runs/run_none").status, 404);
}

// So long that a wait which is not woken fails its test by the test's own limit.
constexpr Limits patient{.wait_ms = 3'600'000};

TEST(Control, WaitReturnsWhenWhatIsWaitedForHappens) {
  Server server(TimeMode::manual, patient);
  std::jthread client([&] {
    for (int left = 3; left > 0; --left) server.get("/v1/assistants");
  });
  const auto requests = server.post(
      "/_mock/wait", {{"requests", {{"path", "/assistants"}}}, {"count", 3}, {"limit", "1h"}}, "k");
  EXPECT_EQ(requests.status, 200);
  EXPECT_EQ(requests.body.at("count"), 3);

  const json run = server.run("Hello");
  std::jthread clock([&] { server.post("/_mock/advance", {{"by", "2s"}}); });
  const auto ended = server.post(
      "/_mock/wait", {{"runs", {{"id", run.at("id")}, {"status", "completed"}}}, {"limit", "1h"}});
  EXPECT_EQ(ended.body.at("reached"), true);
}

TEST(Control, WaitGivesUpAtItsLimitAndSaysHowFarItCame) {
  Server server;
  server.get("/v1/assistants");
  const auto refused =
      server.post("/_mock/wait", {{"requests", json::object()}, {"count", 2}, {"limit", "1ms"}});
  EXPECT_EQ(refused.status, 408);
  EXPECT_EQ(refused.message(), "Waited 1ms and saw 1 of the 2 requests that were asked for.");
  const auto too_long = Server(TimeMode::manual, {.wait_ms = 1000})
                            .post("/_mock/wait", {{"requests", json::object()}, {"limit", "2s"}});
  EXPECT_EQ(too_long.status, 400);
  EXPECT_NE(too_long.message().find("--max-wait"), std::string::npos);
}

TEST(Control, WaitsEndWhenTheServerCloses) {
  Server server(TimeMode::manual, patient);
  std::jthread waiting([&] {
    EXPECT_EQ(server.post("/_mock/wait", {{"requests", json::object()}, {"limit", "1h"}}).status,
              408);
  });
  server.tenants().close();
}

TEST(Control, ResetGoesBackToTheScenariosStart) {
  Server server;
  const json run = server.run("Hello");
  server.run("Hello", "other");
  server.post("/_mock/faults", {{"on", "*"}, {"times", "1+"}, {"error", "rl.rpm"}});
  server.post("/_mock/advance", {{"by", "1min"}});
  server.post("/_mock/reset");
  EXPECT_EQ(server.get("/_mock/journal").body.at("count"), 0);
  EXPECT_EQ(server.get("/v1/assistants").body.at("data").size(), 0U);
  EXPECT_EQ(server.get("/_mock/clock").body.at("data").at(0).at("now"), 0.0);
  EXPECT_EQ(server.run("Hello").at("created_at"), 0);
  EXPECT_EQ(server.get("/v1/assistants", "other").body.at("data").size(), 1U) << "another key";
}

TEST(Control, ATenantIsNamedByPathOrByKey) {
  Server server;
  server.run("Hello", "test-42");
  EXPECT_EQ(server.get("/tenant/test-42/_mock/journal", "").body.at("count"), 2);
  EXPECT_EQ(server.get("/tenant/test-42/v1/_mock/journal", "").body.at("count"), 2);
  EXPECT_EQ(server.get("/_mock/journal", "").body.at("count"), 2) << "nobody's name: all";
  EXPECT_EQ(server.get("/_mock/journal", "another").body.at("count"), 0);
}

TEST(Control, WhereKeysAreGivenOneIsAskedForAndSteersItself) {
  Server server(TimeMode::manual, {}, {"known", "other"});
  EXPECT_EQ(server.get("/_mock/journal", "unknown-key-1234").status, 401);
  EXPECT_EQ(server.get("/_mock/journal", "").status, 401);
  server.get("/v1/models", "known");
  EXPECT_EQ(server.get("/_mock/journal", "known").body.at("count"), 1);
  EXPECT_EQ(server.get("/_mock/journal", "other").body.at("count"), 0);
  EXPECT_EQ(server.get("/tenant/known/_mock/journal", "other").body.at("count"), 0);
}

// A variable that was not set must not reset the worlds of all others.
TEST(Control, AHeaderWithoutAKeyMeansNobodyAndNotAll) {
  Server server;
  for (const char* value : {"Bearer ", "Bearer", "bearer k", "Basic eDp5", ""}) {
    api::Request request{"POST", "/_mock/reset", {{"Authorization", value}}, ""};
    EXPECT_EQ(server.answer(request), 401) << value;
  }
  EXPECT_EQ(server.answer({"POST", "/_mock/reset", {{"api-key", ""}}, ""}), 401);
}

// What Azure's clients put in front of a path, and behind it.
TEST(Control, AnswersInAzuresSpelling) {
  Server server;
  server.get("/v1/models", "one");
  server.get("/v1/models", "two");
  EXPECT_EQ(server.get("/openai/_mock/journal?api-version=1", "one").body.at("count"), 1);
  EXPECT_EQ(server.get("/openai/v1/_mock/journal", "one").body.at("count"), 1);
  EXPECT_EQ(server.get("/openai/_mock/journal?api_version=1", "one").status, 400);
  EXPECT_EQ(server.answer({"POST", "/_mock/reset", {{"api-key", "two"}}, ""}), 200);
  EXPECT_EQ(server.get("/_mock/journal", "two").body.at("count"), 0);
  EXPECT_EQ(server.get("/_mock/journal", "one").body.at("count"), 1);
}

// What is asked about by path is found however it was spelled.
TEST(Control, FindsRequestsInAnySpelling) {
  Server server;
  server.get("/v1/models");
  server.get("/openai/models?api-version=1");
  server.get("/openai/v1/models");
  EXPECT_EQ(server.get("/_mock/journal?path=/models").body.at("count"), 3);
  EXPECT_EQ(server.get("/_mock/journal?path=/openai/models").body.at("count"), 3);
}

// Every refusal of a limit is told to the log, too.
TEST(Control, RefusalsAreToldToTheListener) {
  std::vector<RecordedRequest> told;
  tenants::Tenants tenants(
      {.listeners = {.on_request = [&](const RecordedRequest& one) { told.push_back(one); }}},
      scenarios::ScenarioBook().shared());
  const Control control(tenants, {.limits = {.wait_ms = 1}});
  control.answer({"POST", "/_mock/wait", {}, R"({"requests": {}, "limit": "1s"})"});
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].refusal, "ours.limit");
  EXPECT_NE(told[0].answer.find("--max-wait"), std::string::npos);
  EXPECT_TRUE(tenants.requests({}).empty()) << "and is in no journal";
}

TEST(Control, YamlWithoutItsContentTypeIsToldTheRemedy) {
  Server server;
  const std::string yaml = "runs: [{do: [{say: Hi}]}]";
  const auto refused =
      server.send("PUT", "/_mock/scenario", yaml, "k", "application/x-www-form-urlencoded");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.message().find("application/yaml"), std::string::npos) << refused.message();
  EXPECT_EQ(server.send("PUT", "/_mock/scenario", yaml, "k", "Application/YAML").status, 200);
}

TEST(Control, RoutesThatAreNoneAreRefusedAsTheApiDoes) {
  Server server;
  EXPECT_EQ(server.get("/_mock/nowhere").status, 404);
  EXPECT_EQ(server.get("/_mock/").status, 404);
  EXPECT_EQ(server.get("/_mock/runs/a/b").status, 404);
  EXPECT_EQ(server.send("DELETE", "/_mock/journal").status, 405);
  EXPECT_EQ(server.post("/_mock/advance", "{").status, 400);
  EXPECT_EQ(server.post("/_mock/advance", {{"by", "1 fortnight"}}).status, 400);
  EXPECT_EQ(server.get("/_mock/journal?status=abc").status, 400);
  EXPECT_EQ(server.get("/_mock/journal?stats=400").status, 400);
  EXPECT_EQ(server.get("/_mock/journal?after=99999999999999999999").status, 400);
  EXPECT_EQ(server.get("/_mock/journal?body=x&body.role=user").status, 400);
  EXPECT_EQ(server.get("/_mock/runs?status=sleeping").status, 400);
}

}  // namespace
}  // namespace assistants_mock::mock_server::control
