// The server as a test holds it: real sockets, no sleeping.
#include "assistants_mock/mock_server.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <nlohmann/json.hpp>
#include <system_error>
#include <thread>

#include "scenarios/scenario.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::mock_server {
namespace {

using namespace std::chrono_literals;

TEST(MockServer, BaseUrlNamesItsPort) {
  const MockServer server;
  EXPECT_EQ(server.base_url(), "http://127.0.0.1:" + std::to_string(server.port()) + "/v1");
}

TEST(MockServer, PortInUseIsTold) {
  const MockServer first;
  try {
    const MockServer second({.port = first.port()});
    FAIL() << "two servers on one port";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::address_in_use);
  }
}

TEST(MockServer, AdvanceDoesNotMoveRealTime) {
  MockServer manual;
  EXPECT_THROW(manual.advance(-1ms), std::invalid_argument);
  manual.advance(1s);
  MockServer real({.time_mode = TimeMode::real});
  EXPECT_THROW(real.advance(1s), std::logic_error);
}

TEST(MockServer, WrongSeedsAreRefusedWhole) {
  scenarios::Scenario scenario;
  scenario.assistants.push_back({"asst_1", {{"model", "gpt-4o"}, {"temperature", 9}}});
  const ScenarioBook wrong(scenario);
  EXPECT_THROW(MockServer({.scenarios = wrong}), std::invalid_argument);
  MockServer server;
  EXPECT_THROW(server.set_scenarios(wrong), std::invalid_argument);
}

TEST(MockServer, AllWrongSeedsAreTold) {
  scenarios::Scenario scenario;
  scenario.name = "seeds";
  scenario.files.push_back({.id = "file-table", .filename = "table.csv"});
  scenario.vector_stores.push_back({.id = "vs_1", .file_ids = {"file-none", "file-table"}});
  scenario.assistants.push_back({"asst_1", {{"model", "gpt-4o"}, {"temperature", 9}}});
  const scenarios::Json described = {{"file_ids", {"file-none", "file-table"}}};
  scenario.assistants.push_back(
      {"asst_2",
       {{"model", "gpt-4o"},
        {"tool_resources",
         {{"file_search", {{"vector_stores", scenarios::Json::array({described})}}}}}}});
  try {
    MockServer server({.scenarios = ScenarioBook(scenario)});
    FAIL() << "it was taken";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(),
                 "scenario seeds, vector store vs_1: the scenario has no file file-none\n"
                 "scenario seeds, vector store vs_1: file_search does not take table.csv "
                 "(f.retrieval): its name ends otherwise\n"
                 "scenario seeds, assistant asst_1: Invalid 'temperature': decimal above maximum "
                 "value. Expected a value <= 2, but got 9 instead.\n"
                 "scenario seeds, assistant asst_2: the scenario has no file file-none\n"
                 "scenario seeds, assistant asst_2: file_search does not take table.csv "
                 "(f.retrieval): its name ends otherwise");
  }
}

// A client on a connection of its own, with one key.
struct Client {
  const MockServer& server;
  std::string key = "key";

  std::string request(const std::string& method, const std::string& path,
                      const std::string& body) const {
    return method + " /v1" + path + " HTTP/1.1\r\nHost: mock\r\nAuthorization: Bearer " + key +
           "\r\nOpenAI-Beta: assistants=v2\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
  }
  tests::RawAnswer send(const std::string& method, const std::string& path,
                        const std::string& body = "") const {
    return tests::ask(server.port(), request(method, path, body));
  }
  nlohmann::json json(const std::string& method, const std::string& path,
                      const std::string& body = "") const {
    return nlohmann::json::parse(send(method, path, body).body);
  }
  std::string make_assistant() const {
    return json("POST", "/assistants", R"({"model":"gpt-4o"})")["id"];
  }
  // The body of POST /threads/runs.
  std::string asking(const std::string& text, bool stream) const {
    return nlohmann::json{{"assistant_id", make_assistant()},
                          {"stream", stream},
                          {"thread", {{"messages", {{{"role", "user"}, {"content", text}}}}}}}
        .dump();
  }
  static std::string run_path(const nlohmann::json& run) {
    return "/threads/" + run["thread_id"].get<std::string>() + "/runs/" +
           run["id"].get<std::string>();
  }
};

// A scenario whose files find no room on the disk changes nothing, for those to come either.
TEST(MockServer, SeedsThatFindNoRoomAreToldAndLeaveAllAsItWas) {
  scenarios::Scenario scenario;
  scenario.name = "large";
  scenario.files.push_back({.id = "file-1", .filename = "a.txt", .content = "small"});
  scenario.files.push_back({.id = "file-2", .filename = "b.txt", .content = "much too large"});
  const ScenarioBook large(scenario);
  MockServer server({.limits = {.stored_bytes = 10}});
  const Client client{server};
  ASSERT_EQ(client.json("GET", "/files")["data"].size(), 0);
  EXPECT_THROW(server.set_scenarios(large), std::runtime_error);
  EXPECT_EQ(client.json("GET", "/files")["data"].size(), 0);
  EXPECT_EQ((Client{server, "other"}.json("GET", "/files")["data"].size()), 0);
}

