#include "mock_server/search/text_encoding.h"

#include <algorithm>
#include <array>

#include "scenarios/utf8.h"

namespace assistants_mock::mock_server::search {
namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";
constexpr std::string_view little_endian_mark = "\xFF\xFE";
constexpr std::string_view big_endian_mark = "\xFE\xFF";

// What windows-1252 has at 0x80 to 0x9F; the five that it leaves open are control characters.
constexpr std::array<char32_t, 32> windows_1252 = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = scenarios::character_bytes(text, at);
    if (bytes == 0) return false;
    at += bytes;
  }
  return true;
}

class Utf16Units {
 public:
  Utf16Units(std::string_view bytes, bool little_endian)
      : bytes_(bytes), low_(little_endian ? 0 : 1) {}

  bool at_end() const { return at_ + 1 >= bytes_.size(); }
  char32_t peek() const {
    return byte_at(bytes_, at_ + low_) | byte_at(bytes_, at_ + 1 - low_) << 8;
  }
  char32_t next() {
    const char32_t unit = peek();
    at_ += 2;
    return unit;
  }

 private:
  std::string_view bytes_;
  std::size_t low_;
  std::size_t at_ = 0;
};

bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(char32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

std::optional<std::string> decoded_utf16(std::string_view bytes, bool little_endian) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  std::string text;
  text.reserve(bytes.size() / 2);
  for (Utf16Units units(bytes, little_endian); !units.at_end();) {
    const char32_t unit = units.next();
    if (is_low_surrogate(unit)) return std::nullopt;
    if (!is_high_surrogate(unit)) {
      append_utf8(text, unit);
      continue;
    }
    if (units.at_end() || !is_low_surrogate(units.peek())) return std::nullopt;
    append_utf8(text, 0x10000 + ((unit - 0xD800) << 10) + (units.next() - 0xDC00));
  }
  return text;
}

std::optional<std::string> decoded(std::string_view bytes) {
  const std::string_view rest = bytes.substr(std::min<std::size_t>(2, bytes.size()));
  if (bytes.starts_with(little_endian_mark)) return decoded_utf16(rest, true);
  if (bytes.starts_with(big_endian_mark)) return decoded_utf16(rest, false);
  if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
  if (!is_utf8(bytes)) return std::nullopt;
  return std::string(bytes);
}

}  // namespace

void append_utf8(std::string& text, char32_t point) {
  const auto tail = [&](unsigned shift) {
    text += static_cast<char>(0x80U | ((point >> shift) & 0x3FU));
  };
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xC0U | (point >> 6U));
    tail(0);
  } else if (point < 0x10000) {
    text += static_cast<char>(0xE0U | (point >> 12U));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0U | (point >> 18U));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::optional<std::string> decoded_text(std::string_view bytes) {
  std::optional<std::string> text = decoded(bytes);
  if (text && text->find('\0') != std::string::npos) return std::nullopt;
  return text;
}

std::string decoded_windows_1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const unsigned byte = byte_at(bytes, at);
    append_utf8(text, byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte);
  }
  return text;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\n\v\f\r") == std::string_view::npos;
}

}  // namespace assistants_mock::mock_server::search
