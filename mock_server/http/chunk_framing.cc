#include "mock_server/http/chunk_framing.h"

#include <algorithm>

namespace assistants_mock::mock_server::http {
namespace {

constexpr std::size_t longest_size_line = 256;  // its extension included

int hex_value(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

}  // namespace

ChunkFraming::State ChunkFraming::state() const {
  switch (expected_) {
    case Expected::nothing:
      return State::complete;
    case Expected::malformed:
      return State::malformed;
    case Expected::too_large:
      return State::too_large;
    default:
      return State::incomplete;
  }
}

std::size_t ChunkFraming::pass(std::string_view bytes) {
  return pass_on(bytes, [](std::string_view) {});
}

std::size_t ChunkFraming::pass(std::string_view bytes, std::string& content) {
  return pass_on(bytes, [&](std::string_view piece) { content += piece; });
}

template <class Content>
std::size_t ChunkFraming::pass_on(std::string_view bytes, Content content) {
  std::size_t passed = 0;
  while (passed < bytes.size() && state() == State::incomplete) {
    if (expected_ != Expected::content) {
      expected_ = after(bytes[passed++]);
      continue;
    }
    const std::size_t count = std::min(chunk_left_, bytes.size() - passed);
    content(bytes.substr(passed, count));
    passed += count;
    chunk_left_ -= count;
    if (chunk_left_ == 0) expected_ = Expected::content_return;
  }
  return passed;
}

ChunkFraming::Expected ChunkFraming::after(char letter) {
  using enum Expected;
  const auto only = [&](char wanted, Expected next) { return letter == wanted ? next : malformed; };
  switch (expected_) {
    case first_digit:
      chunk_left_ = 0;
      line_size_ = 0;
      return hex_value(letter) < 0 ? malformed : after_digit(letter);
    case digit:
    case extension:
      if (letter == '\r') return size_line_feed;
      if (++line_size_ > longest_size_line) return too_large;
      if (letter == '\n') return malformed;
      return expected_ == digit ? after_digit(letter) : extension;
    case size_line_feed:
      return letter == '\n' ? after_size_line() : malformed;
    case content_return:
      return only('\r', content_line_feed);
    case content_line_feed:
      return only('\n', first_digit);
    case last_return:
      return only('\r', last_line_feed);
    case last_line_feed:
      return only('\n', nothing);
    default:
      return malformed;
  }
}

// A digit of the size, or what begins an extension.
ChunkFraming::Expected ChunkFraming::after_digit(char letter) {
  const int value = hex_value(letter);
  if (value < 0) {
    const bool begins_extension = letter == ';' || letter == ' ' || letter == '\t';
    return begins_extension ? Expected::extension : Expected::malformed;
  }
  // Larger than any limit already: one more digit could only overflow.
  if (chunk_left_ > content_left_) return Expected::too_large;
  chunk_left_ = chunk_left_ * 16 + static_cast<std::size_t>(value);
  return Expected::digit;
}

ChunkFraming::Expected ChunkFraming::after_size_line() {
  if (chunk_left_ == 0) return Expected::last_return;
  if (chunk_left_ > content_left_) return Expected::too_large;
  content_left_ -= chunk_left_;
  return Expected::content;
}

}  // namespace assistants_mock::mock_server::http