TEST(MockServer, AKeyWhoseSeedsFindNoRoomIsRefusedAlone) {
  scenarios::Scenario scenario;
  scenario.name = "small";
  scenario.files.push_back({.id = "file-1", .filename = "a.txt", .content = "8 bytes."});
  MockServer server({.scenarios = ScenarioBook(scenario), .limits = {.stored_bytes = 10}});
  const Client client{server};
  EXPECT_EQ(client.json("GET", "/files")["data"].size(), 1);
  const tests::RawAnswer newcomer = Client{server, "other"}.send("GET", "/files");
  EXPECT_EQ(newcomer.status, 507);
  EXPECT_NE(newcomer.body.find("more bytes of files than may be kept"), std::string::npos);
  EXPECT_EQ(client.json("GET", "/files")["data"].size(), 1);
}

TEST(MockServer, ManualTimeMovesRunsByAdvanceOnly) {
  MockServer server;
  const Client client{server};
  const auto run = client.json("POST", "/threads/runs", client.asking("Hi", false));
  const std::string path = Client::run_path(run);
  for (int poll = 0; poll < 3; ++poll) EXPECT_EQ(client.json("GET", path)["status"], "queued");
  server.advance(1s);
  EXPECT_EQ(client.json("GET", path)["status"], "in_progress");
  server.advance(1s);
  EXPECT_EQ(client.json("GET", path)["status"], "completed");
}

TEST(MockServer, StreamWaitsForAdvance) {
  MockServer server;
  const Client client{server};
  tests::RawClient reader(server.port());
  reader.send(client.request("POST", "/threads/runs", client.asking("Hi", true)));
  reader.read_until("thread.run.queued");
  server.advance(1s);
  reader.read_until("thread.run.in_progress");
  server.advance(1s);
  const std::string rest = reader.read_until("data: [DONE]\n\n");
  EXPECT_NE(rest.find("thread.run.completed"), std::string::npos);
}

TEST(MockServer, ResetEndsStreamsAndForgetsEverything) {
  MockServer server;
  const Client client{server};
  tests::RawClient reader(server.port());
  reader.send(client.request("POST", "/threads/runs", client.asking("Hi", true)));
  reader.read_until("thread.run.queued");
  server.reset();
  reader.wait_for_end();
  EXPECT_TRUE(server.requests().empty());
  EXPECT_TRUE(client.json("GET", "/assistants")["data"].empty());
}

TEST(MockServer, KeysNeverMeet) {
  MockServer server;
  const Client one{server, "one"};
  const Client other{server, "other"};
  const std::string assistant = one.make_assistant();
  EXPECT_EQ(one.send("GET", "/assistants/" + assistant).status, 200);
  EXPECT_EQ(other.send("GET", "/assistants/" + assistant).status, 404);
  EXPECT_TRUE(other.json("GET", "/assistants")["data"].empty());
}

TEST(MockServer, KeysAreBounded) {
  const MockServer server({.limits = {.keys = 2}});
  EXPECT_EQ((Client{server, "a"}.send("GET", "/assistants").status), 200);
  EXPECT_EQ((Client{server, "b"}.send("GET", "/assistants").status), 200);
  const auto refused = Client{server, "c"}.send("GET", "/assistants");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("--max-keys"), std::string::npos);
  EXPECT_EQ((Client{server, "a"}.send("GET", "/assistants").status), 200);
}

TEST(MockServer, ObjectsAreBounded) {
  const MockServer server({.limits = {.objects = 2}});
  const Client client{server};
  client.make_assistant();
  EXPECT_EQ(client.send("POST", "/threads").status, 200);
  const auto refused = client.send("POST", "/threads");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("--max-objects"), std::string::npos);
}

TEST(MockServer, RequestsAreKeptWithTheirAnswers) {
  const MockServer server({.limits = {.journal_entries = 2}});
  const Client client{server};
  client.send("GET", "/models");
  client.send("GET", "/nowhere");
  client.send("GET", "/assistants/asst_none");
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].path, "/v1/nowhere");
  EXPECT_EQ(requests[0].refusal, "route.unknown");
  EXPECT_EQ(requests[1].status, 404);
  EXPECT_NE(requests[1].answer.find("No assistant found"), std::string::npos);
}

