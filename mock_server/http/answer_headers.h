#pragma once
// Which headers an answer has on the wire: those that the handler gave, less what would break the
// message, and the few that frame it. Nothing else: no Date, no Server, no Keep-Alive, so that the
// same answer is the same bytes.
#include "mock_server/api/request.h"

namespace assistants_mock::mock_server::http {

// What tells the client where the body ends.
enum class Framing {
  length,      // Content-Length
  chunks,      // Transfer-Encoding: chunked
  connection,  // the end of the connection
  none,        // there is no body, by the status
};

// How `answer` is framed for a client that `reads_chunks` or, as one of HTTP/1.0, does not.
Framing framing_of(const api::Response& answer, bool reads_chunks);

// Whether the handler wants the connection to end after `answer` (Connection: close).
bool asks_to_close(const api::Response& answer);

// Takes the headers out of `answer`, in the order of their names, as httplib has them. Left out are
// those whose name is no token or whose value would end its line, and those that only the front can
// know: Connection, Keep-Alive, Content-Length, Transfer-Encoding.
api::Headers take_wire_headers(api::Response& answer, Framing framing, bool closes);

}  // namespace assistants_mock::mock_server::http
