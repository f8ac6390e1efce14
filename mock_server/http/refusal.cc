#include "mock_server/http/refusal.h"

#include <string>

namespace assistants_mock::mock_server::http {

api::Response answer_to(const Refusal& refusal) {
  const std::string_view type = refusal.status < 500 ? "invalid_request_error" : "server_error";
  std::string body = "{\n  \"error\": {\n    \"message\": \"";
  body.append(refusal.message).append("\",\n    \"type\": \"").append(type);
  body += "\",\n    \"param\": null,\n    \"code\": null\n  }\n}";
  return {.status = refusal.status,
          .headers = {{"Content-Type", "application/json"}},
          .body = std::move(body)};
}

}  // namespace assistants_mock::mock_server::http