TEST(MockServer, StreamedAnswersAreKeptAsSent) {
  const MockServer server({.time_mode = TimeMode::stepped});
  const Client client{server};
  const auto streamed = client.send("POST", "/threads/runs", client.asking("Hi", true));
  EXPECT_EQ(server.requests().back().answer, streamed.body);
}

TEST(MockServer, SteppedTimeShowsEachStatusOnce) {
  const MockServer server({.time_mode = TimeMode::stepped});
  const Client client{server};
  const auto run = client.json("POST", "/threads/runs", client.asking("Hi", false));
  EXPECT_EQ(run["status"], "queued");
  EXPECT_EQ(client.json("GET", Client::run_path(run))["status"], "in_progress");
  EXPECT_EQ(client.json("GET", Client::run_path(run))["status"], "completed");
}

TEST(MockServer, ImmediateTimeEndsAtOnce) {
  const MockServer server({.time_mode = TimeMode::immediate});
  const Client client{server};
  const auto run = client.json("POST", "/threads/runs", client.asking("Hi", false));
  EXPECT_EQ(run["status"], "queued");
  EXPECT_EQ(client.json("GET", Client::run_path(run))["status"], "completed");
}

// Real time moves runs although nobody asks.
TEST(MockServer, RealTimeDrivesRuns) {
  std::promise<EndedRun> ended;
  const MockServer server(
      {.scenarios = ScenarioBook::parse("runs: [{queued: 0, do: [{wait: 1ms}, {say: Hi}]}]"),
       .time_mode = TimeMode::real,
       .on_run_end = [&](const EndedRun& run) { ended.set_value(run); }});
  const Client client{server};
  client.send("POST", "/threads/runs", client.asking("Hi", false));
  EXPECT_EQ(ended.get_future().get().status, "completed");
}

TEST(MockServer, PollsAreHintedOutsideRealTime) {
  const auto hint_of = [](const MockServerOptions& options) {
    const MockServer server(options);
    const Client client{server};
    const auto run = client.json("POST", "/threads/runs", client.asking("Hi", false));
    const auto poll = client.send("GET", Client::run_path(run));
    return std::string(api::header(poll.headers, "openai-poll-after-ms"));
  };
  EXPECT_EQ(hint_of({}), "1");
  EXPECT_EQ(hint_of({.poll_hint = 12ms}), "12");
  EXPECT_EQ(hint_of({.poll_hint = {}}), "");
}

// What polls of a run of this scenario see, one after the other, up to its end.
std::vector<std::string> polled(const MockServerOptions& options) {
  const MockServer server(options);
  const Client client{server};
  const auto run = client.json("POST", "/threads/runs", client.asking("Hi", false));
  std::vector<std::string> statuses;
  do statuses.push_back(client.json("GET", Client::run_path(run)).at("status"));
  while (statuses.size() < 700 && statuses.back() != "expired" && statuses.back() != "completed");
  return statuses;
}

TEST(MockServer, TimeQuickensWhileAClientOnlyPolls) {
  const auto hang = ScenarioBook::parse("runs: [{do: [hang]}]");
  const MockServerOptions plain{.scenarios = hang, .time_mode = TimeMode::stepped};
  MockServerOptions quick = plain;
  quick.longest_step = 10min;
  EXPECT_EQ(polled(plain).size(), 600U);
  EXPECT_LE(polled(quick).size(), 15U);
  quick.longest_step = 4s;
  EXPECT_GT(polled(quick).size(), 140U) << "no step is longer than that";
}

TEST(MockServer, QuickTimePassesNoStatusBy) {
  const MockServerOptions quick{
      .scenarios = ScenarioBook::parse("runs: [{queued: 60s, do: [{wait: 2s}, {say: Hi}]}]"),
      .time_mode = TimeMode::stepped,
      .longest_step = 10min};
  std::vector<std::string> seen = polled(quick);
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  EXPECT_EQ(seen, (std::vector<std::string>{"queued", "in_progress", "completed"}));
}

TEST(MockServer, UnmatchedRunsFailAndAreCounted) {
  MockServer server(
      {.scenarios = ScenarioBook::parse("runs: [{when: {message: weather}, do: [{say: Rain}]}]")});
  const Client client{server};
  const auto run = client.json("POST", "/threads/runs", client.asking("Hi", false));
  server.advance(2s);
  const auto failed = client.json("GET", Client::run_path(run));
  EXPECT_EQ(failed["status"], "failed");
  EXPECT_NE(failed["last_error"]["message"].get<std::string>().find("weather"), std::string::npos);
  EXPECT_EQ(server.unmatched_runs(), 1U);
}

