#pragma once
// Reads a body from the connection into whoever takes it as it arrives. Not by way of httplib: what
// it would add to a content that is passed on as it is are its own blocks of 4 KiB.
#include <optional>

#include "assistants_mock/limits.h"
#include "mock_server/api/request.h"
#include "mock_server/http/connection_socket.h"
#include "mock_server/http/refusal.h"
#include "mock_server/http/request_head.h"

namespace assistants_mock::mock_server::http {

struct Intake {
  bool whole = false;  // otherwise the end of the body is not looked for
  std::optional<Refusal> refusal = std::nullopt;
};

// Reads what `head` announces, and says "100 Continue" to who waits for it. A body may take longer
// than the limit, as long as each further MiB of it does not.
Intake take_in(ConnectionSocket& socket, const RequestHead& head, const Limits& limits,
               api::IncomingBody& body);

}  // namespace assistants_mock::mock_server::http
