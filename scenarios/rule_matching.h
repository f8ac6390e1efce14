#pragma once
// Which rule answers a run, and why the others do not.
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

// What a rule can ask about, taken from the conversation when the run is created.
struct RunQuestion {
  std::string message =
      {};  // text parts of the last user message, joined by line feeds; may be empty
  std::string assistant_id = {};
  std::string assistant_name = {};  // empty when it has none
  std::string model = {};
  std::string instructions = {};
  std::map<std::string, std::string> metadata =
      {};  // the run's pairs, then the thread's that it lacks
};

// How often each rule's criteria, `times` left aside, have fitted so far. One per tenant; starts
// empty, as wide as the scenario has rules after the first use.
struct RuleCounts {
  std::vector<int> fitted = {};
};

// What one criterion wanted beside what it found; `criterion` is its key in the YAML file
// (`metadata.KEY` for a pair). All are one line, short enough to print.
struct Mismatch {
  std::string criterion = {};
  std::string wanted = {};
  std::string found = {};
  std::string hint = {};  // what people overlook, when the value is close; else empty
};

struct RuleMatch {
  std::size_t rule = 0;  // place in Scenario::rules
  int time = 1;          // which time the rule fits, from 1
  // Groups of the message pattern: by name, and by number ("0" is all of it). Only groups that
  // took part are here.
  std::map<std::string, std::string> captures = {};
};

struct RuleChoice {
  std::optional<RuleMatch> match = {};
  // For every rule that was asked before the match, or for all of them: what kept it from fitting.
  std::vector<std::pair<std::size_t, std::vector<Mismatch>>> refusals = {};
};

// The rules of a scenario with their patterns compiled. Cheap to copy; never changes; may be used
// from any thread. A pattern that does not compile fits nothing, and the mismatch says why.
class RuleMatcher {
 public:
  explicit RuleMatcher(std::shared_ptr<const Scenario> scenario);

  // The first rule that fits, in the order of the file. Counts are raised for each rule whose
  // criteria fitted up to and including the chosen one, so that `times` goes on.
  RuleChoice choose(const RunQuestion& question, RuleCounts& counts) const;

  const Scenario& scenario() const { return *scenario_; }
  const std::shared_ptr<const Scenario>& shared() const { return scenario_; }

 private:
  struct CompiledRule;
  std::vector<Mismatch> ask(std::size_t rule, const RunQuestion& question, RuleMatch& match) const;

  std::shared_ptr<const Scenario> scenario_;
  std::shared_ptr<const std::deque<CompiledRule>> rules_;
};

// "rule 2 ("greeting") of weather_tool": how messages name a rule.
std::string rule_label(const Scenario& scenario, std::size_t rule);

// Everything that a rule asks, in the order in which mismatches are told: the key in the YAML file
// and what is wanted, as in Mismatch.
std::vector<std::pair<std::string, std::string>> criteria_of(const Criteria& when);

// For a run that no rule fits: one or two sentences that name the nearest rule and the criteria
// that failed beside the values found. Nearest is the rule with the fewest mismatches; among equals
// the one with the most criteria that fit, then one that is close, then the first.
std::string explain_no_match(const Scenario& scenario, const RuleChoice& choice);

// A line for each rule that was asked and did not fit, in the order of the file, as
//   rule 1 ("greeting"): message: wanted /Hello/, found "Bye"
// At most 20 lines of at most 400 bytes: of more rules the nearest 19, and a line that counts the
// others.
std::vector<std::string> why_not(const Scenario& scenario, const RuleChoice& choice);

}  // namespace assistants_mock::scenarios
