#pragma once
// One request and its answer by way of httplib: the reader of bodies that come in pieces or in
// chunks, and the writer of streams. What is all there at once goes past it (plain_answer.h).
#include <functional>
#include <memory>
#include <string>
#include <variant>

#include "mock_server/api/request.h"
#include "mock_server/http/connection_socket.h"
#include "mock_server/http/request_head.h"
#include "mock_server/http/service.h"

namespace assistants_mock::mock_server::http {

struct Answer {
  api::Response response;
  bool closes = false;  // the connection ends after it
};

// What became of a request's body.
using Body = std::variant<std::string, Refusal>;

class HttplibExchange {
 public:
  // Called once, when the body was read or cannot be.
  using Answerer = std::function<Answer(Body)>;

  // Both outlive it. Nothing of httplib is made before the first request that needs it.
  HttplibExchange(ConnectionSocket& socket, const Service& service);
  ~HttplibExchange();
  HttplibExchange(const HttplibExchange&) = delete;
  HttplibExchange& operator=(const HttplibExchange&) = delete;

  // Reads the body that `head` announces and writes what `answerer` makes of it, up to what
  // flush() has to send. False when the answer was not written to its end. What a stream throws,
  // or httplib, comes through.
  bool serve(const RequestHead& head, const Answerer& answerer);

 private:
  class Server;
  ConnectionSocket& socket_;
  const Service& service_;
  std::unique_ptr<Server> server_;
};

}  // namespace assistants_mock::mock_server::http
