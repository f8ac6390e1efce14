#pragma once
// What a schema expects and what a value is, in the words of a refusal (errors.md, section 2:
// v.type).
#include <string>
#include <string_view>

#include "mock_server/api/body_schema.h"

namespace assistants_mock::mock_server::api {

// Whether `schema` accepts values of the JSON type of `value`, whatever else it asks of them.
bool accepts_type_of(const Body& value, const ValueSchema& schema);

// "a string", "one of 'auto' or 'last_messages'", "one of a string or array of objects", …
std::string expected_words(const ValueSchema& schema);

// "a string", "an integer", "a decimal number", "null", …
std::string_view got_words(const Body& value);

}  // namespace assistants_mock::mock_server::api
