// Generated scenarios are right, keep to their profile, have everything in them that cases are made
// for, and shrink to little.
#include "scenarios/generator/generated_scenario.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <string>

#include "assistants_mock/scenario_generator.h"
#include "scenarios/generator/simpler_scenarios.h"
#include "scenarios/scenario_parser.h"
#include "scenarios/scenario_writer.h"

namespace assistants_mock::scenarios {
namespace {

ClientTraits traits_with_everything() {
  return {.functions = {{"get_weather",
                         R"({"type": "object", "properties": {"city": {"type": "string"},
                             "unit": {"enum": ["c", "${f}"]}, "days": {"type": "array"}},
                             "required": ["city"]})"},
                        {"get_time"}},
          .code_interpreter = true,
          .file_search = true,
          .operations = {"createRun", "getRun", "listMessages", "submitToolOuputsToRun"},
          .streamed = {"createRun"},
          .patience = std::chrono::seconds{41}};
}

// The parser takes it, and takes it for the same.
void require_right(const Scenario& scenario) {
  const std::string yaml = to_yaml(scenario);
  RC_LOG() << yaml;
  const Scenario read = parse_scenario(yaml, "other.yaml");
  RC_ASSERT(to_yaml(read) == yaml);
  RC_ASSERT(read == scenario);
}

CaseProfile pick_profile() {
  return *rc::gen::element(CaseProfile::gentle, CaseProfile::rough, CaseProfile::hostile);
}

RC_GTEST_PROP(GeneratedScenario, IsOneThatTheParserReads, ()) {
  const Scenario scenario = *generated_scenario(pick_profile(), traits_with_everything());
  require_right(scenario);
}

RC_GTEST_PROP(GeneratedScenario, NeedsToKnowNothingOfTheClient, ()) {
  const Scenario scenario = *generated_scenario(pick_profile(), {});
  require_right(scenario);
  for (const Rule& rule : scenario.rules)
    for (const Step& step : rule.steps) RC_ASSERT(!std::holds_alternative<Call>(step.action));
}

RC_GTEST_PROP(GeneratedScenario, IsFreeOfFaultsWhenGentle, ()) {
  RC_ASSERT((*generated_scenario(CaseProfile::gentle, traits_with_everything())).faults.empty());
}

RC_GTEST_PROP(SimplerScenarios, AreRightAndLighter, ()) {
  const Scenario scenario = *generated_scenario(pick_profile(), traits_with_everything());
  const auto simpler = simpler_scenarios(scenario);
  for (const Scenario& candidate : simpler) {
    RC_ASSERT(weight_of(candidate) < weight_of(scenario));
    require_right(candidate);
  }
}

// A run that says nothing is simpler still, for whom that breaks.
TEST(SimplerScenarios, EndAtTheSimplest) {
  const auto simpler = simpler_scenarios(simplest_scenario());
  ASSERT_EQ(simpler.size(), 1U);
  EXPECT_TRUE(simpler.front().rules.at(0).steps.empty());
  EXPECT_TRUE(simpler_scenarios(simpler.front()).empty());
}

// The same seed is the same scenario.
Scenario scenario_of(std::uint64_t seed, CaseProfile profile) {
  return generated_scenario(profile, traits_with_everything())(rc::Random(seed), rc::kNominalSize)
      .value();
}

TEST(GeneratedScenario, FollowsFromItsSeed) {
  EXPECT_EQ(scenario_of(7, CaseProfile::rough), scenario_of(7, CaseProfile::rough));
  std::set<std::string> different;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    different.insert(to_yaml(scenario_of(seed, CaseProfile::rough)));
  EXPECT_GT(different.size(), 15U);
}

// As the greedy search of RapidCheck and of the checker does it.
Scenario shrunk(rc::Shrinkable<Scenario> scenario,
                const std::function<bool(const Scenario&)>& fails) {
  for (bool found = true; found;) {
    found = false;
    auto simpler = scenario.shrinks();
    while (const auto candidate = simpler.next())
      if (fails(candidate->value())) {
        scenario = *candidate;
        found = true;
        break;
      }
  }
  return scenario.value();
}

// Each is a reason for which a client might fail, and how few lines show it.
struct Reason {
  std::function<bool(const Scenario&)> holds;
  std::size_t lines;
};

template <class Action>
std::size_t count(const Scenario& scenario) {
  std::size_t found = 0;
  for (const Rule& rule : scenario.rules)
    for (const Step& step : rule.steps)
      if (std::holds_alternative<Action>(step.action)) ++found;
  return found;
}

