#pragma once
// One connection, from its first request to its end: reads and checks each head, lets httplib read
// the body and write the answer, and asks the handler for the answer in between.
#include <atomic>

#include "mock_server/http/connection_socket.h"
#include "mock_server/http/http_front.h"
#include "mock_server/http/refusal.h"

namespace assistants_mock::mock_server::http {

// What all conversations of a front share. Outlives them.
struct Service {
  const HttpFront::Handler& handler;
  const FrontLimits& limits;
  const std::atomic<bool>& stopping;
};

// Answers requests until either side ends the connection. Whatever handlers or streams throw ends
// in an answer with status 500 or, when an answer is under way, in a cut connection; never here.
void converse(ConnectionSocket& socket, const Service& service);

// Answers `refusal` without reading anything.
void turn_away(ConnectionSocket& socket, const Service& service, const Refusal& refusal);

}  // namespace assistants_mock::mock_server::http
