#include "mock_server/api/error_answer.h"

namespace assistants_mock::mock_server::api {

Headers common_headers(const std::string& request_id) {
  Headers headers;
  headers.reserve(7);
  headers.emplace_back("openai-organization", "org-mock");
  headers.emplace_back("openai-processing-ms", "1");
  headers.emplace_back("openai-project", "proj_mock");
  headers.emplace_back("openai-version", "2020-10-01");
  if (!request_id.empty()) headers.emplace_back("x-request-id", request_id);
  return headers;
}

Response error_answer(const ApiError& error, const std::string& request_id) {
  Headers headers;
  if (error.from_edge) {
    headers = {{"Content-Type", "application/json; charset=utf-8"}, {"Vary", "Origin"}};
    if (!request_id.empty()) headers.emplace(headers.begin(), "x-request-id", request_id);
  } else {
    headers = common_headers(request_id);
    headers.emplace_back("Content-Type", "application/json");
    // The SDKs ask again after a 5xx, unless they are told that it is of no use.
    if (error.status == 507) headers.emplace_back("x-should-retry", "false");
  }
  headers.insert(headers.end(), error.headers.begin(), error.headers.end());
  return {.status = error.status, .headers = std::move(headers), .body = to_body(error)};
}

}  // namespace assistants_mock::mock_server::api
