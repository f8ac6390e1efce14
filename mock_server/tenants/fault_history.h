#pragma once
// What became of faults that are not there any more: taken away, replaced by those of another
// scenario, or of a world that ended. Equal faults are one.
#include <cstddef>
#include <mutex>
#include <vector>

#include "assistants_mock/fault_report.h"

namespace assistants_mock::mock_server::tenants {

class FaultHistory {
 public:
  // Beyond `most` different ones, those that come later are forgotten.
  explicit FaultHistory(std::size_t most) : most_(most) {}

  void add(const std::vector<FaultReport>& gone);

  // `present` and those that are gone, each once, with its counts summed up.
  std::vector<FaultReport> with(const std::vector<FaultReport>& present) const;

 private:
  const std::size_t most_;
  mutable std::mutex mutex_;
  std::vector<FaultReport> gone_;
};

}  // namespace assistants_mock::mock_server::tenants
