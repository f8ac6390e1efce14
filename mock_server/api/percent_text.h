#pragma once
// The %XX escapes of a URL.
#include <string>
#include <string_view>

namespace assistants_mock::mock_server::api {

// A part of a URL with its %XX escapes resolved; escapes that are none stay as they are.
std::string percent_decoded(std::string_view text);

// What is not a letter, a digit or one of -._~ as %XX.
std::string percent_encoded(std::string_view text);

// percent_decoded() for a name or a value of a query, where `+` is a blank.
std::string query_text(std::string_view text);

}  // namespace assistants_mock::mock_server::api
