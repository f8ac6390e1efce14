#pragma once
// What the front refuses by itself, before the API is reached, as an answer in the API's envelope.
#include <string_view>

#include "mock_server/api/request.h"

namespace assistants_mock::mock_server::http {

// ours: the service stood behind other servers, whose refusals were not JSON.
struct Refusal {
  int status;
  std::string_view message;  // a literal: no quotes, no backslashes
};

// {"error": {…}} indented by two spaces, as the API's own errors.
api::Response answer_to(const Refusal& refusal);

}  // namespace assistants_mock::mock_server::http
