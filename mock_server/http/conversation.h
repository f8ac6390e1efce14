#pragma once
// One connection, from its first request to its end: reads and checks each head, finds or fetches
// the body, asks the handler for the answer and has it written.
#include "mock_server/http/connection_socket.h"
#include "mock_server/http/refusal.h"
#include "mock_server/http/service.h"

namespace assistants_mock::mock_server::http {

// Answers requests until either side ends the connection. Whatever handlers or streams throw ends
// in an answer with status 500 or, when an answer is under way, in a cut connection; never here.
void converse(ConnectionSocket& socket, const Service& service);

// Answers `refusal` without reading anything.
void turn_away(ConnectionSocket& socket, const Service& service, const Refusal& refusal);

}  // namespace assistants_mock::mock_server::http
