#pragma once
// What the client of a transcript sends: the heads and bodies of its requests.
#include <string>

#include "mock_server/api/api_version.h"
#include "mock_server/api/request.h"
#include "tests/transcripts/command.h"
#include "tests/transcripts/wording.h"

namespace assistants_mock::tests {

mock_server::api::Headers request_headers(bool with_body, mock_server::api::ApiVersion version);

// `body` with the command's own JSON laid over it.
std::string laid_over(Json body, const Command& command);

// "f,g" as tools of an assistant or a run.
Json function_tools(const std::string& names);

// A body of the second version as a client of the first would have sent it: file_search was called
// retrieval, and had no options.
std::string in_first_version(const std::string& body);

}  // namespace assistants_mock::tests
