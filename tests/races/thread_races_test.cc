// Races for what a thread holds: metadata and messages.
#include <gtest/gtest.h>

#include "tests/races/race.h"

namespace assistants_mock::tests {
namespace {

using namespace std::chrono_literals;

std::string metadata(const std::string& value) {
  return R"({"metadata":{"by":")" + value + R"("}})";
}

TEST(ThreadRaces, MetadataAgainstLists) {
  run_race({.prologue = [](Stage& stage) { make_thread(stage, "Hi"); },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  const std::string thread = stage.thread_path();
                  std::vector<Program> programs = {
                      {post(thread, metadata("1")), get(thread), post(thread, metadata("2"))},
                      {post(thread, metadata("3")), get(thread)},
                      {get(thread), get(thread + "/messages"), get(thread)}};
                  if (chance.one_in(2))
                    programs.push_back(
                        {post(thread + "/messages", R"({"role":"user","content":"Ho"})"),
                         post(thread + "/messages/{id}", metadata("4")),
                         get(thread + "/messages")});
                  return programs;
                },
            .outcome =
                [](const Round& round) {
                  return "left by " + round.played.at(round.played.size() - 3)
                                          .json()
                                          .at("metadata")
                                          .at("by")
                                          .get<std::string>();
                },
            .outcomes = {"left by 2", "left by 3"}});
}

// The message that a run is writing, changed and listed while time writes on: no piece and no
// change is lost.
TEST(ThreadRaces, MetadataOfAMessageThatIsWritten) {
  std::string message;
  run_race(
      {.prologue =
           [&](Stage& stage) {
             make_run(stage, "Tell me something long, word by word, please.");
             stage.advance(1600ms);  // half of it is written
             const auto list = stage.ask(get(stage.thread_path() + "/messages"));
             message = list.at("data").at(0).at("id");
             ASSERT_EQ(list.at("data").at(0).at("status"), "in_progress");
           },
       .programs =
           [&](const Stage& stage, Chance& chance) {
             const std::string messages = stage.thread_path() + "/messages";
             const std::string path = messages + "/" + message;
             std::vector<Program> programs = {
                 {post(path, metadata("1")), get(path), post(path, metadata("2"))},
                 {advance(200ms), advance(100ms), advance(1s)}};
             if (chance.one_in(2)) programs.push_back({get(messages), post(path, metadata("3"))});
             if (chance.one_in(3)) programs.push_back({del(path), get(messages)});
             return programs;
           },
       .outcome =
           [](const Round& round) { return round.granted("DELETE", "") > 0 ? "deleted" : "kept"; },
       .outcomes = {"deleted", "kept"}});
}

TEST(ThreadRaces, DeletedMessagesAgainstPages) {
  run_race({.prologue =
                [](Stage& stage) {
                  make_thread(stage, "first");
                  for (const char* text : {"second", "third"})
                    stage.ask(post(stage.thread_path() + "/messages",
                                   R"({"role":"user","content":")" + std::string(text) + R"("})"));
                },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  const std::string messages = stage.thread_path() + "/messages";
                  const std::string body = R"({"role":"user","content":"new"})";
                  std::vector<Program> programs = {
                      {post(messages, body), del(messages + "/{id}")},
                      {post(messages, body), get(messages + "/{id}"), del(messages + "/{id}")},
                      {get(messages + "?limit=2"), get(messages + "?limit=2&order=asc")}};
                  if (chance.one_in(2))
                    programs.push_back({get(messages), del(stage.thread_path())});
                  return programs;
                }});
}

}  // namespace
}  // namespace assistants_mock::tests
