#include "scenarios/base64_text.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace assistants_mock::scenarios {
namespace {

constexpr std::string_view letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view white_space = " \t\r\n";

// Four letters, the last two perhaps padding, as up to three bytes.
bool append_group(std::string& bytes, std::string_view group) {
  const std::size_t padding = group.size() - group.find_last_not_of('=') - 1;
  if (padding > 2) return false;
  std::uint32_t bits = 0;
  for (const char letter : group.substr(0, group.size() - padding)) {
    const std::size_t value = letters.find(letter);
    if (value == letters.npos) return false;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
  }
  bits <<= 6 * padding;
  if ((bits & ((1U << (8 * padding)) - 1)) != 0) return false;
  for (std::size_t byte = 0; byte < 3 - padding; ++byte)
    bytes += static_cast<char>(bits >> (16 - 8 * byte) & 0xFF);
  return true;
}

}  // namespace

std::string base64_text(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view group = bytes.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t place = 0; place < 3; ++place)
      bits = bits << 8 | (place < group.size() ? static_cast<unsigned char>(group[place]) : 0U);
    for (std::size_t letter = 0; letter < 4; ++letter)
      text += letter <= group.size() ? letters[bits >> (18 - 6 * letter) & 63] : '=';
  }
  return text;
}

std::optional<std::string> base64_bytes(std::string_view text) {
  std::string packed;
  std::ranges::copy_if(text, std::back_inserter(packed),
                       [](char letter) { return white_space.find(letter) == white_space.npos; });
  if (packed.size() % 4 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t at = 0; at < packed.size(); at += 4) {
    const std::string_view group = std::string_view(packed).substr(at, 4);
    if (group.ends_with('=') && at + 4 < packed.size()) return std::nullopt;
    if (!append_group(bytes, group)) return std::nullopt;
  }
  return bytes;
}

}  // namespace assistants_mock::scenarios
