#include "mock_server/http/refusal.h"

namespace assistants_mock::mock_server::http {

api::Response answer_to(const Refusal& refusal) {
  if (refusal.unread) return {.status = refusal.error.status};
  return {.status = refusal.error.status,
          .headers = {{"Content-Type", "application/json"}},
          .body = api::to_body(refusal.error)};
}

}  // namespace assistants_mock::mock_server::http
