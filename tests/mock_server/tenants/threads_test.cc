// Many threads at one server: nothing is lost, nobody waits for ever. The thread sanitizer watches.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "mock_server/tenants/tenants.h"
#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server::tenants {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

// All keys of a server, without sockets, asked from whichever thread.
class Keys {
 public:
  explicit Keys(api::Pace pace, const std::string& scenario = "echo")
      : tenants_({.api = {.world = {.limits = {.journal_entries = 100'000}}, .pace = pace}},
                 scenarios::ScenarioBook::load(scenario).shared()) {}

  api::Response ask(const std::string& key, const char* method, const std::string& path,
                    const std::string& body = "") {
    return tenants_.handle(
        {.method = method,
         .target = "/v1" + path,
         .headers = {{"Authorization", "Bearer " + key}, {"OpenAI-Beta", "assistants=v2"}},
         .body = body},
        std::nullopt);
  }
  std::string make(const std::string& key, const std::string& path, const std::string& body) {
    return json::parse(ask(key, "POST", path, body).body).at("id");
  }
  Tenants& tenants() { return tenants_; }

 private:
  Tenants tenants_;
};

// Runs `work(number)` on `count` threads at once.
template <class Work>
void on_threads(int count, Work work) {
  std::vector<std::jthread> threads;
  for (int number = 0; number < count; ++number) threads.emplace_back([=] { work(number); });
}

TEST(Threads, ExactlyOneRunWinsTheThread) {  // lock.run
  Keys keys(api::Pace::given);
  const std::string assistant = keys.make("k", "/assistants", R"({"model":"gpt-4o"})");
  const std::string thread =
      keys.make("k", "/threads", R"({"messages":[{"role":"user","content":"Hi"}]})");
  std::atomic<int> won = 0;
  std::array<std::string, 8> answers;
  on_threads(8, [&](int number) {
    const auto answer = keys.ask("k", "POST", "/threads/" + thread + "/runs",
                                 json{{"assistant_id", assistant}}.dump());
    if (answer.status == 200) ++won;
    answers.at(static_cast<std::size_t>(number)) = answer.body;
  });
  EXPECT_EQ(won, 1);
  const std::string runs = keys.ask("k", "GET", "/threads/" + thread + "/runs").body;
  const std::string winner = json::parse(runs).at("data").at(0).at("id");
  EXPECT_TRUE(std::ranges::all_of(answers, [&](const std::string& answer) {
    return answer.find(winner) != std::string::npos;
  })) << "every loser is told the winner's id";
}

TEST(Threads, NothingIsLostAndIdsDiffer) {
  Keys keys(api::Pace::immediate);
  const std::string thread = keys.make("k", "/threads", "{}");
  on_threads(4, [&](int) {
    for (int left = 50; left > 0; --left)
      keys.ask("k", "POST", "/threads/" + thread + "/messages",
               R"({"role":"user","content":"Hi"})");
  });
  std::set<std::string> ids;
  std::string after;
  for (bool more = true; more;) {
    const json page = json::parse(
        keys.ask("k", "GET", "/threads/" + thread + "/messages?limit=100&after=" + after).body);
    for (const json& message : page.at("data")) ids.insert(message.at("id").get<std::string>());
    more = page.at("has_more");
    after = page.at("last_id");
  }
  EXPECT_EQ(ids.size(), 200U);
  EXPECT_EQ(keys.tenants().requests({}).size(), 203U);
}

// A key that is seen for the first time while time moves starts where the others are.
TEST(Threads, ClocksOfNewKeysAgree) {
  Keys keys(api::Pace::given);
  std::jthread mover([&] {
    for (int left = 200; left > 0; --left) keys.tenants().advance_by(1s);
  });
  on_threads(4, [&](int number) {
    for (int left = 50; left > 0; --left)
      keys.ask(std::to_string(number) + "-" + std::to_string(left), "GET", "/models");
  });
  mover.join();
  for (const char* key : {"0-1", "3-50", "never seen before"})
    EXPECT_EQ(json::parse(keys.ask(key, "POST", "/threads", "{}").body).at("created_at"), 200);
}

// Streams are read while time moves, scenarios change and everything is reset.
TEST(Threads, StreamsEndWhateverHappensBesideThem) {
  Keys keys(api::Pace::given, "several_messages");
  std::atomic<int> ended = 0;
  constexpr int readers = 4;
  std::atomic<int> open = readers;
  std::jthread upheaval([&] {
    for (int round = 0; open > 0; ++round) {
      keys.tenants().advance_by(100ms);
      keys.tenants().play(
          scenarios::ScenarioBook::load(round % 2 == 0 ? "echo" : "several_messages").shared());
      if (round % 50 == 49) keys.tenants().reset();
    }
  });
  on_threads(readers, [&](int number) {
    const std::string key = "reader" + std::to_string(number);
    for (int left = 10; left > 0; --left) {
      const std::string assistant = R"({"model":"gpt-4o","instructions":"Be brief."})";
      const json made = json::parse(keys.ask(key, "POST", "/assistants", assistant).body);
      const auto answer = keys.ask(key, "POST", "/threads/runs",
                                   json{{"assistant_id", made.at("id")}, {"stream", true}}.dump());
      if (!answer.stream) continue;  // reset between the two requests
      std::string bytes;
      while (answer.stream->read(bytes, 250ms) == api::EventStream::State::open) {
      }
      ++ended;
    }
    --open;
  });
  EXPECT_GT(ended, 0);
}

std::shared_ptr<const scenarios::Scenario> saying(const std::string& word) {
  return scenarios::ScenarioBook::parse("scenario: " + word + "\nruns: [{do: [{say: " + word +
                                        "}]}]")
      .shared();
}

// What the assistant of this key says now.
std::string reply(Keys& keys, const std::string& key) {
  const std::string assistant = keys.make(key, "/assistants", R"({"model":"gpt-4o"})");
  const json run =
      json::parse(keys.ask(key, "POST", "/threads/runs",
                           json{{"assistant_id", assistant},
                                {"thread", {{"messages", {{{"role", "user"}, {"content", "Hi"}}}}}}}
                               .dump())
                      .body);
  const json messages = json::parse(
      keys.ask(key, "GET", "/threads/" + run.at("thread_id").get<std::string>() + "/messages")
          .body);
  return messages.at("data").at(0).at("content").at(0).at("text").at("value");
}

// Those who steer one world at once come one after the other: the scenario that is told is played.
TEST(Threads, WhatIsToldOfAScenarioIsWhatIsPlayed) {
  Keys keys(api::Pace::immediate);
  const std::array scenarios = {saying("first"), saying("second")};
  for (int round = 0; round < 20; ++round) {
    on_threads(4, [&](int number) {
      for (int left = 10; left > 0; --left) {
        const auto& scenario = scenarios.at(static_cast<std::size_t>(number % 2));
        if (number < 2)
          keys.tenants().play(scenario, "k");
        else if (number == 2)
          keys.ask("k", "GET", "/models");
        else if (left % 5 == 0)
          keys.tenants().reset("k");
        else
          keys.tenants().play(scenario);
      }
    });
    EXPECT_EQ(reply(keys, "k"), keys.tenants().scenario("k")->name);
    EXPECT_EQ(reply(keys, "another"), keys.tenants().scenario("another")->name);
  }
}

// Waits look while requests come, faults are laid and worlds end; each wait is woken by what it
// waits for, or the test never ends.
TEST(Threads, WaitsAreWokenWhateverHappensBesideThem) {
  Keys keys(api::Pace::immediate);
  constexpr int each = 40;
  std::jthread upheaval([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      keys.tenants().add_fault({.on = "GET /models", .times = {{1'000}, {}}, .error = "srv.503"},
                               "beside");
      keys.tenants().requests({.path = "/models"});
      keys.tenants().reset("beside");
    }
  });
  on_threads(4, [&](int number) {
    const std::string key = "k" + std::to_string(number % 2);
    if (number < 2)
      for (int left = each; left > 0; --left) keys.ask(key, "GET", "/models");
    else
      for (std::size_t count = 1; count <= each; ++count)
        EXPECT_TRUE(keys.tenants().wait_for_requests({.path = "/models"}, count, 24h, key));
  });
}

}  // namespace
}  // namespace assistants_mock::mock_server::tenants
