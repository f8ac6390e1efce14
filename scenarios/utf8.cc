// The table of well-formed byte sequences of the Unicode standard (section 3.9), as code.
#include "scenarios/utf8.h"

#include <utility>

namespace assistants_mock::scenarios {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// What the second byte may be, given the first: this is where overlong forms, surrogates and
// everything above U+10FFFF fall out.
std::pair<unsigned char, unsigned char> second_byte_range(unsigned char first) {
  switch (first) {
    case 0xE0:
      return {0xA0, 0xBF};
    case 0xED:
      return {0x80, 0x9F};
    case 0xF0:
      return {0x90, 0xBF};
    case 0xF4:
      return {0x80, 0x8F};
    default:
      return {0x80, 0xBF};
  }
}

std::size_t length_told_by(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xC2) return 0;
  if (first < 0xE0) return 2;
  if (first < 0xF0) return 3;
  return first < 0xF5 ? 4 : 0;
}

std::size_t first_invalid(std::string_view text, std::size_t from) {
  while (from < text.size()) {
    const std::size_t bytes = character_bytes(text, from);
    if (bytes == 0) return from;
    from += bytes;
  }
  return std::string_view::npos;
}

}  // namespace

std::size_t character_bytes(std::string_view text, std::size_t at) {
  const unsigned char first = byte_at(text, at);
  const std::size_t bytes = length_told_by(first);
  if (bytes <= 1) return bytes;
  if (text.size() - at < bytes) return 0;
  const auto [low, high] = second_byte_range(first);
  const unsigned char second = byte_at(text, at + 1);
  if (second < low || second > high) return 0;
  for (std::size_t i = 2; i < bytes; ++i)
    if ((byte_at(text, at + i) & 0xC0U) != 0x80U) return 0;
  return bytes;
}

std::size_t step_bytes(std::string_view text, std::size_t at) {
  const std::size_t bytes = character_bytes(text, at);
  return bytes == 0 ? 1 : bytes;
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += step_bytes(text, at)) ++count;
  return count;
}

char32_t code_point(std::string_view text, std::size_t at, std::size_t bytes) {
  if (bytes == 1) return byte_at(text, at);
  char32_t point = byte_at(text, at) & (0x7FU >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) point = (point << 6U) | (byte_at(text, at + i) & 0x3FU);
  return point;
}

std::string valid_utf8(std::string text) {
  std::size_t bad = first_invalid(text, 0);
  if (bad == std::string_view::npos) return text;
  std::string valid;
  valid.reserve(text.size() + replacement.size());
  std::size_t done = 0;
  for (; bad != std::string_view::npos; bad = first_invalid(text, done)) {
    valid.append(text, done, bad - done).append(replacement);
    done = bad + 1;
  }
  return valid.append(text, done);
}

std::string_view beginning_of(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  // A character takes four bytes at most, so its lead byte is at most three back.
  std::size_t end = bytes;
  for (std::size_t back = 0; back < 3 && end > 0; ++back, --end)
    if ((byte_at(text, end) & 0xC0U) != 0x80U) break;
  return text.substr(0, end);
}

}  // namespace assistants_mock::scenarios
