// Patterns are compiled once, when a matcher is made; a rule without criteria costs a counter.
#include "scenarios/rule_matching.h"

#include <algorithm>
#include <span>
#include <tuple>

#include "scenarios/near_fit.h"
#include "scenarios/nearest_word.h"
#include "scenarios/pattern.h"
#include "scenarios/shown_text.h"
#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {
namespace {

using re2::RE2;

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

  Mismatch mismatch(std::string found, std::string hint = "") const {
    if (!regex_.ok())
      return {criterion_, wanted_,
              "a pattern that does not compile: " + escaped(beginning_of(regex_.error(), 200))};
    return {criterion_, wanted_, std::move(found), std::move(hint)};
  }

  const NearFit& near() const { return near_; }
  bool has_a_word() const { return has_a_word_; }

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
  NearFit near_{regex_};
  std::string wanted_ = shown_pattern(regex_.pattern());
  bool has_a_word_ = near_.has_a_word();
};

using MaybePattern = std::optional<Pattern>;

// The value that the pattern would fit if it were asked of that one.
std::string fits_elsewhere(const Pattern& pattern, const RunQuestion& question) {
  constexpr std::size_t shown_bytes = 60;
  constexpr std::size_t longest_value = 4096;
  if (!pattern.has_a_word()) return "";
  const auto fits = [&](std::string_view value) {
    return !value.empty() && value.size() <= longest_value && pattern.found_in(value);
  };
  const auto hint = [](const std::string& name, std::string_view value) {
    return "as " + name + " it would fit: " + in_quotes(value, shown_bytes);
  };
  if (fits(question.message)) return hint("message", question.message);
  if (fits(question.assistant_name)) return hint("assistant", question.assistant_name);
  if (fits(question.assistant_id)) return hint("assistant", question.assistant_id);
  if (fits(question.model)) return hint("model", question.model);
  if (fits(question.instructions)) return hint("instructions", question.instructions);
  for (const auto& [key, value] : question.metadata)
    if (fits(value)) return hint("metadata." + escaped(key), value);
  return "";
}

std::string hint_for(const Pattern& pattern, std::string_view value, const RunQuestion& question) {
  std::string hint = pattern.near().with(value);
  return hint.empty() ? fits_elsewhere(pattern, question) : hint;
}

Mismatch mismatch(const Pattern& pattern, std::string_view value, const RunQuestion& question) {
  return pattern.mismatch(value.empty() ? "no text" : in_quotes(value),
                          hint_for(pattern, value, question));
}

Mismatch assistant_mismatch(const Pattern& pattern, const RunQuestion& question) {
  const std::string id = in_quotes(question.assistant_id);
  std::string hint = pattern.near().with(question.assistant_name);
  if (hint.empty()) hint = hint_for(pattern, question.assistant_id, question);
  if (question.assistant_name.empty()) return pattern.mismatch(id + ", which has no name", hint);
  return pattern.mismatch(in_quotes(question.assistant_name) + " (" + id + ")", hint);
}

std::string hint_about_keys(const Pattern& pattern, const std::string& key,
                            const RunQuestion& question) {
  constexpr std::size_t most_keys = 5;
  if (question.metadata.empty()) return "neither the run nor its thread has metadata";
  std::vector<std::string_view> keys;
  for (const auto& [there, value] : question.metadata) keys.push_back(there);
  const std::string_view nearest = nearest_word(key, keys);
  if (!nearest.empty()) return "did you mean " + in_quotes(nearest) + "?";
  if (std::string elsewhere = fits_elsewhere(pattern, question); !elsewhere.empty())
    return elsewhere;
  std::string list;
  for (const std::string_view there : std::span(keys).first(std::min(keys.size(), most_keys)))
    list += (list.empty() ? "" : ", ") + in_quotes(there);
  if (keys.size() > most_keys) list += ", …";
  return (keys.size() == 1 ? "there is " : "there are ") + list;
}

Mismatch times_mismatch(const Times& times, int time) {
  int next = 0;
  for (const int listed : times.listed)
    if (listed > time && (next == 0 || listed < next)) next = listed;
  if (times.from_then_on && (next == 0 || *times.from_then_on < next)) next = *times.from_then_on;
  return {"times", as_written(times), "the " + ordinal(time) + " time",
          next == 0 ? "its times are used up" : "not yet: it fits the " + ordinal(next) + " time"};
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
      metadata.emplace_back("metadata." + escaped(key), pattern);
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
  const auto ask_about = [&](const MaybePattern& pattern, std::string_view value) {
    if (pattern && !pattern->found_in(value)) wrong.push_back(mismatch(*pattern, value, question));
  };
  if (asked.message && !asked.message->capture(question.message, match.captures))
    wrong.push_back(mismatch(*asked.message, question.message, question));
  if (asked.assistant && !asked.assistant->found_in(question.assistant_name) &&
      !asked.assistant->found_in(question.assistant_id))
    wrong.push_back(assistant_mismatch(*asked.assistant, question));
  ask_about(asked.model, question.model);
  ask_about(asked.instructions, question.instructions);
  const auto& metadata = scenario_->rules[rule].when.metadata;
  for (std::size_t pair = 0; pair < metadata.size(); ++pair) {
    const Pattern& pattern = asked.metadata[pair];
    const auto value = question.metadata.find(metadata[pair].first);
    if (value == question.metadata.end())
      wrong.push_back(pattern.mismatch("no such key",
                                       hint_about_keys(pattern, metadata[pair].first, question)));
    else if (!pattern.found_in(value->second))
      wrong.push_back(mismatch(pattern, value->second, question));
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
      wrong.push_back(times_mismatch(*times, match.time));
    }
    choice.refusals.emplace_back(rule, std::move(wrong));
  }
  return choice;
}

