#include "scenarios/explain.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/golden_file.h"

namespace assistants_mock::scenarios {
namespace {

Say text(std::string words) {
  return {.parts = {TextPart{std::move(words)}}};
}

RunQuestion hello() {
  return {.message = "Hello there",
          .assistant_id = "asst_1",
          .assistant_name = "Guide",
          .model = "gpt-4o",
          .instructions = "Be brief.",
          .metadata = {{"plan", "free"}}};
}

// A scenario whose only rule wants `when`.
Scenario wanting(Criteria when) {
  return {.name = "choosy",
          .rules = {{.name = "picky", .when = std::move(when), .steps = {{text("Yes.")}}}}};
}

void expect_explained(const std::string& name, const Scenario& scenario, RunQuestion question,
                      int asked_before = 0) {
  expect_golden("fixtures/explain/" + name + ".txt", explain(scenario, question, asked_before));
}

TEST(Explain, ShowsTheChosenRuleAndItsFirstTurn) {
  const Call call{.tools = {FunctionCall{"get_weather", Json{{"city", "${city}"}}}}};
  const Scenario scenario{
      .name = "weather",
      .rules = {{.name = "goodbye", .when = {.message = "(?i)bye"}, .steps = {{text("Bye.")}}},
                {.name = "weather",
                 .when = {.message = R"((?i)weather in (?P<city>\w+))"},
                 .on_cancel = {.outcome = OnCancel::Outcome::too_late},
                 .steps = {{Wait{std::chrono::seconds{2}}}, {call}, {text("later")}}},
                {.steps = {{text("What?")}}}}};
  expect_explained("chosen_rule", scenario, {.message = "Weather in Oslo?", .model = "gpt-4o"});
}

TEST(Explain, ShowsAMessageThatDoesNotFit) {
  expect_explained("message_mismatch", wanting({.message = "(?i)weather"}), hello());
}

TEST(Explain, ShowsAnAssistantThatDoesNotFit) {
  expect_explained("assistant_mismatch", wanting({.assistant = "^Clerk$"}), hello());
}

TEST(Explain, ShowsAModelThatDoesNotFit) {
  expect_explained("model_mismatch", wanting({.model = "mini"}), hello());
}

TEST(Explain, ShowsInstructionsThatDoNotFit) {
  expect_explained("instructions_mismatch", wanting({.instructions = "verse"}), hello());
}

TEST(Explain, ShowsMetadataThatDoesNotFit) {
  expect_explained("metadata_mismatch", wanting({.metadata = {{"plan", "^pro$"}}}), hello());
}

TEST(Explain, ShowsMetadataThatIsMissing) {
  expect_explained("metadata_missing", wanting({.metadata = {{"team", "red"}}}), hello());
}

TEST(Explain, ShowsTimesThatDoNotFit) {
  expect_explained("times_mismatch",
                   wanting({.message = "Hello", .times = Times{.listed = {1}, .from_then_on = 5}}),
                   hello(), 2);
}

TEST(Explain, ShowsTimesThatFitLater) {
  expect_explained("times_fit",
                   wanting({.message = "Hello", .times = Times{.listed = {1}, .from_then_on = 5}}),
                   hello(), 21);
}

TEST(Explain, ShowsSeveralMismatchesOfSeveralRules) {
  Scenario scenario = wanting({.message = "a b", .model = "mini", .metadata = {{"plan", "pro"}}});
  scenario.rules.push_back({.name = "nearest", .when = {.model = "o1"}});
  expect_explained("several_mismatches", scenario, hello());
}

TEST(Explain, ShowsAPatternThatDoesNotCompile) {
  expect_explained("bad_pattern", wanting({.message = "wea(ther"}), hello());
}

TEST(Explain, ShowsARuleThatIsNeverPickedUp) {
  Scenario scenario = wanting({});
  scenario.rules[0].queued.length = std::nullopt;
  scenario.rules[0].on_cancel.outcome = OnCancel::Outcome::never;
  expect_explained("never_picked_up", scenario, hello());
}

TEST(Explain, HasNothingToShowWithoutRules) {
  expect_explained("no_rules", {.name = "empty"}, hello());
}

TEST(Explain, StaysReadableWhateverIsAsked) {
  const Scenario scenario{.name = "echo", .rules = {{.steps = {{text("${message}")}}}}};
  RunQuestion question{.message = "two\nlines\t\x1B[31m \xFF " + std::string(100'000, 'x')};
  const std::string text = explain(scenario, question, -7);
  EXPECT_LT(text.size(), 2500U);
  EXPECT_EQ(text.find_first_of("\t\x1B\xFF"), std::string::npos);
  EXPECT_NE(text.find(R"("two\nlines\x09\x1B[31m)"), std::string::npos);
  EXPECT_NE(text.find("(100020 bytes in 6 deltas)"), std::string::npos) << text;
}

TEST(Explain, PlaysNoMoreThanItsBound) {
  EXPECT_NE(explain(wanting({}), hello(), 2'000'000'000).find("for the 100001st time"),
            std::string::npos);
}

}  // namespace
}  // namespace assistants_mock::scenarios
