// Reads rules: their criteria, how they queue and cancel, and their steps.
#include "scenarios/rule_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "scenarios/field_reader.h"
#include "scenarios/nearest_word.h"
#include "scenarios/pattern_reader.h"
#include "scenarios/rule_scope.h"
#include "scenarios/step_reader.h"
#include "scenarios/times_reader.h"
#include "scenarios/yaml_values.h"

namespace assistants_mock::scenarios {

namespace {

constexpr std::size_t max_rule_name_bytes = 100;
constexpr std::size_t max_metadata_pairs = 16;  // v.meta.count: more cannot be on a run

std::optional<std::string> read_criterion(const FieldReader& fields, std::string_view key,
                                          RuleScope& scope) {
  const YamlNode* node = fields.find(key);
  if (node == nullptr) return std::nullopt;
  return scope.patterns.read(*node, fields.asked_for(key));
}

void read_message(const FieldReader& fields, Criteria& criteria, RuleScope& scope) {
  criteria.message = read_criterion(fields, "message", scope);
  if (criteria.message)
    scope.references.has_groups(scope.patterns.groups(*criteria.message));
  else if (fields.find("message") != nullptr)
    scope.references.has_unknown_groups();
}

Criteria read_criteria(const YamlNode& node, RuleScope& scope) {
  const FieldReader fields(Section::criteria, node, scope.mistakes);
  Criteria criteria;
  if (node.is_map() && node.entries.empty())
    scope.mistakes.add(node.place, "'when' is empty; without it the rule answers every run");
  read_message(fields, criteria, scope);
  criteria.assistant = read_criterion(fields, "assistant", scope);
  criteria.model = read_criterion(fields, "model", scope);
  criteria.instructions = read_criterion(fields, "instructions", scope);
  const YamlNode* metadata = fields.find("metadata");
  if (metadata != nullptr &&
      is_map(*metadata, fields.asked_for("metadata"), 1, max_metadata_pairs, scope.mistakes))
    for (const YamlEntry& entry : metadata->entries)
      if (auto pattern =
              scope.patterns.read(entry.value, {"'metadata." + entry.key + "'", Value::pattern}))
        criteria.metadata.emplace_back(entry.key, std::move(*pattern));
  if (const YamlNode* times = fields.find("times"))
    criteria.times = read_times(*times, fields.asked_for("times"), scope.mistakes);
  return criteria;
}

OnCancel read_on_cancel(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  constexpr std::array<std::string_view, 2> words = {"too_late", "never"};
  using enum OnCancel::Outcome;
  if (node.is_scalar() && node.text == words[0]) return {.outcome = too_late};
  if (node.is_scalar() && node.text == words[1]) return {.outcome = never};
  if (node.is_scalar() && !nearest_word(node.text, words).empty()) {
    read_word(node, asked, words, mistakes);
    return {};
  }
  return {.outcome = settles, .after = read_duration(node, asked, mistakes).value_or(Duration{})};
}

// Messages and the journal have it in one line.
std::string read_rule_name(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  const std::optional<std::string> name = read_text(node, asked, mistakes, max_rule_name_bytes);
  if (!name) return {};
  const bool has_control = std::ranges::any_of(*name, [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
  });
  if (name->empty() || has_control) add_needed(node, asked, mistakes);
  return *name;
}

Rule read_rule(const YamlNode& node, RuleScope& scope) {
  const FieldReader fields(Section::rule, node, scope.mistakes);
  Rule rule;
  if (const YamlNode* name = fields.find("name"))
    rule.name = read_rule_name(*name, fields.asked_for("name"), scope.mistakes);
  if (const YamlNode* when = fields.find("when")) rule.when = read_criteria(*when, scope);
  if (const YamlNode* queued = fields.find("queued"))
    rule.queued = {read_duration_or_forever(*queued, fields.asked_for("queued"), scope.mistakes)};
  if (const YamlNode* on_cancel = fields.find("on_cancel"))
    rule.on_cancel = read_on_cancel(*on_cancel, fields.asked_for("on_cancel"), scope.mistakes);
  if (const YamlNode* steps = fields.find("do"))
    rule.steps = read_steps(*steps, fields.asked_for("do"), scope);
  return rule;
}

// Adds a mistake for a name that an earlier rule has.
void check_name(const Rule& rule, const YamlNode& node, std::map<std::string, Place>& names,
                MistakeList& mistakes) {
  if (rule.name.empty()) return;
  const Place place = find(node, "name")->place;
  const auto [first, is_new] = names.try_emplace(rule.name, place);
  if (!is_new)
    mistakes.add(place, "another rule is called " + in_single_quotes(rule.name) + " too, in line " +
                            std::to_string(first->second.line));
}

bool answers_every_run(const YamlNode& rule, const Criteria& when) {
  return rule.is_map() &&
         (find(rule, "when") == nullptr || when == Criteria{.times = Times{.from_then_on = 1}});
}

}  // namespace

std::vector<Rule> read_rules(const YamlNode& list, const Asked& asked, const SourceText& source,
                             PatternReader& patterns, MistakeList& mistakes) {
  std::vector<Rule> rules;
  if (!is_list(list, asked, 1, max_rules, mistakes)) return rules;
  std::map<std::string, Place> names;
  std::optional<int> last_line;
  for (const YamlNode& node : list.items) {
    if (last_line)
      mistakes.add(node.place, "this rule is never asked: the rule in line " +
                                   std::to_string(*last_line) + " answers every run");
    RuleScope scope{mistakes, patterns, ReferenceCheck(source, mistakes)};
    rules.push_back(read_rule(node, scope));
    check_name(rules.back(), node, names, mistakes);
    if (!last_line && answers_every_run(node, rules.back().when)) last_line = node.place.line;
  }
  return rules;
}

}  // namespace assistants_mock::scenarios
