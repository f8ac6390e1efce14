#include "scenarios/generator/simpler_scenarios.h"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <string>
#include <utility>

#include "scenarios/fault_order.h"
#include "scenarios/generator/generated_scenario.h"
#include "scenarios/generator/simpler_parts.h"
#include "scenarios/scenario_writer.h"

namespace assistants_mock::scenarios {
namespace {

bool every_fault_strikes(const std::vector<Fault>& faults) {
  FaultOrder order;
  for (const Fault& fault : faults) {
    if (order.leaves_nothing_to(fault)) return false;
    order.add(fault);
  }
  return true;
}

class Simplifier {
 public:
  explicit Simplifier(const Scenario& scenario)
      : scenario_(scenario), weight_(weight_of(scenario)) {}

  std::vector<Scenario> all() {
    drop_everything();
    drop_faults();
    drop_rules();
    drop_settings();
    for (std::size_t rule = 0; rule < scenario_.rules.size(); ++rule) simplify_rule(rule);
    for (std::size_t fault = 0; fault < scenario_.faults.size(); ++fault)
      for (Fault& simpler : simpler_faults(scenario_.faults[fault]))
        offer([&](Scenario& copy) { copy.faults[fault] = std::move(simpler); });
    return std::move(found_);
  }

 private:
  template <class Change>
  void offer(Change change) {
    Scenario copy = scenario_;
    change(copy);
    if (weight_of(copy) < weight_ && every_fault_strikes(copy.faults))
      found_.push_back(std::move(copy));
  }

  void drop_everything() {
    offer([](Scenario& copy) { copy = simplest_scenario(); });
    offer([](Scenario& copy) { copy.rules = simplest_scenario().rules; });
  }

  void drop_faults() {
    if (scenario_.faults.empty()) return;
    offer([](Scenario& copy) { copy.faults.clear(); });
    for (std::size_t fault = 0; fault < scenario_.faults.size(); ++fault)
      offer([&](Scenario& copy) { copy.faults.erase(copy.faults.begin() + as_offset(fault)); });
  }

  void drop_rules() {
    const std::size_t count = scenario_.rules.size();
    for (std::size_t rule = 0; rule < count && count > 1; ++rule) {
      offer([&](Scenario& copy) {
        copy.rules = {scenario_.rules[rule]};
        copy.rules.back().when = {};
      });
      offer([&](Scenario& copy) {
        copy.rules.erase(copy.rules.begin() + as_offset(rule));
        copy.rules.back().when = {};
      });
      offer([&](Scenario& copy) { copy.rules[rule].steps = simplest_scenario().rules[0].steps; });
    }
  }

  void drop_settings() {
    offer([](Scenario& copy) { copy.ids = IdLetters::usual; });
    offer([](Scenario& copy) { copy.messages_lag = {}; });
    offer([](Scenario& copy) { copy.messages_lag = std::chrono::seconds{1}; });
  }

  void simplify_rule(std::size_t place) {
    const Rule& rule = scenario_.rules[place];
    offer([&](Scenario& copy) { copy.rules[place].queued = {}; });
    for (const Duration shorter : shorter_waits(rule.queued.length.value_or(longest_wait)))
      offer([&](Scenario& copy) { copy.rules[place].queued.length = shorter; });
    offer([&](Scenario& copy) { copy.rules[place].on_cancel = {}; });
    for (std::vector<Step>& steps : simpler_steps(rule.steps))
      offer([&](Scenario& copy) { copy.rules[place].steps = std::move(steps); });
  }

  static std::ptrdiff_t as_offset(std::size_t place) { return static_cast<std::ptrdiff_t>(place); }

  const Scenario& scenario_;
  std::size_t weight_;
  std::vector<Scenario> found_;
};

std::size_t waited_seconds(const std::vector<Step>& steps) {
  std::size_t seconds = 0;
  for (const Step& step : steps)
    if (const auto* wait = std::get_if<Wait>(&step.action))
      seconds += static_cast<std::size_t>(wait->length / std::chrono::seconds{1});
  return seconds;
}

}  // namespace

std::vector<Scenario> simpler_scenarios(const Scenario& scenario) {
  return Simplifier(scenario).all();
}

std::size_t weight_of(const Scenario& scenario) {
  constexpr std::size_t of_fault = 100'000;
  constexpr std::size_t of_step = 20'000;
  constexpr std::size_t of_character = 10;
  std::size_t weight = scenario.faults.size() * of_fault + to_yaml(scenario).size() * of_character;
  for (const Fault& fault : scenario.faults) weight += weight_of(fault);
  for (const Rule& rule : scenario.rules)
    weight += (rule.steps.size() + 1) * of_step + waited_seconds(rule.steps);
  return weight;
}

std::size_t lines_of(const Scenario& scenario) {
  std::istringstream text(to_yaml(scenario));
  const auto indent = [](const std::string& line) { return line.find_first_not_of(' '); };
  std::size_t count = 0;
  std::size_t outer = std::string::npos;  // of the key that is counted under
  for (std::string line; std::getline(text, line);) {
    const std::size_t own = indent(line);
    if (outer != std::string::npos && own > outer) {
      ++count;
      continue;
    }
    outer = line.find("do:") != line.npos || line.starts_with("faults:") ? own : std::string::npos;
  }
  return count;
}

}  // namespace assistants_mock::scenarios
