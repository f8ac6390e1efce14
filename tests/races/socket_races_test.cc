// The same races over real sockets, fewer of them: nothing on the way may reorder, lose or repeat.
#include <gtest/gtest.h>

#include "tests/races/race.h"

namespace assistants_mock::tests {
namespace {

using namespace std::chrono_literals;

TEST(SocketRaces, OfManyCreatorsExactlyOneWins) {
  run_race({.prologue = [](Stage& stage) { make_thread(stage, "Hi"); },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  return std::vector<Program>(
                      chance.between(2, 4), {post(stage.thread_path() + "/runs", stage.run_body()),
                                             get(stage.thread_path() + "/runs")});
                },
            .outcome =
                [](const Round& round) {
                  EXPECT_EQ(round.granted("POST", "/runs"), 1U);
                  return "";
                }},
           Over::sockets);
}

TEST(SocketRaces, CancelAgainstSubmit) {
  run_race({.scenario = "weather_tool",
            .prologue = [](Stage& stage) { wait_for_outputs(stage, "weather in Oslo"); },
            .programs =
                [](const Stage& stage, Chance&) {
                  const std::string run = stage.run_path();
                  return std::vector<Program>{
                      {post(run + "/cancel"), get(run)},
                      {post(run + "/submit_tool_outputs", stage.outputs_body("warm")), get(run)},
                      {advance(1s), get(run)}};
                }},
           Over::sockets);
}

TEST(SocketRaces, DeletingTheThreadAgainstItsStream) {
  run_race({.scenario = "several_messages",
            .prologue = [](Stage& stage) { make_thread(stage, "Hi"); },
            .programs =
                [](const Stage& stage, Chance&) {
                  const std::string path = stage.thread_path();
                  return std::vector<Program>{
                      {post(path + "/runs", stage.run_body(true)), read_rest()},
                      {advance(1500ms), get(path + "/runs"), del(path)}};
                }},
           Over::sockets);
}

}  // namespace
}  // namespace assistants_mock::tests
