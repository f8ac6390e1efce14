// A thousand tenants side by side, on several threads, each with a conversation of its own: nothing
// of one ever reaches another, and each hears byte for byte what it hears alone.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "assistants_mock/scenario_book.h"
#include "tests/races/act.h"
#include "tests/races/chance.h"

namespace assistants_mock::tests {
namespace {

namespace api = mock_server::api;
using nlohmann::json;

constexpr std::size_t tenants = 1'000;
constexpr std::size_t threads = 4;

// A word that only this tenant says.
constexpr std::string_view mark = "word-of-";
std::string word_of(std::size_t tenant) {
  return std::string(mark) + std::to_string(tenant) + ";";
}
std::string key_of(std::size_t tenant) {
  return "tenant-" + std::to_string(tenant);
}

// One tenant's conversation, a step at a time; what comes next depends on what was answered. Every
// third streams its answers, and every other has its weather looked up by a tool.
class Conversation {
 public:
  static constexpr std::size_t steps = 9;

  explicit Conversation(std::size_t tenant) : tenant_(tenant) {}

  api::Request next() {
    const std::string runs = "/threads/" + thread_ + "/runs";
    const json user = {{"role", "user"}, {"content", question()}};
    switch (step_++) {
      case 0:
        return request("POST", "/assistants", {{"model", "gpt-4o"}, {"name", word_of(tenant_)}});
      case 1:
        return request("POST", "/threads", {{"metadata", {{"who", word_of(tenant_)}}}});
      case 2:
        return request("POST", "/threads/" + thread_ + "/messages", user);
      case 3:
        return request("POST", runs, {{"assistant_id", assistant_}, {"stream", streams()}});
      case 4:
        return request("GET", runs);
      case 5:
        return request("GET", runs + "/" + run_);
      case 6:
        return request("POST", runs + "/" + run_ + "/submit_tool_outputs",
                       {{"stream", streams()},
                        {"tool_outputs", {{{"tool_call_id", call_}, {"output", output()}}}}});
      case 7:
        return request("GET", "/threads/" + thread_ + "/messages");
      default:
        return request("GET", runs + "/" + run_ + "/steps");
    }
  }

  void hear(api::Response response) {
    std::string bytes = std::move(response.body);
    if (response.stream)
      while (response.stream->read(bytes, std::chrono::milliseconds{0}) ==
             api::EventStream::State::open)
        ASSERT_FALSE(bytes.empty()) << "in stepped time a stream is whole when it is given";
    else
      learn(json::parse(bytes));
    heard_.push_back(std::to_string(response.status) + " " +
                     std::string(api::header(response.headers, "x-request-id")) + "\n" + bytes);
  }

  const std::vector<std::string>& heard() const { return heard_; }

 private:
  bool streams() const { return tenant_ % 3 == 0; }
  bool calls() const { return tenant_ % 2 == 0; }
  std::string question() const {
    return (calls() ? "What is the weather in Oslo? " : "Hello, ") + word_of(tenant_);
  }
  std::string output() const { return json{{"temperature", word_of(tenant_)}}.dump(); }

  api::Request request(const char* method, const std::string& path,
                       const json& body = nullptr) const {
    return {.method = method,
            .target = "/v1" + path,
            .headers = {{"Authorization", "Bearer " + key_of(tenant_)},
                        {"OpenAI-Beta", "assistants=v2"}},
            .body = body.is_null() ? "" : body.dump()};
  }

  void learn(const json& answer) {
    const std::string object = answer.value("object", "");
    if (object == "assistant") assistant_ = answer.at("id");
    if (object == "thread") thread_ = answer.at("id");
    if (object == "list" && !answer.at("data").empty() &&
        answer.at("data").at(0).at("object") == "thread.run")
      run_ = answer.at("data").at(0).at("id");
    if (object == "thread.run" && answer.at("required_action").is_object())
      call_ =
          answer.at("required_action").at("submit_tool_outputs").at("tool_calls").at(0).at("id");
  }

