// The same commands from several threads at once: some order of them must explain the answers
// (tests/races/race.h). What there is before is made by commands too, and seen by the model; then
// each thread asks what its own choices mean in that world. RACE_SEED=N RACE_ROUNDS=1 and the name
// of the test repeat a round.
#include <gtest/gtest.h>

#include <iostream>

#include "tests/model/checked_api.h"
#include "tests/model/difference.h"
#include "tests/model/sequences.h"
#include "tests/races/race.h"

namespace assistants_mock::tests::model {
namespace {

#ifdef __SANITIZE_THREAD__
constexpr int usual_rounds = 5;
#else
constexpr int usual_rounds = 150;
#endif

// What acts of races can say: their headers are always the same.
bool can_be_raced(const Asked& asked) {
  return !asked.operation->form && asked.headers == HeadersKind::whole;
}

Act act_of(const Asked& asked, const Names& names) {
  if (asked.by != 0) return tests::advance(std::chrono::milliseconds(asked.by));
  const auto request = request_of(asked, names);
  return {.method = request.method,
          .path = request.target.substr(std::string_view("/v1").size()),
          .body = request.body};
}

// The world before the race, and the ids in it.
class Prologue {
 public:
  explicit Prologue(Stage& stage) : stage_(stage) {}

  // As many commands as are granted, by one thread.
  void play(std::uint64_t seed, std::size_t commands) {
    for (const Choice& choice : drawn_sequence(seed, commands)) {
      bool possible = true;
      const Asked asked = drawn(world_, *choice.operation, choice.choices, possible);
      if (possible) ask(asked);
    }
    for (const Thread& thread : world_.threads) {
      if (thread.deleted) continue;
      stage_.thread = names_.meant(thread.id);
      if (!thread.runs.empty()) stage_.run = names_.meant(thread.runs.back().id);
      if (!thread.runs.empty()) return;
    }
  }

  // What one of the threads asks, in the order of its choices.
  Program program(std::uint64_t seed, std::size_t commands) const {
    Program acts;
    const Sequence all = drawn_sequence(seed, 4 * commands);
    for (const auto& [operation, choices] : all) {
      bool possible = true;
      const Asked asked = drawn(world_, *operation, choices, possible);
      const bool told = questions_for(world_, names_, asked).empty();
      if (possible && told && can_be_raced(asked)) acts.push_back(act_of(asked, names_));
      if (acts.size() == commands) break;
    }
    return acts;
  }

 private:
  void ask(const Asked& asked) {
    World after = world_;
    const Expected expected = answered(after, asked);
    if (!expected.row.empty() || !can_be_raced(asked) || asked.streams() ||
        !questions_for(world_, names_, asked).empty())
      return;
    world_ = std::move(after);
    if (asked.by != 0) return stage_.advance(std::chrono::milliseconds(asked.by));
    const Json answer = stage_.ask(act_of(asked, names_));
    EXPECT_EQ(difference(expected.body, answer, names_), "");
  }

  Stage& stage_;
  World world_;
  Names names_;
};

void race(std::size_t threads, std::size_t commands) {
  std::unique_ptr<Prologue> before;
  std::uint64_t round = 0;
  const char* seed = std::getenv("RACE_SEED");
  if (seed != nullptr) round = std::strtoull(seed, nullptr, 10) - 1;
  if (seed == nullptr) setenv("RACE_ROUNDS", std::to_string(usual_rounds).c_str(), 0);
  run_race({.scenario = scenario_path,
            .prologue =
                [&](Stage& stage) {
                  before = std::make_unique<Prologue>(stage);
                  before->play(++round, 60);
                },
            .programs =
                [&](const Stage&, Chance& chance) {
                  std::vector<Program> programs;
                  for (std::size_t thread = 0; thread < threads; ++thread)
                    programs.push_back(before->program(chance.next(), commands));
                  return programs;
                }});
  if (testing::Test::HasFailure()) std::cout << "where ./races_tests stands for ./model_tests\n";
}

TEST(ModelThreads, TwoAskInSomeOrder) {
  race(2, 8);
}
TEST(ModelThreads, ThreeAskInSomeOrder) {
  race(3, 6);
}
TEST(ModelThreads, FourAskInSomeOrder) {
  race(4, 4);
}

}  // namespace
}  // namespace assistants_mock::tests::model
