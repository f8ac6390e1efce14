#pragma once
// `&amp;` and `&#233;`: characters written by name or number, in HTML and XML.
#include <cstddef>
#include <optional>
#include <string_view>

namespace assistants_mock::mock_server::search {

struct CharacterReference {
  char32_t point;
  std::size_t bytes;  // from the ampersand to the semicolon
};

// The reference that `text` begins with, if it does; names are those of HTML 4 and `apos`. Numbers
// that stand for no character are U+FFFD.
std::optional<CharacterReference> html_reference(std::string_view text);

// Only the five names that XML has, and numbers that stand for a character.
std::optional<CharacterReference> xml_reference(std::string_view text);

}  // namespace assistants_mock::mock_server::search
