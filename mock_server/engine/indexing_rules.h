#pragma once
// Which file takes how long to index and how it ends: a scenario's `indexing` with its patterns
// compiled.
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "scenarios/scenario.h"
#include "state_machine/run.h"

namespace assistants_mock::mock_server::engine {

class IndexingRules {
 public:
  IndexingRules();
  explicit IndexingRules(const scenarios::Indexing& indexing);

  struct Fate {
    std::optional<scenarios::Duration> takes;     // nothing: forever
    std::optional<state_machine::RunError> fail;  // nothing: by its content
    bool scripted = true;                         // a rule fits the file
  };
  // Of the first rule that fits a file of this name.
  Fate fate_of(std::string_view filename) const;

  const scenarios::Indexing& settings() const { return indexing_; }

 private:
  struct CompiledRule;
  scenarios::Indexing indexing_;
  std::shared_ptr<const std::vector<CompiledRule>> rules_;
};

}  // namespace assistants_mock::mock_server::engine
