#include "mock_server/api/error_wording.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace assistants_mock::mock_server::api {
namespace {

template <typename Number>
std::string shortest(Number value) {
  std::array<char, 32> digits{};
  char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), static_cast<std::size_t>(end - digits.data())};
}

// A string as Python prints it inside a list.
std::string python_text(std::string_view value) {
  const bool has_single = value.find('\'') != std::string_view::npos;
  const char quote = has_single && value.find('"') == std::string_view::npos ? '"' : '\'';
  std::string text{quote};
  for (const char c : value) {
    if (c == quote || c == '\\') text += '\\';
    if (c == '\n') {
      text += "\\n";
    } else {
      text += c;
    }
  }
  return text + quote;
}

std::string python_items(std::span<const std::string> values) {
  std::string text;
  for (const std::string& value : values) {
    if (!text.empty()) text += ", ";
    text += python_text(value);
  }
  return text;
}

bool begins_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
}

}  // namespace

std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

std::string number(long long value) {
  return shortest(value);
}
std::string number(std::size_t value) {
  return shortest(value);
}
std::string number(double value) {
  return shortest(value);
}

std::string enumeration(std::span<const std::string_view> values, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0 && values.size() > 2) text += ",";
    if (i > 0) text += i + 1 == values.size() ? joined({" ", last, " "}) : " ";
    text += joined({"'", values[i], "'"});
  }
  return text;
}

std::string python_list(std::span<const std::string> values) {
  return joined({"[", python_items(values), "]"});
}

std::string python_tuple(std::span<const std::string> values) {
  return joined({"(", python_items(values), values.size() == 1 ? ",)" : ")"});
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
}

std::string shortened(std::string_view name) {
  std::size_t head = 0, tail = name.size();
  for (int seen = 0; head < name.size(); ++head)
    if (begins_character(name[head]) && ++seen > 3) break;
  for (int seen = 0; tail > 0 && seen < 3;)
    if (begins_character(name[--tail])) ++seen;
  if (tail <= head) return std::string(name);
  return joined({name.substr(0, head), "...", name.substr(tail)});
}

}  // namespace assistants_mock::mock_server::api
