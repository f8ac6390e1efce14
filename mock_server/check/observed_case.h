#pragma once
// All that was seen of one conversation.
#include <chrono>
#include <vector>

#include "assistants_mock/check_client.h"
#include "assistants_mock/recorded_request.h"
#include "assistants_mock/run_report.h"

namespace assistants_mock::mock_server::check {

using MachineTime = std::chrono::microseconds;  // since the conversation began

struct ObservedCase {
  ScenarioBook scenario = {};
  std::vector<RecordedRequest> requests = {};  // in their order
  // When each was answered by the machine's clock, before its bytes left: what lies between two of
  // them is no less than what the client let pass.
  std::vector<MachineTime> answered = {};
  std::chrono::milliseconds poll_hint{};  // what answers to polls asked the client to pause for
  std::vector<RunReport> runs = {};       // with their events, in the order of creation
  ClientEnd end = {};
};

}  // namespace assistants_mock::mock_server::check