std::size_t most_tools(const Scenario& scenario) {
  std::size_t most = 0;
  for (const Rule& rule : scenario.rules)
    for (const Step& step : rule.steps)
      if (const auto* call = std::get_if<Call>(&step.action))
        most = std::max(most, call->tools.size());
  return most;
}

bool waits_in_all(const Scenario& scenario, Duration least) {
  for (const Rule& rule : scenario.rules) {
    Duration all{};
    for (const Step& step : rule.steps)
      if (const auto* wait = std::get_if<Wait>(&step.action)) all += wait->length;
    if (all >= least) return true;
  }
  return false;
}

bool has_text(const Scenario& scenario, const std::string& text) {
  return to_yaml(scenario).find(text) != std::string::npos;
}

const std::map<std::string, Reason>& reasons() {
  using namespace std::chrono_literals;
  static const std::map<std::string, Reason> all = {
      {"incomplete", {[](const Scenario& s) { return count<Incomplete>(s) > 0; }, 1}},
      {"fails", {[](const Scenario& s) { return count<Fail>(s) > 0; }, 1}},
      {"hangs", {[](const Scenario& s) { return count<Hang>(s) > 0; }, 1}},
      {"two rounds", {[](const Scenario& s) { return count<Call>(s) > 1; }, 2}},
      {"parallel calls", {[](const Scenario& s) { return most_tools(s) > 1; }, 3}},
      {"several messages", {[](const Scenario& s) { return count<Say>(s) > 1; }, 2}},
      {"a page is not all", {[](const Scenario& s) { return count<Say>(s) > 20; }, 21}},
      {"waits for long", {[](const Scenario& s) { return waits_in_all(s, 595s); }, 2}},
      {"undeclared", {[](const Scenario& s) { return has_text(s, "multi_tool_use"); }, 1}},
      {"citation", {[](const Scenario& s) { return has_text(s, "${cite"); }, 6}},
      {"image first", {[](const Scenario& s) { return has_text(s, "image_file"); }, 9}},
      {"late cancel", {[](const Scenario& s) { return has_text(s, "too_late"); }, 1}},
      {"stuck cancel", {[](const Scenario& s) { return has_text(s, "never"); }, 1}},
      {"stuck in the queue", {[](const Scenario& s) { return has_text(s, "forever"); }, 1}},
      {"broken arguments", {[](const Scenario& s) { return has_text(s, "'{\""); }, 2}},
      {"rate limit", {[](const Scenario& s) { return has_text(s, "rl.rpm"); }, 3}},
      {"lost answer", {[](const Scenario& s) { return has_text(s, "after_work"); }, 5}},
      {"stream is cut", {[](const Scenario& s) { return has_text(s, "stream:"); }, 4}},
      {"withdrawn key", {[](const Scenario& s) { return has_text(s, "auth.wrong"); }, 3}},
      {"ends as it is given up", {[](const Scenario& s) { return has_text(s, "wait: 40s"); }, 1}},
      {"list lags", {[](const Scenario& s) { return has_text(s, "messages_lag"); }, 1}},
  };
  return all;
}

TEST(GeneratedScenario, HasEveryReasonSoonAndShrinksItToAFewLines) {
  const auto generator = generated_scenario(CaseProfile::rough, traits_with_everything());
  for (const auto& [name, reason] : reasons()) {
    bool found = false;
    for (std::uint64_t seed = 0; seed < 300 && !found; ++seed) {
      const auto scenario = generator(rc::Random(seed), rc::kNominalSize);
      if (!reason.holds(scenario.value())) continue;
      found = true;
      const Scenario least = shrunk(scenario, reason.holds);
      EXPECT_LE(lines_of(least), reason.lines) << name << "\n" << to_yaml(least);
      EXPECT_LE(least.rules.size(), 1U) << name << "\n" << to_yaml(least);
    }
    EXPECT_TRUE(found) << name << " did not come in 300 cases";
  }
}

TEST(GeneratedScenario, IsShownAsYaml) {
  std::ostringstream shown;
  showValue(ScenarioBook(simplest_scenario()), shown);
  EXPECT_EQ(shown.str(), "scenario: generated\nruns:\n  - do:\n      - say: \"Reply 1.\"\n");
}

}  // namespace
}  // namespace assistants_mock::scenarios
