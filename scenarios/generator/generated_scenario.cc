#include "scenarios/generator/generated_scenario.h"

#include <chrono>
#include <utility>

#include "assistants_mock/scenario_generator.h"
#include "scenarios/generator/fault_generator.h"
#include "scenarios/generator/pick.h"
#include "scenarios/generator/run_generator.h"
#include "scenarios/generator/simpler_scenarios.h"
#include "scenarios/scenario_writer.h"

namespace assistants_mock::scenarios {
namespace {

using namespace std::chrono_literals;

constexpr const char* case_name = "generated";

// The first run is answered by the first rule, and so on; the last rule answers all that follow.
Scenario pick_scenario(CaseProfile profile, const ClientTraits& traits) {
  Scenario scenario{.name = case_name};
  static constexpr std::array<Weighted<int>, 3> runs = {
      Weighted<int>{in_all(5), 1}, {in_all(3), 2}, {in_all(1), 3}};
  const int count = pick_weighted(runs, profile);
  int replies = 0;
  for (int run = 1; run <= count; ++run) {
    scenario.rules.push_back(pick_run(profile, traits, replies));
    if (run < count) scenario.rules.back().when.times = Times{.listed = {1}};
  }
  if (one_in(20)) scenario.ids = IdLetters::unusual;
  if (one_in(12)) scenario.messages_lag = pick_of(std::array<Duration, 3>{1s, 2s, 5s});
  scenario.faults = pick_faults(profile, traits);
  return scenario;
}

}  // namespace

Scenario simplest_scenario() {
  Scenario scenario{.name = case_name};
  scenario.rules.push_back({.steps = {{Say{.parts = {TextPart{"Reply 1."}}}}}});
  return scenario;
}

rc::Gen<Scenario> generated_scenario(CaseProfile profile, const ClientTraits& traits) {
  const auto pick = rc::gen::exec([profile, traits] { return pick_scenario(profile, traits); });
  return rc::Gen<Scenario>([pick](const rc::Random& random, int size) {
    return rc::shrinkable::shrinkRecur(pick(random, size).value(), [](const Scenario& scenario) {
      return rc::seq::fromContainer(simpler_scenarios(scenario));
    });
  });
}

rc::Gen<ScenarioBook> case_scenario(CaseProfile profile, const ClientTraits& traits) {
  return rc::gen::map(generated_scenario(profile, traits),
                      [](Scenario scenario) { return ScenarioBook(std::move(scenario)); });
}

void showValue(const ScenarioBook& scenario, std::ostream& out) {
  out << to_yaml(scenario.scenario());
}

}  // namespace assistants_mock::scenarios
