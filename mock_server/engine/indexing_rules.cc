#include "mock_server/engine/indexing_rules.h"

#include <utility>

#include "scenarios/pattern.h"

namespace assistants_mock::mock_server::engine {

struct IndexingRules::CompiledRule {
  std::shared_ptr<const re2::RE2> filename;  // null: every file
  Fate fate;
};

IndexingRules::IndexingRules() : IndexingRules(scenarios::Indexing{}) {}

IndexingRules::IndexingRules(const scenarios::Indexing& indexing) : indexing_(indexing) {
  auto rules = std::make_shared<std::vector<CompiledRule>>();
  for (const scenarios::IndexingRule& rule : indexing_.files) {
    CompiledRule compiled;
    if (rule.filename)
      compiled.filename =
          std::make_shared<const re2::RE2>(*rule.filename, scenarios::pattern_options());
    compiled.fate.takes = rule.takes;
    if (rule.fail)
      compiled.fate.fail = state_machine::RunError{rule.fail->code, rule.fail->message};
    rules->push_back(std::move(compiled));
  }
  rules_ = std::move(rules);
}

IndexingRules::Fate IndexingRules::fate_of(std::string_view filename) const {
  for (const CompiledRule& rule : *rules_)
    if (rule.filename == nullptr || re2::RE2::PartialMatch(filename, *rule.filename))
      return rule.fate;
  return {scenarios::IndexingRule{}.takes, std::nullopt, false};
}

}  // namespace assistants_mock::mock_server::engine
