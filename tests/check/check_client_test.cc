// A check as its caller sees it: what follows from the seed, what stops a client, what cannot be
// checked, what the options do.
#include "assistants_mock/check_client.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "tests/check/polling_client.h"

namespace assistants_mock::tests {
namespace {

using mock_server::Case;
using mock_server::check_client;
using mock_server::CheckOptions;
using mock_server::CheckReport;
using mock_server::ClientEnd;
using scenarios::CaseProfile;
using scenarios::ScenarioBook;

ClientEnd end_of(const Conversation& conversation) {
  ClientEnd end;
  end.success = conversation.success;
  end.words = conversation.reason;
  end.output = conversation.shown;
  return end;
}

mock_server::Client polling(const Habits& habits = {}, const std::string& assistant = {}) {
  return [=](const Case& asked) {
    return end_of(ask(asked.base_url, asked.api_key, habits, assistant));
  };
}

constexpr Habits never_knows_incomplete{.knows_incomplete = false};

TEST(Check, FollowsFromItsSeedHoweverManyCasesAreUnderWay) {
  const auto with_jobs = [](std::size_t jobs) {
    return check_client({.seed = 5, .jobs = jobs}, polling(never_knows_incomplete));
  };
  const CheckReport one = with_jobs(1);
  const CheckReport many = with_jobs(4);
  ASSERT_EQ(one.broken.size(), 1U);
  ASSERT_EQ(many.broken.size(), 1U);
  EXPECT_EQ(one.broken[0].case_number, many.broken[0].case_number);
  EXPECT_EQ(one.broken[0].story, many.broken[0].story);
  EXPECT_EQ(one.broken[0].transcript, many.broken[0].transcript);
}

TEST(Check, PlaysTheScenarioThatItFoundAgain) {
  const CheckReport found = check_client({}, polling(never_knows_incomplete));
  ASSERT_EQ(found.broken.size(), 1U);
  const CheckReport again = check_client(
      {.scenarios = {found.broken[0].scenario}, .first_case = found.broken[0].case_number},
      polling(never_knows_incomplete));
  ASSERT_EQ(again.broken.size(), 1U);
  EXPECT_EQ(again.broken[0].rule, found.broken[0].rule);
  EXPECT_EQ(again.broken[0].what, found.broken[0].what);
}

TEST(Check, GoesOnToOtherRulesWhenItIsAsked) {
  Habits careless = never_knows_incomplete;
  careless.answers_all_calls = false;
  const CheckReport report = check_client(
      {.cases = 40, .jobs = 4, .keep_going = true, .shrink_tries = 40}, polling(careless));
  std::set<std::string> rules;
  for (const auto& broken : report.broken) rules.insert(broken.rule);
  EXPECT_EQ(rules.size(), report.broken.size()) << "a rule is told once";
  EXPECT_TRUE(rules.contains("polling.after_end")) << report.text;
  EXPECT_TRUE(rules.contains("tools.ids")) << report.text;
}

TEST(Check, LeavesOutARuleThatIsOff) {
  const auto hasty = [](const CheckOptions& options) {
    Habits habits;
    habits.pauses = false;
    return check_client(options, polling(habits));
  };
  const CheckReport held = hasty({.cases = 20});
  ASSERT_EQ(held.broken.size(), 1U) << held.text;
  EXPECT_EQ(held.broken[0].rule, "polling.hasty");
  const CheckReport off =
      hasty({.cases = 20, .rules = {{"polling.hasty", {.off = true, .limit = std::nullopt}}}});
  EXPECT_TRUE(off.passed()) << off.text;
}

TEST(Check, RefusesRulesThatAreNone) {
  const auto with = [](const std::string& rule) {
    return check_client({.rules = {{rule, {.off = true, .limit = std::nullopt}}}}, polling());
  };
  try {
    with("poling.hasty");
    FAIL() << "it was taken for a rule";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "there is no rule 'poling.hasty'; did you mean 'polling.hasty'?");
  }
  EXPECT_THROW(check_client({.rules = {{"tools.ids", {.off = false, .limit = 3}}}}, polling()),
               std::invalid_argument);
}

TEST(Check, TellsAFlakyClientFromABrokenOne) {
  int conversations = 0;
  const ScenarioBook hello = ScenarioBook::parse("runs: [{do: [{say: Hello}]}]");
  const CheckReport report = check_client({.scenarios = {hello}}, [&](const Case& asked) {
    Habits habits;
    habits.polls_on = conversations++ == 2;  // after two looks at the client
    return end_of(ask(asked.base_url, asked.api_key, habits));
  });
  ASSERT_EQ(report.broken.size(), 1U) << report.text;
  EXPECT_TRUE(report.broken[0].is_flaky());
  EXPECT_EQ(report.broken[0].broke_again, 0U);
  EXPECT_NE(report.text.find("FLAKY"), std::string::npos) << report.text;
}

TEST(Check, SaysThatAClientAskedNothing) {
  const CheckReport silent = check_client({}, [](const Case&) { return ClientEnd{}; });
  EXPECT_FALSE(silent.passed());
  EXPECT_TRUE(silent.broken.empty());
  EXPECT_NE(silent.could_not_check.find("never asked this server"), std::string::npos);
  EXPECT_NE(silent.could_not_check.find("OPENAI_BASE_URL"), std::string::npos);

  const CheckReport crashed =
      check_client({}, [](const Case&) -> ClientEnd { throw std::runtime_error("no such file"); });
  EXPECT_NE(crashed.could_not_check.find("crashed before it made a request: no such file"),
            std::string::npos);
}

TEST(Check, HasTheWorldThatAClientWasConfiguredFor) {
  const CheckReport unknown = check_client({.cases = 5}, polling({}, "asst_configured"));
  ASSERT_EQ(unknown.broken.size(), 1U);
  EXPECT_EQ(unknown.broken[0].rule, "request.refused");
  EXPECT_EQ(unknown.broken[0].case_number, 0U) << "it is told at the first look";

  const ScenarioBook world = ScenarioBook::parse(R"(
assistants:
  - id: asst_configured
    model: gpt-4o
    tools: [{type: function, function: {name: get_weather}}]
runs: [{do: [{say: Hello}]}]
)");
  const CheckReport known =
      check_client({.cases = 60, .jobs = 4, .world = world}, polling({}, "asst_configured"));
  EXPECT_TRUE(known.passed()) << known.text;
  ASSERT_EQ(known.traits.functions.size(), 1U);
  EXPECT_EQ(known.traits.functions[0].name, "get_weather");
}

TEST(Check, LearnsWhatTheClientShowsOfItself) {
  const CheckReport report = check_client({.cases = 1}, polling());
  ASSERT_EQ(report.traits.functions.size(), 1U);
  EXPECT_EQ(report.traits.functions[0].name, "get_weather");
  EXPECT_NE(report.traits.functions[0].parameters.find("city"), std::string::npos);
  EXPECT_TRUE(report.traits.streamed.empty());
  // It polls a run that hangs 40 times, a second each, and cancels it then.
  EXPECT_EQ(report.traits.patience, std::chrono::seconds{41});
}

TEST(Check, NamesTheRulesThatNoCasePutToTheTest) {
  const CheckReport report =
      check_client({.scenarios = {ScenarioBook::parse("runs: [{do: [{say: Hello}]}]")}}, polling());
  EXPECT_TRUE(report.passed()) << report.text;
  EXPECT_NE(report.text.find("not put to the test: "), std::string::npos) << report.text;
  EXPECT_NE(report.text.find("tools.unanswered"), std::string::npos) << report.text;
}

}  // namespace
}  // namespace assistants_mock::tests
