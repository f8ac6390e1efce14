// Races around a stream: what it brings is what its run's log held at the moments of its reads.
#include <gtest/gtest.h>

#include "tests/races/race.h"

namespace assistants_mock::tests {
namespace {

using namespace std::chrono_literals;

// What became of a stream that somebody deletes the thread of.
std::string fate_of_stream(const Round& round) {
  const std::string read = round.read();
  if (read.empty()) return "there was no thread any more";
  if (read.find("event: error") != read.npos) return "it ends with an error";
  EXPECT_TRUE(read.ends_with("data: [DONE]\n\n")) << read;
  return "it ends whole";
}

TEST(StreamRaces, DeletingTheThreadAgainstItsStream) {
  run_race({.scenario = "several_messages",
            .prologue = [](Stage& stage) { make_thread(stage, "Hi"); },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  const std::string path = stage.thread_path();
                  // The delete comes in any case, and ends the stream if nothing else has.
                  std::vector<Program> programs = {
                      {post(path + "/runs", stage.run_body(true)), read_stream(), read_rest()},
                      {get(path), del(path)},
                      {advance(1500ms), advance(2s), advance(10s)}};
                  if (chance.one_in(3)) programs[1].insert(programs[1].begin(), advance(20s));
                  return programs;
                },
            .outcome = fate_of_stream,
            .outcomes = {"there was no thread any more", "it ends with an error"}});
}

TEST(StreamRaces, DeletingTheThreadAgainstASubmit) {
  run_race({.scenario = "weather_tool",
            .prologue = [](Stage& stage) { wait_for_outputs(stage, "weather in Oslo"); },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  const bool stream = chance.one_in(2);
                  std::vector<Program> programs = {
                      {post(stage.run_path() + "/submit_tool_outputs",
                            stage.outputs_body("warm", stream)),
                       read_rest()},
                      {del(stage.thread_path()), get(stage.run_path())}};
                  if (chance.one_in(2)) programs.push_back({advance(1s), advance(3s)});
                  return programs;
                },
            .outcome =
                [](const Round& round) {
                  if (round.granted("POST", "/submit_tool_outputs") == 0) return "deleted first";
                  return round.read().empty() ? "submitted first" : "submitted first, streamed";
                },
            .outcomes = {"deleted first", "submitted first", "submitted first, streamed"}});
}

TEST(StreamRaces, AStreamAgainstTimeAndPollers) {
  run_race({.scenario = "several_messages",
            .prologue = [](Stage& stage) { make_thread(stage, "Hi"); },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  const std::string path = stage.thread_path();
                  std::vector<Program> programs = {
                      {post(path + "/runs", stage.run_body(true)), read_stream(), read_stream(),
                       read_stream()},
                      {advance(1100ms), advance(300ms), advance(900ms)}};
                  if (chance.one_in(2))
                    programs.push_back({get(path + "/runs"), get(path + "/messages")});
                  if (chance.one_in(2)) programs.push_back({advance(600ms), advance(700ms)});
                  return programs;
                },
            .outcome =
                [](const Round& round) {
                  std::size_t reads = 0;
                  for (const Played& one : round.played)
                    if (one.opener) ++reads;
                  return reads > 2 ? "read in pieces" : "read at once";
                }});
}

TEST(StreamRaces, ACancelAgainstAStream) {
  run_race({.prologue = [](Stage& stage) { make_run(stage, "Hi there"); },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  const std::string path = stage.thread_path();
                  std::vector<Program> programs = {
                      {advance(1500ms), advance(2s), advance(2s)},
                      {post(stage.run_path() + "/cancel"),
                       post(path + "/runs", stage.run_body(true)), read_stream()},
                      {post(path + "/runs", stage.run_body(true)), read_stream(), read_stream()}};
                  if (chance.one_in(2)) programs.push_back({get(path + "/runs")});
                  return programs;
                },
            .outcome =
                [](const Round& round) {
                  return round.granted("POST", "/runs") > 0 ? "freed for another run"
                                                            : "locked all the while";
                }});
}

}  // namespace
}  // namespace assistants_mock::tests
