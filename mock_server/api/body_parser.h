#pragma once
// Reads the JSON of a request from bytes that nobody has looked at yet.
#include <cstddef>
#include <string_view>

#include "mock_server/api/body_schema.h"

namespace assistants_mock::mock_server::api {

inline constexpr std::size_t max_body_depth = 100;  // arrays and objects inside each other
inline constexpr std::size_t max_keys_of_an_object = 1000;

// The JSON of a request's body. An empty text counts as {}. Of a key given twice the last value
// counts, as in most readers of JSON. Throws ApiError (body.notjson) when the text is not JSON
// (a byte order mark and bytes after the value included), is not UTF-8, is nested deeper or has an
// object of more keys than said above, or holds a number that does not fit 64 bits: an integer that
// a double would change, or a decimal beyond its range. Nothing is built beyond the bounds.
Body parse_body(std::string_view text);

}  // namespace assistants_mock::mock_server::api
