#pragma once
// A client that sends exactly the bytes it is told to, for tests of what HTTP libraries would never
// send. Every wait ends with a std::runtime_error after some seconds, so that a server that hangs
// fails its test instead of holding it up.
#include <chrono>
#include <string>
#include <string_view>

#include "mock_server/api/request.h"
#include "mock_server/http/file_descriptor.h"

namespace assistants_mock::tests {

struct RawAnswer {
  int status = 0;
  std::string head;  // status line and headers as they came, the empty line included
  mock_server::api::Headers headers;
  std::string body;        // without its chunks' framing
  bool complete = true;    // false: the connection ended within the body
  std::size_t chunks = 0;  // of which the body was made, the last and empty one not counted
};

class RawClient {
 public:
  explicit RawClient(int port, const std::string& address = "127.0.0.1");

  void send(std::string_view bytes);
  // Sends nothing more, and still reads.
  void close_sending();

  // Has the connection reset when this goes, with whatever is under way.
  void break_off();

  // The next answer; those to HEAD have no body whatever their headers say.
  RawAnswer read_answer(bool to_head = false);
  // What comes next, as the system has it: at least one byte, in one piece what was sent in one.
  std::string read_some();
  // Whether there is anything to read, the end included, waiting for it up to `patience`.
  bool has_answer(std::chrono::milliseconds patience) const;
  // The bytes up to and with the first `end`.
  std::string read_until(std::string_view end);
  // All that comes until the server closes the connection. A reset is an error.
  std::string read_to_end();
  // Waits until the server has ended the connection, in order or by a reset.
  void wait_for_end();

 private:
  bool receive();  // false when the server has closed the connection
  std::string take(std::size_t count);
  void read_chunks(RawAnswer& answer);
  void read_length(RawAnswer& answer, std::size_t length);

  mock_server::http::FileDescriptor socket_;
  std::string received_;
};

// One request on a connection of its own.
RawAnswer ask(int port, std::string_view request);

}  // namespace assistants_mock::tests
