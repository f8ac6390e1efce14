#pragma once
// The words that faults are written with and that belong to the server: its operations, the rows of
// its errors; the events of its streams are in stream_events.h. Here so that a scenario file is
// told of a wrong one with its place; tests hold them against the server's own tables.
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/stream_events.h"

namespace assistants_mock::scenarios {

struct Operation {
  std::string_view id;                  // OpenAPI: operationId
  std::string_view request;             // method and path: "GET /threads/{thread_id}"
  std::optional<StreamOf> stream = {};  // of those that can stream
};

std::span<const Operation> operations();

// By its id or by method and path; null when there is none.
const Operation* find_operation(std::string_view named);

// Whether a stream that it answers with may have the event, whatever the scenario.
bool may_send(const Operation& operation, const StreamEvent& event);

// Both kinds of names of all operations, for whoever suggests one.
std::span<const std::string_view> operation_names();

// Whether {parameter} is part of the operation's path.
bool has_parameter(const Operation& operation, std::string_view parameter);
// Of all paths.
std::span<const std::string_view> path_parameters();

// The rows of docs/wire/errors.md that a fault may answer with.
std::span<const std::string_view> error_rows();

}  // namespace assistants_mock::scenarios
