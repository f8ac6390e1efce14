#pragma once
// A refusal as the answer that a client gets, and the headers that all answers share.
#include <string>

#include "mock_server/api/api_error.h"
#include "mock_server/api/request.h"

namespace assistants_mock::mock_server::api {

// Row hdr.api of docs/wire/errors.md.
Headers common_headers(const std::string& request_id);

// Without an id (what no world answered has none) there is no x-request-id.
Response error_answer(const ApiError& error, const std::string& request_id = {});

}  // namespace assistants_mock::mock_server::api
