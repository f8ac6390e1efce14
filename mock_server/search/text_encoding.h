#pragma once
// The bytes of a text file as UTF-8.
#include <optional>
#include <string>
#include <string_view>

namespace assistants_mock::mock_server::search {

void append_utf8(std::string& text, char32_t point);

// UTF-8 with or without a byte order mark, and UTF-16 with one; the mark is left out. Nothing for
// anything else, and for a text with U+0000 in it: that is no text but UTF-16 without its mark, or
// a program.
std::optional<std::string> decoded_text(std::string_view bytes);

// As browsers read it, who take ISO 8859-1 for this too: no byte is invalid.
std::string decoded_windows_1252(std::string_view bytes);

// Whether there is anything but white space in it.
bool is_blank(std::string_view text);

}  // namespace assistants_mock::mock_server::search
