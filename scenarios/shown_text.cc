// Which characters cannot be seen is a table of ranges of code points.
#include "scenarios/shown_text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {
namespace {

// Controls, spaces that look like the usual one, marks without width, and what turns text around.
// U+200D is not among them: it holds emoji together.
constexpr std::array<std::pair<char32_t, char32_t>, 10> invisible = {{{0x00, 0x1F},
                                                                      {0x7F, 0xA0},
                                                                      {0xAD, 0xAD},
                                                                      {0x2000, 0x200C},
                                                                      {0x200E, 0x200F},
                                                                      {0x2028, 0x202F},
                                                                      {0x205F, 0x206F},
                                                                      {0xFEFF, 0xFEFF},
                                                                      {0xFFF9, 0xFFFB},
                                                                      {0xE0000, 0xE0FFF}}};

bool is_visible(char32_t point) {
  return std::ranges::none_of(
      invisible, [=](const auto& range) { return range.first <= point && point <= range.second; });
}

std::string code_of(char32_t point) {
  if (point == '\n') return "\\n";
  std::array<char, 16> code{};
  std::snprintf(code.data(), code.size(), point <= 0x7F ? "\\x%02X" : "\\x{%X}",
                static_cast<unsigned>(point));
  return code.data();
}

enum class Backslashes { as_they_are, doubled };

// Most text is that, and shown as it is.
bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '\\'; });
}

std::string one_line(std::string text, Backslashes backslashes) {
  if (is_plain(text)) return text;
  text = valid_utf8(std::move(text));
  std::string line;
  line.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = step_bytes(text, at);
    const char32_t point = code_point(text, at, bytes);
    if (!is_visible(point))
      line += code_of(point);
    else
      line.append(text, at, bytes);
    if (point == '\\' && backslashes == Backslashes::doubled) line += '\\';
    at += bytes;
  }
  return line;
}

std::string between(char mark, std::string_view text, std::size_t most_bytes,
                    Backslashes backslashes) {
  const std::string_view beginning = beginning_of(text, most_bytes);
  std::string shown = mark + one_line(std::string(beginning), backslashes);
  if (beginning.size() == text.size()) return shown + mark;
  return shown + "…" + mark + " (the first " + std::to_string(beginning.size()) + " of " +
         std::to_string(text.size()) + " bytes)";
}

}  // namespace

std::string escaped(std::string_view text) {
  return one_line(std::string(text), Backslashes::as_they_are);
}

std::string in_quotes(std::string_view text, std::size_t most_bytes) {
  return between('"', text, most_bytes, Backslashes::doubled);
}

std::string shown_pattern(std::string_view pattern) {
  return between('/', pattern, shown_value_bytes, Backslashes::as_they_are);
}

std::string ordinal(int number) {
  constexpr std::array<std::string_view, 4> endings = {"th", "st", "nd", "rd"};
  const bool regular = number % 10 > 3 || number % 100 / 10 == 1;
  return std::to_string(number) +
         std::string(endings[regular ? 0 : static_cast<std::size_t>(number % 10)]);
}

}  // namespace assistants_mock::scenarios
