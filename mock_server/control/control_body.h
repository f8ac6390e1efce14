#pragma once
// What the mock's own routes accept: their bodies and queries as tables, in the language of the
// API's own (body_schema.h), and those read into values.
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

#include "assistants_mock/fault_report.h"
#include "assistants_mock/recorded_request.h"
#include "assistants_mock/run_report.h"
#include "assistants_mock/scenario_book.h"
#include "mock_server/api/body_schema.h"
#include "mock_server/control/control.h"

namespace assistants_mock::mock_server::control {

using api::Body;

// All of these throw api::ApiError: rows v.* for a field, body.notjson, ours.control for a value.

RequestQuery read_journal_query(const ControlCall& call);
RunQuery read_run_query(const ControlCall& call);

// Nothing: to what happens next.
std::optional<state_machine::Duration> read_advance(const ControlCall& call);

// One of `requests` and `runs` is asked for.
struct WaitRequest {
  std::optional<RequestQuery> requests;
  std::optional<RunQuery> runs;
  std::size_t count = 1;
  std::chrono::milliseconds limit{};
};
WaitRequest read_wait(const ControlCall& call);

Fault read_fault(const ControlCall& call);

// By a name of the library, by the text of a file, or as the request's whole body when its
// Content-Type says YAML.
scenarios::ScenarioBook read_book(const ControlCall& call);

}  // namespace assistants_mock::mock_server::control
