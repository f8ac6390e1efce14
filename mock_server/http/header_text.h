#pragma once
// The letters that a header may be made of (RFC 9110, section 5), for what comes in and what goes
// out.
#include <string_view>

#include "mock_server/api/letter_case.h"

namespace assistants_mock::mock_server::http {

// A method or the name of a header: letters, digits and !#$%&'*+-.^_`|~, at least one.
bool is_token(std::string_view text);

// Free of control characters other than the tab; what would end the line above all.
bool is_header_value(std::string_view text);

using api::equals_without_case;
bool is_less_without_case(std::string_view left, std::string_view right);

// `text` without the spaces and tabs around it.
std::string_view trimmed(std::string_view text);

// Whether `list`, separated by commas, holds `token` (compared without case).
bool list_contains(std::string_view list, std::string_view token);

}  // namespace assistants_mock::mock_server::http
