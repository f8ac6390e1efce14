#include "mock_server/search/character_reference.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "mock_server/search/html_names.h"

namespace assistants_mock::mock_server::search {
namespace {

constexpr std::size_t longest_reference = 32;  // names have ten, numbers perhaps zeros before them

// What stands between the ampersand and the semicolon.
std::optional<std::string_view> body_of(std::string_view text) {
  if (!text.starts_with('&')) return std::nullopt;
  const std::size_t end = text.substr(0, longest_reference).find(';');
  if (end == std::string_view::npos || end < 2) return std::nullopt;
  return text.substr(1, end - 1);
}

bool is_character(char32_t point) {
  return point != 0 && point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF);
}

// "#233", "#xE9": the number, whether or not a character has it.
std::optional<char32_t> number_in(std::string_view body) {
  if (!body.starts_with('#')) return std::nullopt;
  body.remove_prefix(1);
  const bool hexadecimal = body.starts_with('x') || body.starts_with('X');
  if (hexadecimal) body.remove_prefix(1);
  std::uint32_t number = 0;
  const char* end = body.data() + body.size();
  const auto read = std::from_chars(body.data(), end, number, hexadecimal ? 16 : 10);
  if (read.ec == std::errc::invalid_argument || read.ptr != end) return std::nullopt;
  return read.ec == std::errc() ? number : 0;
}

std::optional<char32_t> xml_name(std::string_view name) {
  constexpr std::array<std::string_view, 5> names = {"amp", "lt", "gt", "quot", "apos"};
  if (std::ranges::find(names, name) == names.end()) return std::nullopt;
  return character_named(name);
}

}  // namespace

std::optional<CharacterReference> html_reference(std::string_view text) {
  const auto body = body_of(text);
  if (!body) return std::nullopt;
  const std::size_t bytes = body->size() + 2;
  if (const auto number = number_in(*body))
    return CharacterReference{is_character(*number) ? *number : U'\uFFFD', bytes};
  const auto named = character_named(*body);
  if (!named) return std::nullopt;
  return CharacterReference{*named, bytes};
}

std::optional<CharacterReference> xml_reference(std::string_view text) {
  const auto body = body_of(text);
  if (!body) return std::nullopt;
  const auto number = number_in(*body);
  const auto point = number ? number : xml_name(*body);
  if (!point || !is_character(*point)) return std::nullopt;
  return CharacterReference{*point, body->size() + 2};
}

}  // namespace assistants_mock::mock_server::search