std::string rule_label(const Scenario& scenario, std::size_t rule) {
  std::string label = "rule " + std::to_string(rule + 1);
  const std::string& name = scenario.rules[rule].name;
  if (!name.empty()) label += " (\"" + escaped(name) + "\")";
  return label + " of " + scenario.name;
}

std::vector<std::pair<std::string, std::string>> criteria_of(const Criteria& when) {
  std::vector<std::pair<std::string, std::string>> criteria;
  const auto add = [&](const char* name, const std::optional<std::string>& pattern) {
    if (pattern) criteria.emplace_back(name, shown_pattern(*pattern));
  };
  add("message", when.message);
  add("assistant", when.assistant);
  add("model", when.model);
  add("instructions", when.instructions);
  for (const auto& [key, pattern] : when.metadata)
    criteria.emplace_back("metadata." + escaped(key), shown_pattern(pattern));
  if (when.times) criteria.emplace_back("times", as_written(*when.times));
  return criteria;
}

namespace {

using Refusal = std::pair<std::size_t, std::vector<Mismatch>>;

// Less is nearer. `times` is asked only of a rule whose other criteria fit.
std::tuple<std::size_t, std::ptrdiff_t, bool, std::size_t> remoteness(const Scenario& scenario,
                                                                      const Refusal& refusal) {
  const auto& [rule, wrong] = refusal;
  const Criteria& when = scenario.rules[rule].when;
  std::ptrdiff_t fitting = std::ssize(when.metadata);
  for (const auto* pattern : {&when.message, &when.assistant, &when.model, &when.instructions})
    if (*pattern) ++fitting;
  bool close = false;
  for (const Mismatch& mismatch : wrong) {
    if (mismatch.criterion != "times") --fitting;
    if (!mismatch.hint.empty()) close = true;
  }
  return {wrong.size(), -fitting, !close, rule};
}

// The `count` refusals that are nearest, the nearest first.
std::vector<const Refusal*> nearest(const Scenario& scenario, const RuleChoice& choice,
                                    std::size_t count) {
  std::vector<std::pair<decltype(remoteness(scenario, choice.refusals[0])), const Refusal*>> all;
  for (const Refusal& refusal : choice.refusals)
    all.emplace_back(remoteness(scenario, refusal), &refusal);
  count = std::min(count, all.size());
  std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(count), {},
                            [](const auto& entry) { return entry.first; });
  std::vector<const Refusal*> nearest;
  for (const auto& [remote, refusal] : std::span(all).first(count)) nearest.push_back(refusal);
  return nearest;
}

std::string in_brackets(const std::string& hint) {
  return hint.empty() ? "" : " (" + hint + ")";
}

// One line for one rule, cut at its bound.
std::string why_not(const Scenario& scenario, const Refusal& refusal) {
  constexpr std::size_t longest_line = 400;
  std::string line = "rule " + std::to_string(refusal.first + 1);
  const std::string& name = scenario.rules[refusal.first].name;
  if (!name.empty()) line += " (\"" + escaped(name) + "\")";
  std::string_view separator = ": ";
  for (const Mismatch& wrong : refusal.second) {
    line.append(separator).append(wrong.criterion) += ": wanted " + wrong.wanted + ", found ";
    line += wrong.found + in_brackets(wrong.hint);
    separator = "; ";
  }
  if (line.size() <= longest_line) return line;
  const std::string_view cut = "…";
  return std::string(beginning_of(line, longest_line - cut.size())).append(cut);
}

}  // namespace

std::string explain_no_match(const Scenario& scenario, const RuleChoice& choice) {
  constexpr std::size_t most_mismatches = 8;
  if (choice.refusals.empty())
    return "Scenario " + scenario.name + " has no rules, so it answers no run.";
  const auto& [rule, mismatches] = *nearest(scenario, choice, 1).front();
  std::string text = "No rule of " + scenario.name + " answers this run. The nearest is " +
                     rule_label(scenario, rule) + ": ";
  std::string_view separator;
  for (const Mismatch& wrong :
       std::span(mismatches).first(std::min(mismatches.size(), most_mismatches))) {
    text.append(separator).append(wrong.criterion);
    text += " wants " + wrong.wanted + " and found " + wrong.found + in_brackets(wrong.hint);
    separator = "; ";
  }
  if (mismatches.size() > most_mismatches)
    text += "; and " + std::to_string(mismatches.size() - most_mismatches) + " more";
  return text + '.';
}

std::vector<std::string> why_not(const Scenario& scenario, const RuleChoice& choice) {
  constexpr std::size_t most_lines = 20;
  const std::size_t rules = choice.refusals.size();
  auto told = nearest(scenario, choice, rules <= most_lines ? rules : most_lines - 1);
  std::ranges::sort(told, {}, [](const Refusal* refusal) { return refusal->first; });
  std::vector<std::string> lines;
  for (const Refusal* refusal : told) lines.push_back(why_not(scenario, *refusal));
  if (told.size() < rules)
    lines.push_back(std::to_string(rules - told.size()) + " other rules, none of them nearer");
  return lines;
}

}  // namespace assistants_mock::scenarios
