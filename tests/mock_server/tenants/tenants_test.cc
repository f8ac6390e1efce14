// Whose a request is, which scenario that one plays, and what others see of it: nothing.
#include "mock_server/tenants/tenants.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "assistants_mock/scenario_book.h"
#include "mock_server/api/api_error.h"
#include "mock_server/tenants/address.h"
#include "tests/mock_server/form_text.h"

namespace assistants_mock::mock_server::tenants {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;

api::Request request(const std::string& method, const std::string& target,
                     const std::string& key = "", const std::string& body = "") {
  api::Request request{method, target, {{"OpenAI-Beta", "assistants=v2"}}, body};
  if (!key.empty()) request.headers.emplace_back("Authorization", "Bearer " + key);
  return request;
}

struct AddressCase {
  std::string target;
  std::string key;
  std::string tenant;
  std::string rest;
};

TEST(Address, IsThePathsNameOrElseTheKey) {
  const std::vector<AddressCase> cases = {
      {"/v1/threads", "k", "k", "/v1/threads"},
      {"/tenant/test-42/v1/threads?limit=1", "k", "test-42", "/v1/threads?limit=1"},
      {"/tenant/test-42/threads", "", "test-42", "/threads"},
      {"/tenant/weather_tool%2Ftest-42/v1/threads", "k", "weather_tool/test-42", "/v1/threads"},
      {"/tenant/a%20b/v1", "", "a b", "/v1"},
      {"/tenant/a", "", "a", "/"},
      {"/tenant/a?x=1", "", "a", "/?x=1"},
      {"/tenant//v1/threads", "k", "k", "/tenant//v1/threads"},
      {"/v1/tenant/a/threads", "k", "k", "/v1/tenant/a/threads"},
      {"/tenant/" + std::string(longest_name + 1, 'x') + "/v1", "k", "k",
       "/tenant/" + std::string(longest_name + 1, 'x') + "/v1"},
  };
  for (const AddressCase& one : cases) {
    api::Request asked = request("GET", one.target, one.key);
    EXPECT_EQ(take_address(asked).tenant, one.tenant) << one.target;
    EXPECT_EQ(asked.target, one.rest) << one.target;
  }
}

TEST(Address, AzuresHeaderHoldsAKeyToo) {
  const auto address = [](const api::Headers& headers) {
    api::Request asked{"GET", "/openai/threads?api-version=1", headers, ""};
    return take_address(asked);
  };
  EXPECT_EQ(address({{"Api-Key", "k"}}).tenant, "k");
  EXPECT_EQ(address({{"api-key", "weather_tool/1"}}).tenant, "weather_tool/1");
  EXPECT_EQ(address({{"Authorization", "Bearer other"}, {"api-key", "k"}}).tenant, "k");
  EXPECT_EQ(address({{"Authorization", "Bearer k"}, {"api-key", ""}}).tenant, "k");
  EXPECT_TRUE(address({{"api-key", ""}}).key_is_unread);
}

class Worlds {
 public:
  explicit Worlds(TenantsOptions options = {}, const std::string& scenario = "echo")
      : tenants_(std::move(options), scenarios::ScenarioBook::load(scenario).shared()) {}

  struct Answer {
    int status;
    json body;
  };
  Answer send(const std::string& method, const std::string& target, const std::string& key,
              const json& body = nullptr) {
    const api::Response response = tenants_.handle(
        request(method, target, key, body.is_null() ? "" : body.dump()), std::nullopt);
    return {response.status, json::parse(response.body, nullptr, false)};
  }
  // What the assistant says to `text`, at `base`, with `key`.
  std::string reply(const std::string& base, const std::string& key, const std::string& text) {
    const json assistant = send("POST", base + "/assistants", key, {{"model", "gpt-4o"}}).body;
    const json run = send("POST", base + "/threads/runs", key,
                          {{"assistant_id", assistant.at("id")},
                           {"thread", {{"messages", {{{"role", "user"}, {"content", text}}}}}}})
                         .body;
    tenants_.advance_by(600s);
    const json messages =
        send("GET", base + "/threads/" + run.at("thread_id").get<std::string>() + "/messages", key)
            .body;
    const json& newest = messages.at("data").at(0);
    if (newest.at("role") == "user") return run.at("id");
    return newest.at("content").at(0).at("text").at("value");
  }
  Tenants& tenants() { return tenants_; }

