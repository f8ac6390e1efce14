#pragma once
// One request and its answer as plain values: what lies between HTTP and the API.
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_server/api/delivery.h"

namespace assistants_mock::mock_server::api {

using Headers = std::vector<std::pair<std::string, std::string>>;

// The value of the first header called `name` (compared without case), or an empty text.
std::string_view header(const Headers& headers, std::string_view name);
bool has_header(const Headers& headers, std::string_view name);

// A body that is taken as it arrives instead of being held.
class IncomingBody {
 public:
  virtual ~IncomingBody() = default;
  // The next bytes of the content, be it none. False when no more are wanted: the rest is left
  // unread, and the connection ends after the answer.
  virtual bool take(std::string_view bytes) = 0;
  // What was taken in a line of JSON, for whoever keeps a record; and how many bytes it was.
  virtual std::string summary() const = 0;
  virtual std::uint64_t size() const = 0;
};

struct Request {
  std::string method;     // as sent, e.g. "POST"
  std::string target;     // path and query as sent, still percent-encoded
  Headers headers;        // in the order sent
  std::string body = {};  // content as it was after transfer decoding
  std::shared_ptr<IncomingBody> incoming = nullptr;  // in place of `body`
};

// The bytes of an answer that is still being made, or that nobody wants to hold. Its methods may be
// called from the thread that serves the connection; read() blocks, so whoever stops the server
// interrupts it first.
class EventStream {
 public:
  enum class State {
    open,   // more may come
    ended,  // all was read; the body is complete
    cut,    // ends without completing the body
    reset,  // so does it, and the connection is reset
  };
  virtual ~EventStream() = default;
  // Appends what is ready to `bytes`, waiting up to `patience` for something to be. Returning
  // `open` with nothing appended is a chance to look whether the client is still there.
  virtual State read(std::string& bytes, std::chrono::milliseconds patience) = 0;
};

struct Response {
  int status = 200;
  Headers headers = {};   // Content-Type among them; the front adds Content-Length or chunking
  std::string body = {};  // unused when `stream` is set
  std::shared_ptr<EventStream> stream = nullptr;
  // How many bytes `stream` will give, where that is known.
  std::optional<std::uint64_t> length = std::nullopt;
  Delivery delivery = {};
};

}  // namespace assistants_mock::mock_server::api
