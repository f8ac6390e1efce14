#pragma once
// HTTP in and out: turns bytes on a socket into Request values and Response values into bytes. The
// only room that includes httplib or touches a socket.
#include <functional>
#include <memory>
#include <string>

#include "assistants_mock/limits.h"
#include "mock_server/api/request.h"

namespace assistants_mock::mock_server::http {

// A request that never reached the handler, or that the handler threw at.
struct RefusedRequest {
  std::string method = {};  // empty, as the target, where its first line could not be read
  std::string target = {};
  int status = 0;
  std::string row = {};      // of docs/wire/errors.md
  std::string message = {};  // names the limit and the flag that raises it, where it is one
};

struct FrontOptions {
  std::string host = "127.0.0.1";
  int port = 0;  // 0 takes any free one
  Limits limits = {};
  // Asked for each head that is served: whoever takes its body as it arrives, in the place of one
  // that is held; null: nobody. Called from many threads at once.
  std::function<std::shared_ptr<api::IncomingBody>(
      const std::string& method, const std::string& target, const api::Headers& headers)>
      open_body = {};
  // Called once for each refusal, before its answer is sent, from many threads at once and under no
  // lock. What it throws is dropped. New connections wait for it where one too many is refused.
  std::function<void(const RefusedRequest&)> on_refused = {};
};

class HttpFront {
 public:
  using Handler = std::function<api::Response(api::Request)>;

  // Already serving when it returns; `handler` is called from many threads at once. Throws
  // std::system_error when the address cannot be bound (a port in use included: a second server
  // never shares it).
  HttpFront(FrontOptions options, Handler handler);
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
