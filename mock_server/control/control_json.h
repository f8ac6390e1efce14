#pragma once
// What the mock's own routes tell of a server, as JSON. Times are Unix seconds with their fraction.
#include "assistants_mock/fault_report.h"
#include "assistants_mock/recorded_request.h"
#include "assistants_mock/run_report.h"
#include "assistants_mock/server_state.h"
#include "mock_server/api/json_writer.h"

namespace assistants_mock::mock_server::control {

void write(api::JsonWriter& out, const ClockReading& clock);
void write(api::JsonWriter& out, const RecordedRequest& request);
void write(api::JsonWriter& out, const RunReport& run);
void write(api::JsonWriter& out, const FaultReport& report);

}  // namespace assistants_mock::mock_server::control
