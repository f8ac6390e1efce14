// Walks the steps of a rule and writes each as acts; turn_timing.h says when they fall due.
#include "scenarios/playback.h"

#include <algorithm>
#include <cassert>

#include "scenarios/pattern.h"
#include "scenarios/step_acts.h"
#include "scenarios/turn_timing.h"

namespace assistants_mock::scenarios {
namespace {

// The act that ends a turn here, if `step` is such an end.
std::optional<Act> end_of_turn(const Step& step, const TemplateValues& values) {
  if (const auto* call = std::get_if<Call>(&step.action); call && needs_outputs(*call))
    return CallsMade{};
  if (const auto* fail = std::get_if<Fail>(&step.action))
    return Error{fail->code, fill(fail->message, values)};
  if (const auto* incomplete = std::get_if<Incomplete>(&step.action))
    return CutShort{incomplete->reason};
  if (std::holds_alternative<Hang>(step.action)) return Silence{};
  return std::nullopt;
}

}  // namespace

Playback::Playback(std::shared_ptr<const Scenario> scenario, RuleMatch match,
                   Conversation conversation)
    : scenario_(std::move(scenario)),
      match_(std::move(match)),
      conversation_(std::move(conversation)) {
  assert(match_.rule < scenario_->rules.size());
  places_.emplace_back(&rule().steps, 0);
}

const Rule& Playback::rule() const {
  return scenario_->rules[match_.rule];
}

std::vector<TimedAct> Playback::next_turn(HostedTools& tools) {
  TurnTiming turn;
  StepActs acts(turn, *scenario_, values(), tools, hosted_);
  while (const Step* step = next_step()) {
    if (const auto* wait = std::get_if<Wait>(&step->action)) turn.wait(wait->length);
    if (const auto* say = std::get_if<Say>(&step->action)) acts.add(*say);
    if (const auto* call = std::get_if<Call>(&step->action)) acts.add(*call);
    if (const auto* branch = std::get_if<Branch>(&step->action))
      places_.emplace_back(fits(*branch) ? &branch->then : &branch->otherwise, 0);
    if (auto end = end_of_turn(*step, values())) return turn.finish(std::move(*end));
  }
  return turn.finish(Answer{});
}

void Playback::outputs_arrived(const std::vector<std::pair<std::string, std::string>>& outputs) {
  for (const auto& [function, output] : outputs) outputs_[function].push_back(output);
}

const Step* Playback::next_step() {
  while (!places_.empty() && places_.back().second == places_.back().first->size())
    places_.pop_back();
  if (places_.empty()) return nullptr;
  auto& [steps, next] = places_.back();
  return &(*steps)[next++];
}

bool Playback::fits(const Branch& branch) const {
  return std::ranges::all_of(branch.outputs, [this](const auto& wanted) {
    const auto& [function, pattern] = wanted;
    const auto found = outputs_.find(function);
    if (found == outputs_.end() || found->second.empty()) return false;
    const std::string& latest = found->second.back();
    const re2::RE2 regex(pattern, pattern_options());
    return regex.ok() && re2::RE2::PartialMatch(latest, regex);
  });
}

}  // namespace assistants_mock::scenarios
