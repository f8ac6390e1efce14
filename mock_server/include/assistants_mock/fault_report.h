#pragma once
// A fault with what became of it.
#include "assistants_mock/fault.h"

namespace assistants_mock::mock_server {

using scenarios::Fault;
using scenarios::StreamFault;

struct FaultReport {
  Fault fault;
  int asked = 0;  // requests that it looked at
  int fired = 0;
  bool of_scenario = false;  // it was not laid while the server ran
};

}  // namespace assistants_mock::mock_server