 private:
  Tenants tenants_;
};

TEST(Tenants, ANameByPathAndByKeyIsTheSameWorld) {
  Worlds worlds;
  const json made = worlds.send("POST", "/tenant/test-42/v1/threads", "any").body;
  const std::string thread = "/threads/" + made.at("id").get<std::string>();
  EXPECT_EQ(worlds.send("GET", "/v1" + thread, "test-42").status, 200);
  EXPECT_EQ(worlds.send("GET", "/tenant/test-42" + thread, "another").status, 200);
  EXPECT_EQ(worlds.send("GET", "/v1" + thread, "any").status, 404);
}

TEST(Tenants, AKeyIsAskedForUnderATenantsPathToo) {  // auth.missing
  EXPECT_EQ(Worlds().send("GET", "/tenant/test-42/v1/threads/thread_1", "").status, 401);
}

TEST(Tenants, ANameChoosesItsScenario) {
  Worlds worlds;
  EXPECT_EQ(worlds.reply("/v1", "weather_tool/test-1", "Hello"),
            "I only know about the weather. You said: Hello");
  EXPECT_EQ(worlds.reply("/tenant/weather_tool%2Ftest-2/v1", "any", "Hello"),
            "I only know about the weather. You said: Hello");
  EXPECT_EQ(worlds.reply("/v1", "plain", "Hello"), "You said: Hello");
}

TEST(Tenants, ANameCanChooseWhatTheServerWasGiven) {
  const auto mine =
      scenarios::ScenarioBook::parse("scenario: mine\nruns: [{do: [{say: Mine}]}]").shared();
  Worlds worlds({.named = {mine}});
  EXPECT_EQ(worlds.reply("/v1", "mine/1", "Hello"), "Mine");
  worlds.tenants().name_scenario(
      scenarios::ScenarioBook::parse("scenario: mine\nruns: [{do: [{say: Newer}]}]").shared());
  EXPECT_EQ(worlds.reply("/v1", "mine/1", "Hello"), "Newer") << "who chose it follows it";
  EXPECT_EQ(worlds.reply("/v1", "mine/2", "Hello"), "Newer");
  EXPECT_EQ(worlds.reply("/v1", "plain", "Hello"), "You said: Hello");
}

TEST(Tenants, AScenarioThatIsNotThereIsNamedWithTheNearest) {  // ours.scenario
  Worlds worlds;
  const auto refused = worlds.send("POST", "/v1/threads", "weather_tol/test-1");
  EXPECT_EQ(refused.status, 400);
  const std::string message = refused.body.at("error").at("message");
  EXPECT_NE(message.find("did you mean 'weather_tool'"), std::string::npos) << message;
  EXPECT_EQ(worlds.send("POST", "/v1/threads", "../../etc/passwd/x.yaml").status, 400)
      << "no file is ever read for a key";
  EXPECT_EQ(worlds.tenants().requests({.refusal = "ours.scenario"}).size(), 2U);
}

TEST(Tenants, ReplacingTheScenarioOfAllLeavesThoseThatChose) {
  Worlds worlds;
  worlds.reply("/v1", "weather_tool/a", "Hello");
  worlds.reply("/v1", "plain", "Hello");
  worlds.tenants().play(
      scenarios::ScenarioBook::parse("scenario: other\nruns: [{do: [{say: Other}]}]").shared());
  EXPECT_EQ(worlds.reply("/v1", "plain", "Hello"), "Other");
  EXPECT_EQ(worlds.reply("/v1", "new", "Hello"), "Other");
  EXPECT_EQ(worlds.reply("/v1", "weather_tool/a", "Hello"),
            "I only know about the weather. You said: Hello");
}

// A server that follows a clock may have run for long when a key comes.
TEST(Tenants, SeedsAreAsOldAsTheirKey) {
  const auto scenario = [](const std::string& file) {
    return scenarios::ScenarioBook::parse(
               "files: [{ id: " + file + ", filename: a.txt, content: a }]\n" +
               "vector_stores: [{ id: vs_" + file + ", file_ids: [" + file +
               "], expires_after_days: 1 }]\nruns: [{ do: [] }]\n")
        .shared();
  };
  Tenants tenants({}, scenario("file-1"));
  state_machine::Instant now = state_machine::Instant{} + std::chrono::days(3);
  tenants.follow([&] { return now; });
  const auto status = [&](const std::string& store) {
    const auto answer =
        tenants.handle(request("GET", "/v1/vector_stores/" + store, "key", ""), now);
    return json::parse(answer.body).at("status");
  };
  EXPECT_EQ(status("vs_file-1"), "completed");
  now += std::chrono::days(3);  // the key is not heard of
  tenants.play(scenario("file-2"));
  EXPECT_EQ(status("vs_file-2"), "completed");
  EXPECT_EQ(status("vs_file-1"), "expired");
}

TEST(Tenants, WhatWasSetForOneStaysThroughItsReset) {
  Worlds worlds;
  worlds.tenants().play(scenarios::ScenarioBook::parse("runs: [{do: [{say: One}]}]").shared(),
                        "one");
  EXPECT_EQ(worlds.reply("/v1", "one", "Hello"), "One");
  EXPECT_EQ(worlds.reply("/v1", "two", "Hello"), "You said: Hello");
  worlds.tenants().reset("one");
  EXPECT_EQ(worlds.reply("/v1", "one", "Hello"), "One");
  worlds.tenants().reset();
  EXPECT_EQ(worlds.reply("/v1", "one", "Hello"), "You said: Hello");
}

TenantsOptions with_keys(std::set<std::string, std::less<>> keys) {
  return {
      .api = {.keys = std::make_shared<const std::set<std::string, std::less<>>>(std::move(keys))}};
}

TEST(Tenants, KeysThatAreConfiguredAreTheOnlyOnes) {  // auth.wrong
  Worlds worlds(with_keys({"sk-first", "sk-second"}));
  EXPECT_EQ(worlds.send("POST", "/v1/threads", "sk-first").status, 200);
  const auto refused = worlds.send("POST", "/v1/threads", "not-a-real-key-but-long-enough.");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.body.at("error").at("code"), "invalid_api_key");
  EXPECT_EQ(
      refused.body.at("error").at("message"),
      "Incorrect API key provided: not-a-re*******************ugh.. You can find your API key "
      "at https://platform.openai.com/account/api-keys.");
  EXPECT_EQ(worlds.send("POST", "/tenant/x/v1/threads", "wrong").status, 401);
  EXPECT_EQ(worlds.send("POST", "/v1/nowhere", "wrong").status, 404) << "the route comes first";
  EXPECT_EQ(worlds.tenants().state().tenants, 1U) << "wrong keys make no worlds";
}

