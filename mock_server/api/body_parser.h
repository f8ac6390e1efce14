#pragma once
// Reads the JSON of a request from bytes that nobody has looked at yet.
#include <string_view>

#include "assistants_mock/limits.h"
#include "mock_server/api/body_schema.h"

namespace assistants_mock::mock_server::api {

// The JSON of a request's body. An empty text counts as {}. Of a key given twice the last value
// counts, as in most readers of JSON. Throws ApiError (body.notjson) when the text is not JSON
// (a byte order mark and bytes after the value included), is not UTF-8, or holds a number that does
// not fit 64 bits: an integer that a double would change, or a decimal beyond its range. Throws
// ours.limit when it is nested deeper or has an object of more keys than `limits` allow; nothing is
// built beyond them.
Body parse_body(std::string_view text, const Limits& limits = {});

}  // namespace assistants_mock::mock_server::api
