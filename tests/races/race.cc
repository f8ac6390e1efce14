#include "tests/races/race.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "assistants_mock/scenario_book.h"
#include "tests/races/recorder.h"
#include "tests/races/sequential_api.h"

namespace assistants_mock::tests {
namespace {

using nlohmann::json;
using namespace std::chrono_literals;
using Scenario = std::shared_ptr<const scenarios::Scenario>;

#ifdef __SANITIZE_THREAD__
constexpr std::uint64_t usual_rounds = 60;  // each takes many times as long
#else
constexpr std::uint64_t usual_rounds = 300;
#endif

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::string line_to_repeat(std::uint64_t seed) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  return "RACE_SEED=" + std::to_string(seed) +
         " RACE_ROUNDS=1 ./races_tests --gtest_filter=" + test->test_suite_name() + "." +
         test->name() + " --gtest_repeat=200\n";
}

// What is left after the race, looked at by one more thread.
Program epilogue(const Stage& stage) {
  Program acts = {get(stage.thread_path()), get(stage.thread_path() + "/messages?limit=100"),
                  get(stage.thread_path() + "/runs?limit=100")};
  if (!stage.run.empty()) {
    acts.push_back(get(stage.run_path()));
    acts.push_back(get(stage.run_path() + "/steps"));
  }
  return acts;
}

void play_epilogue(std::vector<Runner>& runners, Runner& witness, const Stage& stage) {
  for (const Act& act : epilogue(stage)) witness.play(act);
  const bool streams = std::ranges::any_of(runners, &Runner::has_open_stream);
  if (!streams) return;
  witness.play(advance(1h));  // past every deadline
  for (Runner& runner : runners) runner.play(read_rest());
}

std::unique_ptr<RacedWorld> world_for(const Race& race, Over over) {
  if (over == Over::sockets) return std::make_unique<SocketWorld>(race.scenario);
  return std::make_unique<TenantsWorld>(race.scenario);
}

// Whether acts of two threads were under way at the same time.
bool acts_met(const History& history) {
  return std::ranges::any_of(history, [&](const Operation& one) {
    return std::ranges::any_of(history, [&](const Operation& other) {
      return one.thread != other.thread && one.invoked < other.responded &&
             other.invoked < one.responded;
    });
  });
}

// What became of the rounds so far.
struct Tally {
  std::map<std::string, int> outcomes = {};
  int met = 0;
};

// One round. Whether it went well.
bool play_round(const Race& race, Over over, std::uint64_t seed, const Scenario& scenario,
                Tally& tally) {
  Chance chance(seed);
  const auto world = world_for(race, over);
  Stage stage(*world);
  race.prologue(stage);
  const std::vector<Program> programs = race.programs(stage, chance);

  Clock clock = 0;
  std::vector<Runner> runners;
  for (std::size_t thread = 0; thread <= programs.size(); ++thread)
    runners.emplace_back(thread, *world, clock, Chance(chance.next()));
  Runner witness = std::move(runners.back());
  runners.pop_back();
  const std::size_t way = chance.below(6);
  if (over == Over::sockets)  // where a stream is read as it is asked for, and needs company
    play_at_once(runners, programs, Pacing::free);
  else if (way == 0)
    play_in_turn(runners, programs, chance);
  else
    play_at_once(runners, programs, way < 3 ? Pacing::free : Pacing::step_by_step);
  play_epilogue(runners, witness, stage);
  runners.push_back(std::move(witness));

  Round round{.stage = stage, .threads = programs.size()};
  collect(runners, round);
  const FreshWorld fresh = [&] { return std::make_unique<SequentialApi>(round, scenario); };
  const Explanation explanation = explain(round.history, fresh);
  if (!explanation.found) {
    ADD_FAILURE() << describe(round.history, explanation, fresh) << line_to_repeat(seed);
    return false;
  }
  if (acts_met(round.history)) ++tally.met;
  if (race.outcome) ++tally.outcomes[race.outcome(round)];
  if (testing::Test::HasFailure()) std::cout << line_to_repeat(seed);
  return !testing::Test::HasFailure();
}

}  // namespace

json Stage::ask(const Act& act) {
  prologue_.push_back(act);
  const Answer answer = world_.ask(act);
  EXPECT_EQ(answer.status, 200) << answer.text;
  return json::parse(answer.body);
}

void Stage::advance(Duration by) {
  prologue_.push_back(tests::advance(by));
  world_.advance(by);
}

std::string Stage::run_body(bool stream) const {
  return json{{"assistant_id", assistant}, {"stream", stream}}.dump();
}

std::string Stage::outputs_body(const std::string& output, bool stream) const {
  json outputs = json::array();
  for (const std::string& call : calls)
    outputs.push_back({{"tool_call_id", call}, {"output", output}});
  return json{{"tool_outputs", outputs}, {"stream", stream}}.dump();
}

void make_thread(Stage& stage, const std::string& message) {
  stage.assistant = stage.ask(post("/assistants", R"({"model":"gpt-4o"})")).at("id");
  const json user = {{"role", "user"}, {"content", message}};
  const std::string body = json{{"messages", {user}}}.dump();
  stage.thread = stage.ask(post("/threads", body)).at("id");
}

void make_run(Stage& stage, const std::string& message) {
  make_thread(stage, message);
  stage.run = stage.ask(post(stage.thread_path() + "/runs", stage.run_body())).at("id");
}

void wait_for_outputs(Stage& stage, const std::string& message) {
  make_run(stage, message);
  stage.advance(5s);
  const json run = stage.ask(get(stage.run_path()));
  ASSERT_EQ(run.at("status"), "requires_action");
  for (const json& call : run.at("required_action").at("submit_tool_outputs").at("tool_calls"))
    stage.calls.push_back(call.at("id"));
}

std::vector<const Played*> Round::of(const std::string& method, const std::string& path_end) const {
  std::vector<const Played*> found;
  for (const Played& one : played)
    if (one.thread < threads && one.act.method == method && one.act.path.ends_with(path_end))
      found.push_back(&one);
  return found;
}

std::size_t Round::granted(const std::string& method, const std::string& path_end) const {
  const auto found = of(method, path_end);
  return static_cast<std::size_t>(std::ranges::count_if(found, &Played::granted));
}

std::string Round::read() const {
  std::string bytes;
  for (const Played& one : played)
    if (one.opener) bytes += one.body;
  return bytes;
}

void run_race(const Race& race, Over over) {
  const Scenario scenario = scenarios::ScenarioBook::load(race.scenario).shared();
  const std::uint64_t first = from_environment("RACE_SEED", 1);
  const std::uint64_t usual = over == Over::sockets ? usual_rounds / 6 : usual_rounds;
  const std::uint64_t rounds = from_environment("RACE_ROUNDS", usual);
  Tally tally;
  for (std::uint64_t seed = first; seed < first + rounds; ++seed)
    if (!play_round(race, over, seed, scenario, tally)) return;
  std::cout << "  acts met in " << tally.met << " of " << rounds << " rounds\n";
  for (const auto& [outcome, times] : tally.outcomes)
    std::cout << "  " << times << " times: " << outcome << '\n';
  if (rounds < usual || over == Over::sockets) return;
  EXPECT_GT(tally.met, 0) << "nothing ever happened at the same time";
  for (const std::string& outcome : race.outcomes)
    EXPECT_TRUE(tally.outcomes.contains(outcome))
        << "never in " << rounds << " rounds: " << outcome;
}

}  // namespace assistants_mock::tests