  std::size_t tenant_;
  std::size_t step_ = 0;
  std::string assistant_;
  std::string thread_;
  std::string run_;
  std::string call_ = "call_none";
  std::vector<std::string> heard_;
};

api::ApiOptions stepped(api::ApiOptions options) {
  options.pace = api::Pace::stepped;
  return options;
}

// Each thread takes every fourth tenant, step by step and within a step in an order of its own.
std::vector<Conversation> side_by_side(const std::shared_ptr<const scenarios::Scenario>& scenario) {
  mock_server::tenants::Tenants server({.api = stepped(options_of_races())}, scenario);
  std::vector<Conversation> all;
  for (std::size_t tenant = 0; tenant < tenants; ++tenant) all.emplace_back(tenant);
  std::vector<std::jthread> at_work;
  for (std::size_t thread = 0; thread < threads; ++thread)
    at_work.emplace_back([&, thread] {
      Chance chance(thread);
      std::vector<std::size_t> mine;
      for (std::size_t tenant = thread; tenant < tenants; tenant += threads) mine.push_back(tenant);
      for (std::size_t step = 0; step < Conversation::steps; ++step) {
        chance.shuffle(mine);
        for (const std::size_t tenant : mine)
          all[tenant].hear(server.handle(all[tenant].next(), std::nullopt));
      }
    });
  at_work.clear();
  return all;
}

std::vector<std::string> alone(std::size_t tenant,
                               const std::shared_ptr<const scenarios::Scenario>& scenario) {
  api::Api world(stepped(options_of_key(key_of(tenant))), scenario);
  Conversation conversation(tenant);
  for (std::size_t step = 0; step < Conversation::steps; ++step)
    conversation.hear(world.handle(conversation.next()).response);
  return conversation.heard();
}

// Ids of what tenants have: a prefix and 24 letters and digits.
std::vector<std::string> ids_in(const std::string& text) {
  constexpr std::array<std::string_view, 6> prefixes = {"asst_", "thread_", "msg_",
                                                        "run_",  "step_",   "call_"};
  constexpr std::size_t letters = 24;
  std::vector<std::string> ids;
  for (const std::string_view prefix : prefixes)
    for (std::size_t at = text.find(prefix); at != text.npos; at = text.find(prefix, at + 1)) {
      const std::string id = text.substr(at, prefix.size() + letters);
      const bool whole =
          std::all_of(id.begin() + static_cast<std::ptrdiff_t>(prefix.size()), id.end(),
                      [](unsigned char c) { return std::isalnum(c) != 0; });
      if (whole && id.size() == prefix.size() + letters) ids.push_back(id);
    }
  return ids;
}

using Conversations = std::vector<Conversation>;

void expect_own_words(const Conversations& all) {
  for (std::size_t tenant = 0; tenant < tenants; ++tenant) {
    std::size_t own_words = 0;
    for (const std::string& answer : all[tenant].heard())
      for (auto at = answer.find(mark); at != answer.npos; at = answer.find(mark, at + 1)) {
        EXPECT_EQ(answer.compare(at, word_of(tenant).size(), word_of(tenant)), 0) << answer;
        ++own_words;
      }
    EXPECT_GE(own_words, 4U) << "the assistant, the thread, the question and the answer";
  }
}

void expect_own_ids(const Conversations& all) {
  std::map<std::string, std::size_t> owner;
  for (std::size_t tenant = 0; tenant < tenants; ++tenant)
    for (const std::string& answer : all[tenant].heard())
      for (const std::string& id : ids_in(answer))
        EXPECT_EQ(owner.try_emplace(id, tenant).first->second, tenant) << id;
  EXPECT_GE(owner.size(), 6 * tenants) << "assistant, thread, run, a step and two messages each";
}

TEST(TenantsApart, AThousandSideBySideHearWhatTheyHearAlone) {
  const auto scenario = scenarios::ScenarioBook::load("weather_tool").shared();
  const Conversations all = side_by_side(scenario);
  expect_own_words(all);
  expect_own_ids(all);
  for (std::size_t tenant = 0; tenant < tenants; ++tenant)
    ASSERT_EQ(all[tenant].heard(), alone(tenant, scenario)) << key_of(tenant);
}

}  // namespace
}  // namespace assistants_mock::tests
