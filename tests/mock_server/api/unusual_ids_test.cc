// A scenario's `ids: unusual`, over the API.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server::api {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::ordered_json;

// The run that a second message found in its way.
struct LockedThread {
  explicit LockedThread(TestApi& api) {
    const std::string assistant = api.post("/assistants", R"({"model":"gpt-4o"})").id();
    thread = api.post("/threads", R"({"messages":[{"role":"user","content":"Hello."}]})").id();
    run = api.post(path() + "/runs", Json{{"assistant_id", assistant}}.dump()).id();
    refusal = api.post(path() + "/messages", R"({"role":"user","content":"Are you there?"})");
  }
  std::string path() const { return "/threads/" + thread; }
  std::string run_path() const { return path() + "/runs/" + run; }

  std::string thread;
  std::string run;
  TestAnswer refusal;
};

bool is_unusual(const std::string& id) {
  return id.find('-') != std::string::npos && id.find('_', id.find('_') + 1) != std::string::npos;
}

TEST(UnusualIds, AreThoseOfTheRefusalAndOfTheRun) {
  TestApi api("lock_message_ids");
  const LockedThread locked(api);
  EXPECT_TRUE(is_unusual(locked.thread)) << locked.thread;
  EXPECT_TRUE(is_unusual(locked.run)) << locked.run;
  EXPECT_EQ(locked.refusal.refusal, "lock.message");
  EXPECT_EQ(locked.refusal.message(), "Can't add messages to " + locked.thread + " while a run " +
                                          locked.run + " is active.");
  EXPECT_EQ(api.get(locked.path() + "/runs").json.at("data").at(0).at("id"), locked.run);
  EXPECT_EQ(api.get(locked.run_path()).id(), locked.run);
  EXPECT_EQ(api.post(locked.run_path() + "/cancel").json.at("status"), "cancelling");
  api.advance(2s);
  EXPECT_EQ(api.get(locked.run_path()).json.at("status"), "cancelled");
  EXPECT_EQ(api.post(locked.path() + "/messages", R"({"role":"user","content":"Well."})").status,
            200);
}

// A pattern that takes letters and digits alone finds a run that is not there.
TEST(UnusualIds, AreNotFoundByTheirBeginnings) {
  TestApi api("lock_message_ids");
  const LockedThread locked(api);
  const std::string cut = locked.run.substr(0, locked.run.find_first_of("-_", 4));
  EXPECT_EQ(api.get(locked.path() + "/runs/" + cut).refusal, "nf.run");
}

TEST(UnusualIds, FollowFromTheSeed) {
  TestApi api("lock_message_ids");
  TestApi same("lock_message_ids");
  TestApi other("lock_message_ids", {.world = {.seed = 2}});
  EXPECT_EQ(LockedThread(api).run, LockedThread(same).run);
  EXPECT_NE(LockedThread(api).run, LockedThread(other).run);
}

// Played on a world that lives: objects keep their ids, new ones have the new scenario's.
TEST(UnusualIds, BeginAndEndWithTheirScenario) {
  TestApi api("echo");
  const std::string before = api.post("/threads", "{}").id();
  EXPECT_FALSE(is_unusual(before)) << before;
  api.api().play(
      scenarios::RuleMatcher(scenarios::ScenarioBook::load("lock_message_ids").shared()));
  EXPECT_EQ(api.get("/threads/" + before).id(), before);
  const std::string during = api.post("/threads", "{}").id();
  EXPECT_TRUE(is_unusual(during)) << during;
  api.api().play(scenarios::RuleMatcher(scenarios::ScenarioBook::load("echo").shared()));
  EXPECT_EQ(api.get("/threads/" + during).id(), during);
  EXPECT_FALSE(is_unusual(api.post("/threads", "{}").id()));
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