TEST(Tenants, AKeyOfAzuresHeaderIsLetInOrNot) {  // auth.wrong
  Tenants tenants(with_keys({"sk-first"}), scenarios::ScenarioBook().shared());
  const auto status = [&](const std::string& target, const std::string& key) {
    return tenants.handle({"POST", target, {{"api-key", key}}, ""}, std::nullopt).status;
  };
  EXPECT_EQ(status("/openai/threads?api-version=1", "sk-first"), 200);
  EXPECT_EQ(status("/openai/threads?api-version=1", "sk-other"), 401);
  EXPECT_EQ(status("/tenant/one/openai/v1/threads", "sk-first"), 200);
  EXPECT_EQ(tenants.state().tenants, 2U);
}

// Its bytes are kept only for whoever has a key that is let in.
TEST(Tenants, AFormOfAzuresClientsIsTaken) {
  Tenants tenants(with_keys({"sk-first"}), scenarios::ScenarioBook().shared());
  const FormText form = file_form("a.txt", "Hello");
  const std::string target = "/openai/files?api-version=1";
  for (const auto& [key, expected] : {std::pair("sk-first", 200), std::pair("sk-other", 401)}) {
    const api::Headers headers = {{"api-key", key}, {"Content-Type", form.content_type()}};
    const auto body = tenants.open_body("POST", target, headers);
    ASSERT_NE(body, nullptr);
    body->take(form.body());
    EXPECT_EQ(tenants.handle({"POST", target, headers, "", body}, std::nullopt).status, expected);
  }
}

