#pragma once
// What the API server is measured against: the least that any server on this machine could do, and
// the front with an API that costs nothing.
#include <memory>
#include <string>
#include <thread>

#include "mock_server/http/file_descriptor.h"
#include "mock_server/http/http_front.h"

namespace assistants_mock::bench {

// One thread, one epoll, a constant answer to every request (its head is searched for an end and a
// Content-Length, nothing else).
class BareServer {
 public:
  explicit BareServer(const std::string& answer_body);
  BareServer(const BareServer&) = delete;
  BareServer& operator=(const BareServer&) = delete;
  ~BareServer();

  int port() const { return port_; }

 private:
  void serve();

  std::string answer_;
  int port_ = 0;  // set by the listener, so it stands before it
  mock_server::http::FileDescriptor listener_;
  mock_server::http::FileDescriptor wake_;  // an event that ends serve()
  std::thread thread_;
};

// The front with a handler that answers a constant: what HTTP costs without the API.
std::unique_ptr<mock_server::http::HttpFront> constant_front(mock_server::api::Response answer);

}  // namespace assistants_mock::bench
