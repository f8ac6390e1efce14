#pragma once
// The answers in the bytes that a server sent over one connection, read as strictly as RFC 9112
// allows, for checks that they are well formed.
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/api/request.h"

namespace assistants_mock::tests {

struct HttpAnswer {
  int status = 0;
  mock_server::api::Headers headers;
  bool to_head = false;      // announces a body that does not come
  bool until_close = false;  // the body goes on to the end of the connection
  std::string body;          // without its chunks' framing

  std::string_view header(std::string_view name) const {
    return mock_server::api::header(headers, name);
  }
};

// Throws BrokenContract when the bytes are anything but whole answers. An answer to HEAD is told by
// the next answer, or the end, in the place of a body; that can only be when the client sent HEAD.
std::vector<HttpAnswer> read_answers(std::string_view bytes, bool sent_head);

}  // namespace assistants_mock::tests
