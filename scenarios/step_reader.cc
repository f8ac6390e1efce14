// Tells steps apart by their verb and checks their order.
#include "scenarios/step_reader.h"

#include <algorithm>
#include <optional>
#include <string>

#include "scenarios/action_reader.h"
#include "scenarios/field_reader.h"
#include "scenarios/nearest_word.h"
#include "scenarios/yaml_values.h"

namespace assistants_mock::scenarios {

namespace {

std::string_view verb_of(Section step) {
  return fields_of(step).front().key;
}

std::vector<std::string_view> verbs() {
  std::vector<std::string_view> words;
  for (Section step : step_sections()) words.push_back(verb_of(step));
  return words;
}

// The verbs and everything that may stand beside one of them.
std::vector<std::string_view> step_keys() {
  std::vector<std::string_view> keys = verbs();
  for (Section step : step_sections())
    for (std::string_view key : keys_of(step))
      if (std::ranges::find(keys, key) == keys.end()) keys.push_back(key);
  return keys;
}

// "say, call": the verbs that `modifier` goes with.
std::string verbs_with(std::string_view modifier) {
  std::vector<std::string_view> words;
  for (Section step : step_sections())
    if (find_field(step, modifier) != nullptr) words.push_back(verb_of(step));
  return word_list(words);
}

std::optional<Section> section_of_verb(std::string_view verb) {
  for (Section step : step_sections())
    if (verb_of(step) == verb) return step;
  return std::nullopt;
}

// A step that has no verb: a slip in one of its keys, or nothing but modifiers.
void add_no_verb(const YamlNode& step, MistakeList& mistakes) {
  const std::vector<std::string_view> known = step_keys();
  bool slip = false;
  for (const YamlEntry& entry : step.entries) {
    if (std::ranges::find(known, entry.key) != known.end()) continue;
    add_unknown_key(entry, "a step", verbs(), mistakes);
    slip = true;
  }
  if (!slip && !step.lacks_entries)
    mistakes.add(step.place, "a step needs one of the keys " + word_list(verbs()) + ", found " +
                                 in_words(step));
}

// The one verb of a step.
std::optional<Section> section_of(const YamlNode& step, MistakeList& mistakes) {
  std::optional<Section> section;
  for (const YamlEntry& entry : step.entries) {
    const std::optional<Section> here = section_of_verb(entry.key);
    if (here && section) {
      mistakes.add(entry.key_place, "a step does one thing, but this one has both '" +
                                        std::string(verb_of(*section)) + "' and '" + entry.key +
                                        "'; make it two steps");
      return std::nullopt;
    }
    if (here) section = here;
  }
  if (!section) add_no_verb(step, mistakes);
  return section;
}

// `step` without the modifiers of other verbs, each of which is a mistake.
YamlNode without_strangers(const YamlNode& step, Section section, MistakeList& mistakes) {
  YamlNode rest = step;
  const std::vector<std::string_view> known = step_keys();
  std::erase_if(rest.entries, [&](const YamlEntry& entry) {
    if (find_field(section, entry.key) != nullptr) return false;
    if (std::ranges::find(known, entry.key) == known.end()) return false;
    mistakes.add(entry.key_place, "the key '" + entry.key + "' does not go with '" +
                                      std::string(verb_of(section)) + "', only with " +
                                      verbs_with(entry.key));
    return true;
  });
  return rest;
}

void read_outputs(const YamlNode& node, Branch& branch, RuleScope& scope) {
  const FieldReader fields(Section::branch_criteria, node, scope.mistakes);
  const YamlNode* outputs = fields.find("outputs");
  if (outputs == nullptr ||
      !is_map(*outputs, fields.asked_for("outputs"), 1, max_calls, scope.mistakes))
    return;
  for (const YamlEntry& entry : outputs->entries) {
    const Asked asked{"'outputs." + entry.key + "'", Value::pattern};
    branch.outputs.emplace_back(entry.key, scope.patterns.read(entry.value, asked).value_or(""));
    if (!scope.references.is_called(entry.key))
      scope.mistakes.add(entry.key_place, "no earlier step of this rule calls the function " +
                                              in_single_quotes(entry.key) +
                                              scope.references.nearest_function(entry.key));
  }
}

Branch read_branch(const YamlNode& step, RuleScope& scope, int depth) {
  const FieldReader fields(Section::branch_step, step, scope.mistakes);
  Branch branch;
  if (const YamlNode* when = fields.find("when")) read_outputs(*when, branch, scope);
  if (const YamlNode* then = fields.find("do"))
    branch.then = read_steps(*then, fields.asked_for("do"), scope, depth + 1);
  if (const YamlNode* otherwise = fields.find("otherwise"))
    branch.otherwise = read_steps(*otherwise, fields.asked_for("otherwise"), scope, depth + 1);
  return branch;
}

Step read_step(const YamlNode& node, Section section, RuleScope& scope, int depth) {
  switch (section) {
    case Section::wait_step:
      return {read_wait(node, scope)};
    case Section::say_step:
      return {read_say(node, scope)};
    case Section::call_step:
      return {read_call(node, scope)};
    case Section::fail_step:
      return {read_fail(node, scope)};
    case Section::incomplete_step:
      return {read_incomplete(node, scope)};
    case Section::branch_step:
      return {read_branch(node, scope, depth)};
    default:
      return {read_hang(node, scope)};
  }
}

bool ends_run(const Step& step);

bool all_end(const std::vector<Step>& steps) {
  return !steps.empty() && ends_run(steps.back());
}

bool ends_run(const Step& step) {
  if (const auto* branch = std::get_if<Branch>(&step.action))
    return all_end(branch->then) && all_end(branch->otherwise);
  return std::holds_alternative<Fail>(step.action) ||
         std::holds_alternative<Incomplete>(step.action) ||
         std::holds_alternative<Hang>(step.action);
}

bool is_unfinished(const Step& step) {
  if (const auto* call = std::get_if<Call>(&step.action)) return call->unfinished;
  const auto* say = std::get_if<Say>(&step.action);
  return say != nullptr && say->unfinished;
}

struct PlacedStep {
  std::optional<Step> step;  // nothing when it could not be read: then it may be anything
  Place place;
};

void check_unfinished(const PlacedStep& step, const PlacedStep* next, MistakeList& mistakes) {
  if (!is_unfinished(*step.step)) return;
  if (next != nullptr && !next->step) return;
  if (next != nullptr && ends_run(*next->step) &&
      !std::holds_alternative<Branch>(next->step->action))
    return;
  const bool is_call = std::holds_alternative<Call>(step.step->action);
  mistakes.add(step.place, (is_call ? "unfinished calls have" : "an unfinished message has") +
                               std::string(" to be followed by fail, incomplete or hang in the "
                                           "same list of steps"));
}

void check_order(const std::vector<PlacedStep>& steps, MistakeList& mistakes) {
  for (std::size_t at = 0; at < steps.size(); ++at) {
    if (!steps[at].step) continue;
    const PlacedStep* next = at + 1 < steps.size() ? &steps[at + 1] : nullptr;
    check_unfinished(steps[at], next, mistakes);
    if (next == nullptr || !ends_run(*steps[at].step)) continue;
    const bool is_branch = std::holds_alternative<Branch>(steps[at].step->action);
    mistakes.add(next->place, "this step is never reached: the step in line " +
                                  std::to_string(steps[at].place.line) +
                                  (is_branch ? " ends the run either way" : " ends the run"));
    return;
  }
}

// A step by itself is a map, or the one word that needs no value.
std::optional<Step> read_item(const YamlNode& item, RuleScope& scope, int depth) {
  if (item.is_scalar() && item.text == verb_of(Section::hang_step)) return Step{Hang{}};
  if (!item.is_map()) {
    const bool is_verb = item.is_scalar() && section_of_verb(item.text).has_value();
    scope.mistakes.add(
        item.place,
        "a step needs a map such as {say: Hello}, or is the word hang; "
        "found " +
            in_words(item) +
            (is_verb ? ", which takes a value after a colon" : did_you_mean(item.text, verbs())));
    return std::nullopt;
  }
  const std::optional<Section> section = section_of(item, scope.mistakes);
  if (!section) return std::nullopt;
  return read_step(without_strangers(item, *section, scope.mistakes), *section, scope, depth);
}

}  // namespace

std::vector<Step> read_steps(const YamlNode& list, const Asked& asked, RuleScope& scope,
                             int depth) {
  if (depth > max_when_depth) {
    scope.mistakes.add(list.place, "when steps are nested too deep here; at most " +
                                       std::to_string(max_when_depth) + " levels are possible");
    return {};
  }
  if (!is_list(list, asked, 0, max_steps_of_rule, scope.mistakes)) return {};
  std::vector<PlacedStep> placed;
  for (const YamlNode& item : list.items) {
    if (++scope.steps == max_steps_of_rule + 1)
      scope.mistakes.add(item.place, "a rule has at most " + std::to_string(max_steps_of_rule) +
                                         " steps, those of its when steps included");
    placed.push_back({read_item(item, scope, depth), item.place});
  }
  check_order(placed, scope.mistakes);
  std::vector<Step> steps;
  for (PlacedStep& one : placed)
    if (one.step) steps.push_back(std::move(*one.step));
  return steps;
}

}  // namespace assistants_mock::scenarios
