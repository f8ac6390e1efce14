#include "mock_server/api/percent_text.h"

#include <charconv>

namespace assistants_mock::mock_server::api {

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t place = 0; place < text.size(); ++place) {
    unsigned char byte = 0;
    const std::string_view digits = text.substr(place + 1, 2);
    if (text[place] == '%' && digits.size() == 2 &&
        std::from_chars(digits.data(), digits.data() + 2, byte, 16).ptr == digits.data() + 2) {
      decoded += static_cast<char>(byte);
      place += 2;
    } else {
      decoded += text[place];
    }
  }
  return decoded;
}

}  // namespace assistants_mock::mock_server::api
