#pragma once
// HTTP in and out: turns bytes on a socket into Request values and Response values into bytes. The
// only room that includes httplib or touches a socket.
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "mock_server/api/request.h"

namespace assistants_mock::mock_server::http {

// What the front itself refuses or ends. Sizes in bytes.
struct FrontLimits {
  std::size_t head_bytes = std::size_t{32} * 1024;         // request line and headers: 431
  std::size_t headers = 100;                               // 431
  std::size_t body_bytes = std::size_t{16} * 1024 * 1024;  // 413
  std::chrono::milliseconds head_time{5'000};   // from the first byte of a request to its last
  std::chrono::milliseconds idle_time{65'000};  // between two requests of a connection
  std::size_t connections = 10'000;
};

struct FrontOptions {
  std::string host = "127.0.0.1";
  int port = 0;  // 0 takes any free one
  FrontLimits limits = {};
};

class HttpFront {
 public:
  using Handler = std::function<api::Response(api::Request)>;

  // Already serving when it returns; `handler` is called from many threads at once. Throws
  // std::system_error when the address cannot be bound (a port in use included: a second server
  // never shares it).
  HttpFront(const FrontOptions& options, Handler handler);
  // Stops. `interrupt` in stop() is for waking readers that block in EventStream::read.
  ~HttpFront();
  HttpFront(const HttpFront&) = delete;
  HttpFront& operator=(const HttpFront&) = delete;

  int port() const;

  // Ends every connection, calls `interrupt`, again while threads remain, and joins every thread.
  // Takes well under a millisecond for some tens of open connections, and a few hundredths of one
  // for each further. Further calls do nothing. Not to be called from a handler.
  void stop(const std::function<void()>& interrupt = {});

 private:
  class Impl;  // keeps httplib.h and its cost out of the build of everybody else
  std::unique_ptr<Impl> impl_;
};

}  // namespace assistants_mock::mock_server::http
