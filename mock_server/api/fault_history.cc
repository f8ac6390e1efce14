#include "mock_server/api/fault_history.h"

namespace assistants_mock::mock_server::api {

std::shared_ptr<FaultHistory::Counts> FaultHistory::of(const Fault& fault, bool of_scenario) {
  const std::lock_guard lock(mutex_);
  const auto known = known_.find(fault);
  if (known != known_.end()) return known->second.counts;
  auto counts = std::make_shared<Counts>();
  if (known_.size() < most) known_.emplace(fault, Known{known_.size(), of_scenario, counts});
  return counts;
}

std::vector<FaultReport> FaultHistory::reports() const {
  const std::lock_guard lock(mutex_);
  std::vector<FaultReport> reports(known_.size());
  for (const auto& [fault, known] : known_)
    reports[known.place] = {.fault = fault,
                            .asked = known.counts->asked,
                            .fired = known.counts->fired,
                            .of_scenario = known.of_scenario};
  return reports;
}

}  // namespace assistants_mock::mock_server::api
