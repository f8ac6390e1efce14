#include "mock_server/tenants/fault_history.h"

#include <algorithm>
#include <limits>

namespace assistants_mock::mock_server::tenants {
namespace {

void sum_up(std::vector<FaultReport>& all, const FaultReport& more, std::size_t most) {
  const auto same = std::ranges::find(all, more.fault, &FaultReport::fault);
  if (same != all.end()) {
    same->asked += more.asked;
    same->fired += more.fired;
  } else if (all.size() < most) {
    all.push_back(more);
    all.back().tenant.clear();
  }
}

}  // namespace

void FaultHistory::add(const std::vector<FaultReport>& gone) {
  const std::lock_guard lock(mutex_);
  for (const FaultReport& report : gone) sum_up(gone_, report, most_);
}

std::vector<FaultReport> FaultHistory::with(const std::vector<FaultReport>& present) const {
  const std::lock_guard lock(mutex_);
  std::vector<FaultReport> all = gone_;
  for (const FaultReport& report : present)
    sum_up(all, report, std::numeric_limits<std::size_t>::max());
  return all;
}

}  // namespace assistants_mock::mock_server::tenants
