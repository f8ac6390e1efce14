// Patterns are compiled once, when a matcher is made; a rule without criteria costs a counter.
#include "scenarios/rule_matching.h"

#include <algorithm>

#include "scenarios/pattern.h"
#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {
namespace {

using re2::RE2;

// A value found may be a whole document; a mismatch shows its beginning.
constexpr std::size_t shown_bytes = 160;

std::string shown(std::string_view text) {
  std::string shown = valid_utf8(std::string(beginning_of(text, shown_bytes)));
  if (text.size() > shown_bytes) shown += "…";
  return '"' + shown + '"';
}

re2::StringPiece piece(std::string_view text) {
  return {text.data(), text.size()};
}

// A pattern in its compiled form, or the reason why it has none.
class Pattern {
 public:
  Pattern(std::string criterion, const std::string& text)
      : criterion_(std::move(criterion)), regex_(text, pattern_options()) {}

  bool found_in(std::string_view value) const {
    return regex_.ok() && RE2::PartialMatch(piece(value), regex_);
  }

  Mismatch mismatch(std::string found) const {
    if (!regex_.ok()) found = "a pattern that does not compile: " + regex_.error();
    return {criterion_, '/' + regex_.pattern() + '/', std::move(found)};
  }

  // The groups that took part, if the pattern is found in `value`.
  bool capture(std::string_view value, std::map<std::string, std::string>& captures) const {
    if (!regex_.ok()) return false;
    std::vector<re2::StringPiece> groups(
        static_cast<std::size_t>(1 + regex_.NumberOfCapturingGroups()));
    if (!regex_.Match(piece(value), 0, value.size(), RE2::UNANCHORED, groups.data(),
                      static_cast<int>(groups.size())))
      return false;
    for (std::size_t number = 0; number < groups.size(); ++number)
      if (groups[number].data() != nullptr)
        captures.emplace(std::to_string(number), groups[number].as_string());
    for (const auto& [name, number] : regex_.NamedCapturingGroups()) {
      const re2::StringPiece& group = groups[static_cast<std::size_t>(number)];
      if (group.data() != nullptr) captures.emplace(name, group.as_string());
    }
    return true;
  }

 private:
  std::string criterion_;
  RE2 regex_;
};

using MaybePattern = std::optional<Pattern>;

void ask_about(const MaybePattern& pattern, std::string_view value, std::vector<Mismatch>& wrong) {
  if (pattern && !pattern->found_in(value)) wrong.push_back(pattern->mismatch(shown(value)));
}

std::string described(const RunQuestion& question) {
  const std::string id = shown(question.assistant_id);
  if (question.assistant_name.empty()) return id + " (it has no name)";
  return shown(question.assistant_name) + " (" + id + ")";
}

}  // namespace

// RE2 can be neither copied nor moved: rules and patterns stay where they were made.
struct RuleMatcher::CompiledRule {
  MaybePattern message;
  MaybePattern assistant;
  MaybePattern model;
  MaybePattern instructions;
  std::deque<Pattern> metadata;  // as Criteria::metadata

  explicit CompiledRule(const Criteria& when) {
    if (when.message) message.emplace("message", *when.message);
    if (when.assistant) assistant.emplace("assistant", *when.assistant);
    if (when.model) model.emplace("model", *when.model);
    if (when.instructions) instructions.emplace("instructions", *when.instructions);
    for (const auto& [key, pattern] : when.metadata)
      metadata.emplace_back("metadata." + key, pattern);
  }
};

RuleMatcher::RuleMatcher(std::shared_ptr<const Scenario> scenario)
    : scenario_(std::move(scenario)) {
  auto rules = std::make_shared<std::deque<CompiledRule>>();
  for (const Rule& rule : scenario_->rules) rules->emplace_back(rule.when);
  rules_ = std::move(rules);
}

std::vector<Mismatch> RuleMatcher::ask(std::size_t rule, const RunQuestion& question,
                                       RuleMatch& match) const {
  const CompiledRule& asked = (*rules_)[rule];
  std::vector<Mismatch> wrong;
  if (asked.message && !asked.message->capture(question.message, match.captures))
    wrong.push_back(asked.message->mismatch(shown(question.message)));
  if (asked.assistant && !asked.assistant->found_in(question.assistant_name) &&
      !asked.assistant->found_in(question.assistant_id))
    wrong.push_back(asked.assistant->mismatch(described(question)));
  ask_about(asked.model, question.model, wrong);
  ask_about(asked.instructions, question.instructions, wrong);
  const auto& metadata = scenario_->rules[rule].when.metadata;
  for (std::size_t pair = 0; pair < metadata.size(); ++pair) {
    const Pattern& pattern = asked.metadata[pair];
    const auto value = question.metadata.find(metadata[pair].first);
    if (value == question.metadata.end()) {
      wrong.push_back(pattern.mismatch("no such key"));
    } else if (!pattern.found_in(value->second)) {
      wrong.push_back(pattern.mismatch(shown(value->second)));
    }
  }
  return wrong;
}

RuleChoice RuleMatcher::choose(const RunQuestion& question, RuleCounts& counts) const {
  RuleChoice choice;
  counts.fitted.resize(scenario_->rules.size());
  for (std::size_t rule = 0; rule < scenario_->rules.size(); ++rule) {
    RuleMatch match{.rule = rule};
    std::vector<Mismatch> wrong = ask(rule, question, match);
    if (wrong.empty()) {
      match.time = ++counts.fitted[rule];
      const std::optional<Times>& times = scenario_->rules[rule].when.times;
      if (!times || lists(*times, match.time)) {
        choice.match = std::move(match);
        return choice;
      }
      wrong.push_back({"times", as_written(*times), std::to_string(match.time)});
    }
    choice.refusals.emplace_back(rule, std::move(wrong));
  }
  return choice;
}

bool lists(const Times& times, int time) {
  if (times.from_then_on && time >= *times.from_then_on) return true;
  return std::ranges::find(times.listed, time) != times.listed.end();
}

std::string as_written(const Times& times) {
  std::string list;
  for (const int time : times.listed) list += (list.empty() ? "" : ", ") + std::to_string(time);
  const bool single = times.listed.size() + (times.from_then_on ? 1 : 0) == 1;
  if (times.from_then_on)
    list += (list.empty() ? "" : ", ") + std::to_string(*times.from_then_on) + '+';
  return single ? list : '[' + list + ']';
}

std::string rule_label(const Scenario& scenario, std::size_t rule) {
  std::string label = "rule " + std::to_string(rule + 1);
  const std::string& name = scenario.rules[rule].name;
  if (!name.empty()) label += " (\"" + name + "\")";
  return label + " of " + scenario.name;
}

std::string explain_no_match(const Scenario& scenario, const RuleChoice& choice) {
  if (choice.refusals.empty())
    return "Scenario " + scenario.name + " has no rules, so it answers no run.";
  const auto& nearest = *std::ranges::min_element(
      choice.refusals, {}, [](const auto& refusal) { return refusal.second.size(); });
  std::string text = "No rule of " + scenario.name + " answers this run. The nearest is " +
                     rule_label(scenario, nearest.first) + ": ";
  std::string_view separator;
  for (const Mismatch& mismatch : nearest.second) {
    text.append(separator).append(mismatch.criterion);
    text += " wants " + mismatch.wanted + " and found " + mismatch.found;
    separator = "; ";
  }
  return text + '.';
}

}  // namespace assistants_mock::scenarios
