#include "mock_server/http/header_text.h"

#include <algorithm>
#include <array>

namespace assistants_mock::mock_server::http {
namespace {

constexpr char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

constexpr bool is_control(char letter) {
  const auto code = static_cast<unsigned char>(letter);
  return code < 0x20 || code == 0x7f;
}

constexpr std::array<bool, 256> token_letters = [] {
  std::array<bool, 256> allowed{};
  constexpr std::string_view letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~";
  for (const char letter : letters) allowed[static_cast<unsigned char>(letter)] = true;
  return allowed;
}();

}  // namespace

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char letter) {
    return token_letters[static_cast<unsigned char>(letter)];
  });
}

bool is_header_value(std::string_view text) {
  return std::ranges::none_of(text,
                              [](char letter) { return is_control(letter) && letter != '\t'; });
}

bool is_less_without_case(std::string_view left, std::string_view right) {
  return std::ranges::lexicographical_compare(left, right, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool list_contains(std::string_view list, std::string_view token) {
  while (true) {
    const std::size_t comma = list.find(',');
    if (equals_without_case(trimmed(list.substr(0, comma)), token)) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace assistants_mock::mock_server::http
