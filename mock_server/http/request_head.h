#pragma once
// What a request head says, and whether it may be served: a pure check of bytes. Every odd framing
// is decided here, before anything is answered, so that no two readers of a connection can disagree
// about where a request ends.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "assistants_mock/limits.h"
#include "mock_server/api/request.h"
#include "mock_server/http/refusal.h"

namespace assistants_mock::mock_server::http {

struct RequestHead {
  std::string method = {};
  std::string target = {};    // as sent
  api::Headers headers = {};  // in the order sent, values without the white space around them
  std::size_t content_length = 0;
  bool chunked = false;           // then content_length says nothing
  bool expects_continue = false;  // waits for "100 Continue" before it sends the body
  bool http_1_0 = false;          // reads no chunks, so a stream ends with the connection
  bool closes = false;            // the connection ends after the answer
};

// How far the bytes received so far hold a head.
struct HeadScan {
  enum class State {
    incomplete,
    complete,   // the head is the first `size` bytes, its empty line included
    malformed,  // no further byte can make it a head
  };
  State state;
  std::size_t size = 0;
};

// Looks for the end of the head at the front of `bytes`, of which the first `scanned` were looked
// at before and found incomplete. Refuses control characters and line ends other than CR LF at
// once, so that a client that speaks something else is told without waiting for more.
HeadScan scan_head(std::string_view bytes, std::size_t scanned = 0);

// Reads `text`, which scan_head found complete, into `head`. What it returns is why the request is
// not served: 400, 415, 417, 431, 501 or 505; `head` then has what was read before. How large a
// body may be is for whoever takes it to say.
std::optional<Refusal> read_request_head(std::string_view text, const Limits& limits,
                                         RequestHead& head);

}  // namespace assistants_mock::mock_server::http
