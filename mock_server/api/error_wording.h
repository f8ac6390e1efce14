#pragma once
// How values are written inside the messages of refusals.
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace assistants_mock::mock_server::api {

std::string joined(std::initializer_list<std::string_view> parts);

std::string number(long long value);
std::string number(std::size_t value);
std::string number(double value);  // as short as can be read back: 2, 0.5

// Each value in single quotes, with `last` ("and", "or") before the last one:
// 'a' | 'a' and 'b' | 'a', 'b', and 'c'.
std::string enumeration(std::span<const std::string_view> values, std::string_view last);

// Strings as Python prints a list and a tuple of them: ['a', 'b'] and ('a',).
std::string python_list(std::span<const std::string> values);
std::string python_tuple(std::span<const std::string> values);

// Length in Unicode characters. Bytes that are not UTF-8 are counted somehow, never read past.
std::size_t characters(std::string_view text);

// The first and the last three characters, as the service shows a long property name: kkk...kkk.
std::string shortened(std::string_view name);

}  // namespace assistants_mock::mock_server::api
