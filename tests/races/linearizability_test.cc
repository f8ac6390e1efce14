// The judge, judged: histories made by hand that an order explains, and others that none does.
#include "tests/races/linearizability.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>

#include "assistants_mock/scenario_book.h"
#include "tests/races/race.h"
#include "tests/races/sequential_api.h"

namespace assistants_mock::tests {
namespace {

// A number that can be read, set and added to: "read", "set 3", "add 1"; an answer is the number
// after the act.
class Register : public SequentialWorld {
 public:
  explicit Register(const History& history) : history_(history) {}

  std::string play(std::size_t operation) override {
    const std::string& what = history_[operation].what;
    if (what.starts_with("set ")) number_ = std::stoi(what.substr(4));
    if (what.starts_with("add ")) number_ += std::stoi(what.substr(4));
    return std::to_string(number_);
  }
  std::string state() const override { return std::to_string(number_); }

 private:
  const History& history_;
  int number_ = 0;
};

Explanation explained(const History& history) {
  return explain(history, [&] { return std::make_unique<Register>(history); });
}

TEST(Linearizability, OneAfterTheOtherIsExplainedInThatOrder) {
  const Explanation found =
      explained({{1, "set 3", "3", 0, 1}, {2, "add 1", "4", 2, 3}, {1, "read", "4", 4, 5}});
  EXPECT_TRUE(found.found);
  EXPECT_EQ(found.order, (std::vector<std::size_t>{0, 1, 2}));
}

TEST(Linearizability, WhatOverlapsMayHaveHappenedInEitherOrder) {
  EXPECT_TRUE(explained({{1, "set 1", "1", 0, 3}, {2, "read", "0", 1, 2}}).found);
  EXPECT_TRUE(explained({{1, "set 1", "1", 0, 3}, {2, "read", "1", 1, 2}}).found);
  EXPECT_TRUE(explained({{1, "add 1", "2", 0, 2}, {2, "add 1", "1", 1, 3}}).found);
}

TEST(Linearizability, ALostUpdateIsRejected) {
  EXPECT_FALSE(explained({{1, "add 1", "1", 0, 2}, {2, "add 1", "1", 1, 3}}).found);
  EXPECT_FALSE(
      explained({{1, "add 1", "1", 0, 2}, {2, "add 1", "2", 1, 3}, {1, "read", "1", 4, 5}}).found);
}

TEST(Linearizability, WhatWasAnsweredBeforeIsNotForgotten) {
  EXPECT_FALSE(explained({{1, "set 1", "1", 0, 1}, {2, "read", "0", 2, 3}}).found) << "stale";
  EXPECT_FALSE(explained({{1, "read", "1", 0, 1}, {2, "set 1", "1", 2, 3}}).found) << "foreseen";
}

// A value that was seen is not unseen by a later read, though both overlap with the writer.
TEST(Linearizability, TimeDoesNotGoBackWithinAThread) {
  const Operation writer{1, "set 1", "1", 0, 9};
  EXPECT_TRUE(explained({writer, {2, "read", "0", 1, 2}, {2, "read", "1", 3, 4}}).found);
  EXPECT_FALSE(explained({writer, {2, "read", "1", 1, 2}, {2, "read", "0", 3, 4}}).found);
}

TEST(Linearizability, EmptyAndOverlongHistoriesAreTold) {
  EXPECT_TRUE(explained({}).found);
  EXPECT_THROW(explained(History(65)), std::invalid_argument);
}

// Without a memory of dead ends this takes the factorial of 14 steps.
TEST(Linearizability, DeadEndsAreRemembered) {
  History history(14, {1, "read", "0", 0, 100});
  history.push_back({2, "read", "7", 0, 100});
  const Explanation none = explained(history);
  EXPECT_FALSE(none.found);
  EXPECT_LT(none.steps, 3'000'000U);
}

TEST(Linearizability, AFailureTellsHowFarOneGets) {
  const History history = {{1, "add 1", "1", 0, 2}, {2, "add 1", "1", 1, 3}};
  const FreshWorld fresh = [&] { return std::make_unique<Register>(history); };
  EXPECT_EQ(describe(history, explain(history, fresh), fresh),
            "the history, by invocation:\n"
            "  [0, 2] thread 1: add 1\n    answered 1\n"
            "  [1, 3] thread 2: add 1\n    answered 1\n"
            "no order explains it; the longest: [0]\n"
            "  then [1] would answer 2\n");
}

// Operations that took effect one after the other are explained however long they took to begin and
// to be answered around that moment.
RC_GTEST_PROP(Linearizability, WhatHappenedIsExplained, ()) {
  const auto kinds =
      *rc::gen::resize(9, rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 3)));
  History history;
  for (std::size_t place = 0; place < kinds.size(); ++place) {
    const std::uint64_t moment = 100 * (place + 1);
    const auto early = *rc::gen::inRange<std::uint64_t>(0, 100);
    const auto late = *rc::gen::inRange<std::uint64_t>(1, 250);
    const std::string number = std::to_string(place);
    const std::vector<std::string> acts = {"read", "set " + number, "add 1"};
    history.push_back(
        {place, acts[static_cast<std::size_t>(kinds[place])], "", moment - early, moment + late});
  }
  Register world(history);
  for (std::size_t place = 0; place < history.size(); ++place)
    history[place].answer = world.play(place);
  RC_ASSERT(explained(history).found);
  if (history.empty()) return;
  history[*rc::gen::inRange<std::size_t>(0, history.size())].answer = "1000";
  RC_ASSERT(!explained(history).found);
}

