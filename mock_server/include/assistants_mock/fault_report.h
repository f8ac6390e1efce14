#pragma once
// A fault with what became of it.
#include <string>

#include "assistants_mock/fault.h"

namespace assistants_mock::mock_server {

using scenarios::Fault;
using scenarios::StreamFault;

struct FaultReport {
  Fault fault;
  int asked = 0;             // requests that it looked at
  int fired = 0;             // those of a stream when it happens inside it, not when it opens
  bool of_scenario = false;  // it was not laid while the server ran
  std::string tenant = {};   // whose it is; empty for one that waits for keys to come
};

}  // namespace assistants_mock::mock_server