TEST(Tenants, ObjectsOfAnotherKeyAreNotFound) {  // nf.thread, nf.assistant
  Worlds worlds(with_keys({"sk-first", "sk-second"}));
  const std::string thread =
      worlds.send("POST", "/v1/threads", "sk-first").body.at("id").get<std::string>();
  const auto refused = worlds.send("GET", "/v1/threads/" + thread, "sk-second");
  EXPECT_EQ(refused.status, 404);
  EXPECT_EQ(refused.body.at("error").at("message"), "No thread found with id '" + thread + "'.");
  EXPECT_EQ(worlds.send("GET", "/tenant/sk-first/v1/threads/" + thread, "sk-second").status, 404)
      << "a name in the path is a world of the key";
}

TEST(Tenants, RequestsOfAllAreInTheOrderInWhichTheyCame) {
  Worlds worlds;
  for (const char* key : {"b", "a", "c", "a"}) worlds.send("GET", "/v1/models", key);
  std::string order;
  for (const RecordedRequest& one : worlds.tenants().requests({})) order += one.tenant;
  EXPECT_EQ(order, "baca");
  EXPECT_EQ(worlds.tenants().requests({}, "a").back().number, 2U);
}

TEST(Tenants, WhatHasNoOwnerIsInNobodysJournal) {
  Worlds worlds;
  worlds.send("GET", "/v1/models", "");
  worlds.tenants().record_refused({.at = {}, .status = 431, .refusal = "http.head_size"});
  const auto requests = worlds.tenants().requests({});
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].refusal, "auth.missing");
  EXPECT_EQ(requests[1].status, 431);
  EXPECT_EQ(worlds.tenants().state().tenants, 0U);
}

// A scenario set for one that is not there yet is the only one that it ever had.
TEST(Tenants, WhatIsSetBeforeTheFirstRequestIsThereFromTheStart) {
  const auto seeding = [](const std::string& id) {
    return scenarios::ScenarioBook::parse("assistants: [{id: " + id +
                                          ", model: gpt-4o}]\nruns: [{do: [{say: Hi}]}]")
        .shared();
  };
  Tenants tenants({}, seeding("asst_old"));
  tenants.play(seeding("asst_new"), "unheard_of/1");
  const auto status = [&](const std::string& id) {
    return tenants.handle(request("GET", "/v1/assistants/" + id, "unheard_of/1"), std::nullopt)
        .status;
  };
  EXPECT_EQ(status("asst_new"), 200);
  EXPECT_EQ(status("asst_old"), 404);
}

TEST(Tenants, TheScenarioOfANameIsToldBeforeItsFirstRequest) {
  Worlds worlds;
  EXPECT_EQ(worlds.tenants().scenario("weather_tool/1")->name, "weather_tool");
  EXPECT_THROW(worlds.tenants().scenario("no_such/1"), api::ApiError);
}

// Each test of a suite with its own key, scenario and reset: what is kept has the bound of the
// keys.
TEST(Tenants, ScenariosThatWereSetAreBoundedAsKeysAre) {
  Worlds worlds({.api = {.world = {.limits = {.keys = 3}}}});
  const auto scenario = scenarios::ScenarioBook().shared();
  for (const char* name : {"a", "b", "c"}) {
    worlds.tenants().play(scenario, name);
    worlds.tenants().reset(name);
  }
  EXPECT_THROW(worlds.tenants().play(scenario, "d"), api::ApiError);
  worlds.tenants().reset();
  EXPECT_NO_THROW(worlds.tenants().play(scenario, "d"));
}

