#pragma once
// Values as reports show them: on one line, nothing in them invisible, a long one by its beginning.
#include <cstddef>
#include <string>
#include <string_view>

namespace assistants_mock::scenarios {

// How many bytes of a value, or of a pattern, a line about it shows.
inline constexpr std::size_t shown_value_bytes = 160;

// `text` with line feeds as \n and whatever else cannot be seen as \x1B or \x{200B}, which is how a
// pattern spells it too. Bytes that are no UTF-8 become U+FFFD.
std::string escaped(std::string_view text);

// In quotes, escaped, its backslashes doubled. Of more than `most_bytes` the beginning is shown:
// "It is warm…" (the first 10 of 2000 bytes).
std::string in_quotes(std::string_view text, std::size_t most_bytes = shown_value_bytes);

// /pattern/, escaped and cut in the same way; its backslashes are its own.
std::string shown_pattern(std::string_view pattern);

// "1st", "2nd", "12th".
std::string ordinal(int number);

}  // namespace assistants_mock::scenarios
