#pragma once
// The %XX escapes of a URL.
#include <string>
#include <string_view>

namespace assistants_mock::mock_server::api {

// A part of a URL with its %XX escapes resolved; escapes that are none stay as they are.
std::string percent_decoded(std::string_view text);

}  // namespace assistants_mock::mock_server::api
