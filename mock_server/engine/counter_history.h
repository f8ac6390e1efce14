#pragma once
// What the counters of stores and batches said a while ago: a scenario may let them lag behind
// (`indexing: counters_lag`, docs/scenarios.md).
#include <map>
#include <string>
#include <string_view>

#include "mock_server/store/vector_store.h"

namespace assistants_mock::mock_server::engine {

class CounterHistory {
 public:
  using Instant = state_machine::Instant;
  using Duration = state_machine::Duration;

  // `before` is what the counters of a store or batch said until they change at `now`. What no
  // answer that lags by `lag` can show any more is forgotten.
  void changed(const std::string& id, const store::FileCounts& before, Instant now, Duration lag);
  void forget(std::string_view id);

  // `counted`, a store or a batch, as it stood at `then`, the past: it does not say that it is
  // completed while it still counts files as under way.
  template <class Counted>
  Counted as_of(Instant then, Counted counted) const;

 private:
  using Changes = std::map<Instant, store::FileCounts>;
  std::map<std::string, Changes, std::less<>> changes_;
};

template <class Counted>
Counted CounterHistory::as_of(Instant then, Counted counted) const {
  using Status = decltype(counted.status);
  const auto changes = changes_.find(counted.id);
  if (changes == changes_.end()) return counted;
  // What was true then is what stood before the first change since.
  const auto next = changes->second.upper_bound(then);
  if (next == changes->second.end()) return counted;
  counted.files = next->second;
  if (counted.status == Status::completed &&
      counted.files[state_machine::StoreFileStatus::in_progress] > 0)
    counted.status = Status::in_progress;
  return counted;
}

}  // namespace assistants_mock::mock_server::engine