// Two threads that create a run, asked one after the other, written down as if at once.
struct TwoCreators {
  TwoCreators() { make_thread(stage, "Hi"); }

  // Their answers in a world where `first` came first.
  void play(std::size_t first) {
    const Act create = post(stage.thread_path() + "/runs", stage.run_body());
    round.played = {{.thread = 0, .act = create}, {.thread = 1, .act = create}};
    round.history = {{0, "create", "", 0, 2}, {1, "create", "", 1, 3}};
    SequentialApi api(round, scenario);
    for (const std::size_t place : {first, 1 - first})
      round.history[place].answer = api.play(place);
  }
  bool is_explained() const {
    return explain(round.history, [&] { return std::make_unique<SequentialApi>(round, scenario); })
        .found;
  }

  std::shared_ptr<const scenarios::Scenario> scenario =
      scenarios::ScenarioBook::load("echo").shared();
  TenantsWorld world{"echo"};
  Stage stage{world};
  Round round{.stage = stage, .threads = 2};
};

TEST(LinearizabilityOfTheApi, EitherWinnerIsExplained) {
  TwoCreators creators;
  for (const std::size_t first : {0U, 1U}) {
    creators.play(first);
    EXPECT_TRUE(creators.is_explained());
  }
}

TEST(LinearizabilityOfTheApi, TwoWinnersAreRejected) {
  TwoCreators creators;
  creators.play(0);
  const std::string winner = creators.round.history[0].answer;
  ASSERT_TRUE(winner.starts_with("200"));
  creators.round.history[1].answer = winner;
  EXPECT_FALSE(creators.is_explained());
}

TEST(LinearizabilityOfTheApi, TwoLosersAreRejected) {
  TwoCreators creators;
  creators.play(0);
  creators.round.history[0].answer = creators.round.history[1].answer;
  EXPECT_FALSE(creators.is_explained());
}

TEST(LinearizabilityOfTheApi, AWinnerThatWasAnsweredAfterTheLoserIsRejected) {
  TwoCreators creators;
  creators.play(0);
  creators.round.history[0].invoked = 10;
  creators.round.history[0].responded = 11;
  EXPECT_FALSE(creators.is_explained());
}

// A stream's bytes must be what the log held at some moment: not less than was there, not more.
TEST(LinearizabilityOfTheApi, AStreamThatKeepsSomethingBackIsRejected) {
  TwoCreators creators;
  Round& round = creators.round;
  const Act create = post(creators.stage.thread_path() + "/runs", creators.stage.run_body(true));
  round.played = {{.thread = 0, .act = create},
                  {.thread = 1, .act = advance(std::chrono::seconds{5})},
                  {.thread = 0, .act = read_stream(), .opener = 0}};
  round.history = {{0, "create", "", 0, 1}, {1, "advance", "", 2, 5}, {0, "read", "", 3, 4}};
  std::vector<std::string> reads;  // before and after the advance
  for (const std::size_t second : {2U, 1U}) {
    SequentialApi api(round, creators.scenario);
    for (const std::size_t place : {std::size_t{0}, second, 3 - second})
      round.history[place].answer = api.play(place);
    EXPECT_TRUE(creators.is_explained());
    reads.push_back(round.history[2].answer);
  }
  ASSERT_NE(reads[0], reads[1]);
  round.history[2].answer = reads[1].substr(0, reads[1].rfind("event: "));
  EXPECT_FALSE(creators.is_explained());
}

}  // namespace
}  // namespace assistants_mock::tests
