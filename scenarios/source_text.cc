// Checks bytes and counts lines.
#include "scenarios/source_text.h"

#include <algorithm>
#include <string>

#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {

namespace {

std::string hexadecimal(unsigned char byte) {
  constexpr std::string_view figures = "0123456789ABCDEF";
  return {'0', 'x', figures[byte >> 4], figures[byte & 15]};
}

bool is_control(unsigned char byte) {
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F;
}

}  // namespace

SourceText::SourceText(std::string_view text) : text_(text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
  line_starts_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != text_.npos; at = text_.find('\n', at + 1))
    line_starts_.push_back(at + 1);
}

bool SourceText::is_readable(MistakeList& mistakes) const {
  if (text_.size() > max_file_bytes) {
    mistakes.add({}, "the file is too large: " + std::to_string(text_.size()) + " bytes, at most " +
                         std::to_string(max_file_bytes) + " are read");
    return false;
  }
  for (std::size_t at = 0; at < text_.size();) {
    const std::size_t bytes = character_bytes(text_, at);
    const auto byte = static_cast<unsigned char>(text_[at]);
    if (bytes == 0) {
      mistakes.add(place_of(at),
                   "the byte " + hexadecimal(byte) + " is not UTF-8 here; save the file as UTF-8");
      return false;
    }
    if (is_control(byte)) {
      mistakes.add(place_of(at), "the control character " + hexadecimal(byte) +
                                     " cannot be in a file; in double quotes write \"\\x" +
                                     hexadecimal(byte).substr(2) + "\"");
      return false;
    }
    at += bytes;
  }
  return true;
}

std::size_t SourceText::offset_of(Place place) const {
  const auto line = static_cast<std::size_t>(std::max(place.line, 1)) - 1;
  if (line >= line_starts_.size()) return text_.size();
  const auto column = static_cast<std::size_t>(std::max(place.column, 1)) - 1;
  return std::min(line_starts_[line] + column, text_.size());
}

Place SourceText::place_of(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(line_starts_, std::min(offset, text_.size()));
  const std::size_t start = *(after - 1);
  return {static_cast<int>(after - line_starts_.begin()),
          static_cast<int>(std::min(offset, text_.size()) - start) + 1};
}

}  // namespace assistants_mock::scenarios
