#pragma once
// What a fault does to an answer on its way to the socket (api::Delivery).
#include "mock_server/api/request.h"
#include "mock_server/http/connection_socket.h"
#include "mock_server/http/service.h"

namespace assistants_mock::mock_server::http {

// Waits as long as the answer is late, and holds a connection that is to hang without an answer
// until its client leaves or the server stops. False when nothing of the answer is to be sent: the
// connection ends.
bool await_delivery(const api::Delivery& delivery, ConnectionSocket& socket,
                    const Service& service);

// An answer of which nothing is sent, not even its head.
api::Response never_sent();

// What becomes of the connection when all that was to be sent is sent: false when it ends, for one
// that is to hang after its client left or the server stopped.
bool survives(const api::Delivery& delivery, ConnectionSocket& socket, const Service& service);

// The same answer with a body that comes as its delivery says: in pieces that come slowly, with an
// early end.
void spoil_body(api::Response& answer);

}  // namespace assistants_mock::mock_server::http