// The counts of a fault over all keys, and over what takes it away.
TEST(Tenants, AFaultsHistoryOutlivesIt) {
  Worlds worlds;
  tenants::Tenants& tenants = worlds.tenants();
  const Fault fault{.on = "POST /threads", .times = {{1, 2}, {}}, .error = "srv.503"};
  const auto history = [&] {
    std::vector<std::pair<int, int>> counts;
    for (const FaultReport& report : tenants.fault_history())
      counts.emplace_back(report.asked, report.fired);
    return counts;
  };
  using Counts = std::vector<std::pair<int, int>>;
  tenants.add_fault(fault, "one");
  tenants.add_fault(fault, "other");
  worlds.send("POST", "/v1/threads", "one");
  EXPECT_EQ(history(), (Counts{{1, 1}})) << "two keys have it, and one asked";
  tenants.clear_faults("one");
  worlds.send("POST", "/v1/threads", "other");
  EXPECT_EQ(history(), (Counts{{2, 2}}));
  tenants.reset();
  EXPECT_EQ(history(), (Counts{{2, 2}}));
  tenants.play(scenarios::ScenarioBook::parse("faults: [{ on: listModels, error: rl.rpm }]\n"
                                              "runs: [{ do: [] }]")
                   .shared());
  worlds.send("GET", "/v1/models", "one");
  EXPECT_EQ(history(), (Counts{{2, 2}, {1, 1}}));
  tenants.play(scenarios::ScenarioBook().shared());
  EXPECT_EQ(history(), (Counts{{2, 2}, {1, 1}})) << "of a scenario that is not played any more";
}

// Its stream is still open when the fault is taken away.
TEST(Tenants, AFaultThatStrikesAfterItIsGoneHasStruck) {
  Worlds worlds;
  worlds.tenants().add_fault({.on = "createThreadAndRun",
                              .stream = StreamFault{.after = "thread.run.completed",
                                                    .outcome = StreamFault::Outcome::repeat}},
                             "k");
  const json assistant = worlds.send("POST", "/v1/assistants", "k", {{"model", "gpt-4o"}}).body;
  const json body = {{"assistant_id", assistant.at("id")},
                     {"stream", true},
                     {"thread", {{"messages", {{{"role", "user"}, {"content", "Hi"}}}}}}};
  const auto stream =
      worlds.tenants()
          .handle(request("POST", "/v1/threads/runs", "k", body.dump()), std::nullopt)
          .stream;
  worlds.tenants().clear_faults("k");
  worlds.tenants().advance_by(std::chrono::hours{1});
  std::string bytes;
  while (stream->read(bytes, {}) == api::EventStream::State::open) {
  }
  const FaultReport report = worlds.tenants().fault_history().at(0);
  EXPECT_EQ(std::pair(report.asked, report.fired), std::pair(1, 1));
  EXPECT_EQ(worlds.tenants().requests({.path = "/threads/runs"}).at(0).fault,
            "stream repeat at thread.run.completed 1");
}

TEST(Tenants, FaultsOfAKeyToComeAreThoseItWouldBeginWith) {
  Worlds worlds;
  worlds.tenants().play(
      scenarios::ScenarioBook::parse("faults: [{ on: listModels, error: rl.rpm }]\n"
                                     "runs: [{ do: [] }]")
          .shared());
  worlds.tenants().add_fault({.on = "getThread", .error = "srv.503"});
  std::vector<std::string> would, does;
  for (const FaultReport& report : worlds.tenants().faults("k")) would.push_back(report.fault.on);
  EXPECT_EQ(worlds.tenants().state().tenants, 0U) << "asking makes none";
  worlds.send("GET", "/v1/files", "k");
  for (const FaultReport& report : worlds.tenants().faults("k")) {
    does.push_back(report.fault.on);
    EXPECT_EQ(report.tenant, "k");
  }
  EXPECT_EQ(would, (std::vector<std::string>{"GET /models", "GET /threads/{thread_id}"}));
  EXPECT_EQ(does, would);
}

TEST(Tenants, SteeringOneThatIsNotThereMakesIt) {
  Worlds worlds;
  worlds.tenants().add_fault({.on = "POST /threads", .error = "srv.503"}, "later");
  EXPECT_EQ(worlds.send("POST", "/v1/threads", "later").status, 503);
  EXPECT_EQ(worlds.send("POST", "/v1/threads", "later").status, 200);
  EXPECT_TRUE(worlds.tenants().requests({}, "never").empty()) << "asking about one does not";
  EXPECT_EQ(worlds.tenants().state().tenants, 1U);
}

}  // namespace
}  // namespace assistants_mock::mock_server::tenants