TEST(MockServer, BaseUrlsOfTenantsNameThem) {
  const MockServer server;
  const std::string origin = "http://127.0.0.1:" + std::to_string(server.port());
  EXPECT_EQ(server.base_url("test-42"), origin + "/tenant/test-42/v1");
  EXPECT_EQ(server.base_url("weather_tool/a b"), origin + "/tenant/weather_tool%2Fa%20b/v1");
}

TEST(MockServer, StreamsOfManualTimeFollowTheirTenantsClock) {
  MockServer server;
  const Client one{server, "one"};
  const Client other{server, "other"};
  const auto run = one.json("POST", "/threads/runs", one.asking("Hi", false));
  const auto waiting = other.json("POST", "/threads/runs", other.asking("Hi", false));
  server.advance(2s, "one");
  EXPECT_EQ(one.json("GET", Client::run_path(run))["status"], "completed");
  EXPECT_EQ(other.json("GET", Client::run_path(waiting))["status"], "queued");
  EXPECT_TRUE(server.advance_to_next("other"));
  EXPECT_EQ(other.json("GET", Client::run_path(waiting))["status"], "in_progress");
  EXPECT_FALSE(server.advance_to_next("one")) << "nothing is left to happen";
  EXPECT_EQ(server.clocks("one").at(0).now - server.clocks("other").at(0).now, 1s);
}

TEST(MockServer, WhatIsNoRequestIsKeptWithTheFlagThatWouldHelp) {
  std::promise<RecordedRequest> told;
  const MockServer server({.limits = {.head_bytes = 1024},
                           .on_request = [&](const RecordedRequest& one) { told.set_value(one); }});
  tests::RawClient client(server.port());
  client.send("GET /v1/models HTTP/1.1\r\nX: " + std::string(2000, 'x'));
  EXPECT_EQ(client.read_answer().status, 431);
  const RecordedRequest refused = told.get_future().get();
  EXPECT_EQ(refused.refusal, "http.head_size");
  EXPECT_NE(refused.answer.find("--max-head"), std::string::npos) << refused.answer;
  EXPECT_EQ(server.requests({.status = 431}).size(), 1U);
}

TEST(MockServer, ATestWaitsForItsClientWithoutSleeping) {
  MockServer server;
  const Client client{server};
  std::jthread program([&] { client.send("POST", "/threads/runs", client.asking("Hi", false)); });
  EXPECT_TRUE(server.wait_for_runs({.status = "queued"}, 1, 1h));
  EXPECT_TRUE(server.wait_for_requests({.method = "POST", .path = "/threads/runs"}, 1, 1h, "key"));
  EXPECT_FALSE(server.wait_for_requests({.method = "DELETE"}, 1, 1ms));
  const auto runs = server.runs({.events = true});
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].events.size(), 3U) << "thread.created, thread.run.created, thread.run.queued";
}

// Nobody waits for the end of a wait.
TEST(MockServer, StopsWhileSomebodyWaitsOverHttp) {
  auto server = std::make_unique<MockServer>(MockServerOptions{.limits = {.wait_ms = 3'600'000}});
  tests::RawClient waiting(server->port());
  const std::string body = R"({"requests": {}, "limit": "1h"})";
  waiting.send("POST /_mock/wait HTTP/1.1\r\nHost: mock\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body);
  server.reset();
  waiting.wait_for_end();
}

TEST(MockServer, KeysThatAreGivenAreTheOnlyOnes) {  // auth.wrong
  MockServer server({.keys = {"sk-right"}});
  EXPECT_EQ((Client{server, "sk-right"}.send("GET", "/models").status), 200);
  EXPECT_EQ((Client{server, "sk-wrong"}.send("GET", "/models").status), 401);
}

TEST(MockServer, OptionsThatCannotBeAreRefused) {
  EXPECT_THROW(MockServer({.limits = {.keys = 0}}), std::invalid_argument);
  EXPECT_THROW(MockServer({.limits = {.json_depth = 1'000'000}}), std::invalid_argument);
  EXPECT_THROW(MockServer({.keys = {""}}), std::invalid_argument);
  EXPECT_THROW(MockServer({.keys = {"no_such_scenario/1"}}), std::invalid_argument);
}

TEST(MockServer, SteeringSpeaksOfWhatIsWrong) {
  MockServer server({.limits = {.keys = 1}});
  EXPECT_THROW(server.add_fault({.on = "GET /nothing", .error = "rl.rpm"}), std::invalid_argument);
  EXPECT_THROW(server.add_fault({.on = "*", .delay = 25h}), std::invalid_argument);
  server.set_scenarios(ScenarioBook::load("weather_tool"), "only");
  EXPECT_EQ(server.scenarios("only").scenario().name, "weather_tool");
  EXPECT_THROW(server.advance(1s, "one too many"), std::invalid_argument);
}

}  // namespace
}  // namespace assistants_mock::mock_server
