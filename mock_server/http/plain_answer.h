#pragma once
// Writes an answer whose body is all there, which is nearly every answer. The bytes are those that
// httplib would write, without the maps, streams and callbacks that it needs for them: these took
// three quarters of the time that the front spent on a request.
#include <string>

#include "mock_server/api/request.h"

namespace assistants_mock::mock_server::http {

// False for what httplib has to write: streams, and statuses so rare that only it has words for
// them.
bool is_plain(const api::Response& answer);

// The head of a plain answer with `status`, its empty line included.
std::string plain_head(int status, const api::Headers& headers);

}  // namespace assistants_mock::mock_server::http
