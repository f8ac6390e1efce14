// Races for one run: who creates it, who submits, who cancels, and what time does meanwhile.
#include <gtest/gtest.h>

#include "tests/races/race.h"

namespace assistants_mock::tests {
namespace {

using namespace std::chrono_literals;

constexpr const char* weather = "What is the weather in Oslo?";

std::string text_of(std::size_t number) {
  return "answer " + std::to_string(number);
}

std::vector<Program> of_each(std::size_t threads, const Act& act, std::size_t most,
                             Chance& chance) {
  std::vector<Program> programs;
  for (std::size_t thread = 0; thread < threads; ++thread)
    programs.emplace_back(chance.between(1, most), act);
  return programs;
}

// lock.run: the winner's id stands in every loser's refusal.
std::string one_winner(const Round& round) {
  const auto created = round.of("POST", "/runs");
  EXPECT_EQ(round.granted("POST", "/runs"), 1U);
  const Played* winner = nullptr;
  for (const Played* one : created)
    if (one->granted()) winner = one;
  if (winner == nullptr) return "nobody wins";
  const std::string id = winner->json().at("id");
  for (const Played* one : created) {
    if (one == winner) continue;
    EXPECT_EQ(one->status, 400);
    EXPECT_NE(one->json().at("error").at("message").get<std::string>().find(id), std::string::npos);
  }
  return "thread " + std::to_string(winner->thread) + " wins";
}

TEST(RunRaces, OfManyCreatorsExactlyOneWins) {
  run_race({.prologue = [](Stage& stage) { make_thread(stage, "Hi"); },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  return of_each(chance.between(2, 4),
                                 post(stage.thread_path() + "/runs", stage.run_body()), 2, chance);
                },
            .outcome = one_winner,
            .outcomes = {"thread 0 wins", "thread 1 wins"}});
}

TEST(RunRaces, AMessageAgainstARun) {
  run_race({.prologue = [](Stage& stage) { make_thread(stage, "Hi"); },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  const std::string path = stage.thread_path();
                  const Act message = post(path + "/messages", R"({"role":"user","content":"Ho"})");
                  std::vector<Program> programs = of_each(2, message, 2, chance);
                  programs.push_back({post(path + "/runs", stage.run_body())});
                  if (chance.one_in(2)) programs.push_back({get(path + "/messages"), advance(2s)});
                  return programs;
                },
            .outcome =
                [](const Round& round) {
                  EXPECT_EQ(round.granted("POST", "/runs"), 1U);
                  const std::size_t messages = round.granted("POST", "/messages");
                  if (messages == 0) return "the run came before all messages";
                  return messages < round.of("POST", "/messages").size()
                             ? "the run came between"
                             : "all messages were let in";
                },
            .outcomes = {"the run came before all messages", "all messages were let in"}});
}

TEST(RunRaces, CancelAgainstSubmit) {
  run_race({.scenario = "weather_tool",
            .prologue = [](Stage& stage) { wait_for_outputs(stage, weather); },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  const std::string run = stage.run_path();
                  std::vector<Program> programs = {
                      {post(run + "/cancel")},
                      {post(run + "/submit_tool_outputs", stage.outputs_body("warm"))}};
                  if (chance.one_in(2)) programs[0].push_back(get(run));
                  if (chance.one_in(2)) programs.push_back({advance(1s), get(run)});
                  if (chance.one_in(2)) programs.push_back({get(run + "/steps"), get(run)});
                  return programs;
                },
            .outcome =
                [](const Round& round) {
                  const bool submitted = round.granted("POST", "/submit_tool_outputs") == 1;
                  const bool cancelled = round.granted("POST", "/cancel") == 1;
                  EXPECT_TRUE(cancelled) << "a second is too short for the run to end";
                  return submitted ? "submitted, then cancelled" : "cancelled, submit refused";
                },
            .outcomes = {"submitted, then cancelled", "cancelled, submit refused"}});
}

