#pragma once
// What the front refuses by itself, before the API is reached.
#include "mock_server/api/api_error.h"
#include "mock_server/api/request.h"

namespace assistants_mock::mock_server::http {

struct Refusal {
  api::ApiError error;  // a row http.* of docs/wire/errors.md
  // Its request line and headers were not read to their end, so that nobody knows who asks what:
  // the answer is a bare status.
  bool unread = false;
};

// The API's envelope, or no body. Without the headers that only the API gives (hdr.api).
api::Response answer_to(const Refusal& refusal);

}  // namespace assistants_mock::mock_server::http
