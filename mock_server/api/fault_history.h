#pragma once
// What became of all faults of a server since it began, whatever took them away since: equal ones
// of many keys are one. For several threads at once.
#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "assistants_mock/fault_report.h"

namespace assistants_mock::mock_server::api {

class FaultHistory {
 public:
  // So many different ones are known; of those that come later nothing is told.
  static constexpr std::size_t most = 2'000;

  struct Counts {
    std::atomic<int> asked = 0;
    std::atomic<int> fired = 0;
  };

  // For whoever has this fault, to count in.
  std::shared_ptr<Counts> of(const Fault& fault, bool of_scenario);

  // In the order in which they came.
  std::vector<FaultReport> reports() const;

 private:
  struct Known {
    std::size_t place = 0;
    bool of_scenario = false;
    std::shared_ptr<Counts> counts;
  };
  mutable std::mutex mutex_;
  std::map<Fault, Known> known_;
};

}  // namespace assistants_mock::mock_server::api
