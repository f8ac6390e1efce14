#pragma once
// Unicode characters in a byte string, told apart without ever reading past its end.
#include <cstddef>
#include <string>
#include <string_view>

namespace assistants_mock::scenarios {

// How many bytes the character at `at` takes: 1 to 4, or 0 when no valid character begins there
// (overlong forms and surrogates are not valid). `at` is less than the size of `text`.
std::size_t character_bytes(std::string_view text, std::size_t at);

// As character_bytes(), but an invalid byte counts as a character of its own: never 0.
std::size_t step_bytes(std::string_view text, std::size_t at);

// How many characters `text` has, each invalid byte being one.
std::size_t character_count(std::string_view text);

// The code point of the valid character of `bytes` bytes at `at`.
char32_t code_point(std::string_view text, std::size_t at, std::size_t bytes);

// `text` with every byte that is part of no valid character replaced by U+FFFD.
std::string valid_utf8(std::string text);

// The longest beginning of `text` that has at most `bytes` bytes and cuts no character.
std::string_view beginning_of(std::string_view text, std::size_t bytes);

}  // namespace assistants_mock::scenarios