TEST(RunRaces, CancelAgainstCompletion) {
  run_race({.prologue =
                [](Stage& stage) {
                  make_run(stage, "Hi there, how are you?");
                  stage.advance(1s);
                },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  const std::string run = stage.run_path();
                  std::vector<Program> programs = {
                      {post(run + "/cancel"), get(run)},
                      {advance(400ms), advance(400ms), advance(400ms)}};
                  if (chance.one_in(2))
                    programs.push_back({get(stage.thread_path() + "/messages"), get(run)});
                  if (chance.one_in(3)) programs.push_back({post(run + "/cancel")});
                  return programs;
                },
            .outcome =
                [](const Round& round) {
                  return round.granted("POST", "/cancel") > 0 ? "cancelled" : "too late";
                },
            .outcomes = {"cancelled", "too late"}});
}

TEST(RunRaces, SubmitAgainstExpiry) {
  run_race({.scenario = "weather_tool",
            .prologue =
                [](Stage& stage) {
                  wait_for_outputs(stage, weather);
                  stage.advance(594s);  // 599 s old
                },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  const std::string run = stage.run_path();
                  const bool stream = chance.one_in(2);
                  std::vector<Program> programs = {
                      {post(run + "/submit_tool_outputs", stage.outputs_body("warm", stream)),
                       read_stream()},
                      {advance(500ms), advance(500ms), advance(500ms)}};
                  if (chance.one_in(2)) programs.push_back({get(run), get(run)});
                  return programs;
                },
            .outcome =
                [](const Round& round) {
                  return round.granted("POST", "/submit_tool_outputs") == 1 ? "in time" : "expired";
                },
            .outcomes = {"in time", "expired"}});
}

TEST(RunRaces, TwoSubmits) {
  run_race({.scenario = "parallel_tools",
            .prologue = [](Stage& stage) { wait_for_outputs(stage, weather); },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  std::vector<Program> programs;
                  const std::size_t threads = chance.between(2, 3);
                  for (std::size_t thread = 0; thread < threads; ++thread)
                    programs.push_back({post(stage.run_path() + "/submit_tool_outputs",
                                             stage.outputs_body(text_of(thread)))});
                  if (chance.one_in(2)) programs.push_back({advance(3s), get(stage.run_path())});
                  return programs;
                },
            .outcome = [](const Round& round) -> std::string {
              const auto submits = round.of("POST", "/submit_tool_outputs");
              EXPECT_EQ(round.granted("POST", "/submit_tool_outputs"), 1U);
              for (const Played* one : submits)
                if (one->granted()) return "thread " + std::to_string(one->thread) + " wins";
              return "nobody wins";
            },
            .outcomes = {"thread 0 wins", "thread 1 wins"}});
}

// Whatever is asked at once.
TEST(RunRaces, AnythingAtOnce) {
  run_race({.scenario = "tool_rounds",
            .prologue = [](Stage& stage) { wait_for_outputs(stage, weather); },
            .programs =
                [](const Stage& stage, Chance& chance) {
                  const std::string thread = stage.thread_path();
                  const std::string run = stage.run_path();
                  const std::string message = R"({"role":"user","content":"More"})";
                  const std::vector<Act> acts = {
                      post(run + "/submit_tool_outputs", stage.outputs_body("{\"city\":\"Oslo\"}")),
                      post(run + "/submit_tool_outputs", stage.outputs_body("x", true)),
                      post(run + "/cancel"),
                      post(run, R"({"metadata":{"by":"race"}})"),
                      post(thread + "/messages", message),
                      post(thread + "/runs", stage.run_body()),
                      post(thread + "/runs", stage.run_body(true)),
                      post("/threads", R"({"metadata":{"made":"at once"}})"),
                      post("/threads/{id}/messages", message),
                      get(thread + "/messages"),
                      get(thread + "/runs"),
                      get(run),
                      get(run + "/steps"),
                      del("/assistants/" + stage.assistant),
                      advance(1s),
                      advance(10min),
                      read_stream()};
                  std::vector<Program> programs(chance.between(2, 4));
                  for (Program& program : programs)
                    for (std::size_t left = chance.between(2, 4); left > 0; --left)
                      program.push_back(chance.one_of(acts));
                  return programs;
                }});
}

}  // namespace
}  // namespace assistants_mock::tests
