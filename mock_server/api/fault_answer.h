#pragma once
// What a fault makes of one answer: another one in its place, or the real one with damage.
#include <string>

#include "assistants_mock/fault_report.h"
#include "mock_server/api/api_error.h"
#include "mock_server/api/request.h"
#include "mock_server/api/routes.h"

namespace assistants_mock::mock_server::api {

// The refusal of `row`. What it says of the request is true where the request's path has it:
// method, path, ids; `request_id` too. The rest is as in the example of docs/wire/errors.md.
ApiError error_of_row(std::string_view row, const Request& request, const RouteMatch& match,
                      const std::string& request_id);

// The answer of a fault that replaces it and names no row.
Response scripted_answer(const Fault& fault, const std::string& request_id);

// Does to an answer what else the fault says: headers, keep_bytes, delay, connection.
void damage(Response& response, const Fault& fault);

}  // namespace assistants_mock::mock_server::api
