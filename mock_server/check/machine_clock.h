#pragma once
// The machine's time, for what a client lets pass between two requests and how long it takes in
// all. What the mock does never follows from it.
#include <chrono>

#include "mock_server/check/observed_case.h"

namespace assistants_mock::mock_server::check {

class MachineClock {
 public:
  MachineTime passed() const {
    return std::chrono::duration_cast<MachineTime>(std::chrono::steady_clock::now() - begun_);
  }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace assistants_mock::mock_server::check
