// Refusals of what is no request to the API yet: heads, framing, sizes, time. The service stood
// behind other servers, whose words are not imitated.
#include <utility>

#include "mock_server/api/api_error.h"
#include "mock_server/api/error_wording.h"

namespace assistants_mock::mock_server::api::api_error {
namespace {

ApiError refused(std::string_view row, int status, std::string message) {
  return {.row = row,
          .status = status,
          .message = std::move(message),
          .type = status < 500 ? "invalid_request_error" : "server_error"};
}

// `what` is said of the limit, as in "The request's body is larger than".
ApiError beyond(std::string_view row, int status, std::string_view what, const Limits& limits,
                std::size_t Limits::*limit) {
  const LimitInfo& info = limit_info(limit);
  ApiError error =
      refused(row, status,
              joined({what, " ", amount(info, limits.*limit),
                      ". Start the mock server with a higher ", info.flag, " to go on."}));
  error.code = "mock_limit";
  return error;
}

}  // namespace

ApiError head_malformed(std::string_view what) {
  return refused("http.head", 400, joined({"The request's head is malformed: ", what, "."}));
}

ApiError head_too_large(const Limits& limits) {
  return beyond("http.head_size", 431, "The request's line and headers are larger than", limits,
                &Limits::head_bytes);
}

ApiError too_many_headers(const Limits& limits) {
  return beyond("http.headers", 431, "The request has more headers than", limits, &Limits::headers);
}

ApiError version_unknown() {
  return refused("http.version", 505, "The HTTP versions supported are 1.0 and 1.1.");
}

ApiError framing_refused(std::string_view what) {
  return refused("http.framing", 400, joined({"Where the request ends is in doubt: ", what, "."}));
}

ApiError coding_unknown() {
  return refused("http.coding", 501, "The only transfer coding supported is chunked.");
}

ApiError encoding_refused() {
  return refused("http.encoding", 415, "Request bodies with a Content-Encoding are not supported.");
}

ApiError expectation_unknown() {
  return refused("http.expectation", 417, "The only expectation supported is 100-continue.");
}

ApiError body_too_large(const Limits& limits) {
  return beyond("http.body_size", 413, "The request's body is larger than", limits,
                &Limits::body_bytes);
}

ApiError body_broken() {
  return refused("http.body", 400, "The request's body is malformed or incomplete.");
}

ApiError too_slow(const Limits& limits) {
  return beyond("http.time", 408, "From its first byte on the request took longer than", limits,
                &Limits::head_ms);
}

ApiError too_many_connections(const Limits& limits) {
  return beyond("http.connections", 503, "There are more connections than", limits,
                &Limits::connections);
}

ApiError unanswered() {
  return refused("http.failed", 500, "The mock server failed to answer this request.");
}

}  // namespace assistants_mock::mock_server::api::api_error
