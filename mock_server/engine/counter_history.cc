#include "mock_server/engine/counter_history.h"

namespace assistants_mock::mock_server::engine {

void CounterHistory::changed(const std::string& id, const store::FileCounts& before, Instant now,
                             Duration lag) {
  if (lag <= Duration::zero()) return forget(id);
  Changes& changes = changes_[id];
  changes.erase(changes.begin(), changes.upper_bound(now - lag));
  changes.emplace(now, before);  // of several at one moment the first counts
}

void CounterHistory::forget(std::string_view id) {
  if (const auto changes = changes_.find(id); changes != changes_.end()) changes_.erase(changes);
}

}  // namespace assistants_mock::mock_server::engine
