// Quotes so that nothing is taken for something else.
#include "scenarios/yaml_text.h"

#include <array>
#include <charconv>

#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {

namespace {

// YAML readers give up on a key that has no colon within 1024 characters.
constexpr std::size_t longest_plain_key = 1000;

// What an editor would not show, or a YAML reader take for an end of line.
bool needs_escape(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point <= 0xA0) || point == 0xAD ||
         (point >= 0x200B && point <= 0x200F) || (point >= 0x2028 && point <= 0x202F) ||
         (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
         (point >= 0xFFF0 && point <= 0xFFFF) || (point & 0xFFFE) == 0xFFFE;
}

std::string escape(char32_t point) {
  switch (point) {
    case U'\n':
      return "\\n";
    case U'\t':
      return "\\t";
    case U'\r':
      return "\\r";
    default:
      break;
  }
  constexpr std::string_view figures = "0123456789ABCDEF";
  const int digits = point < 0x100 ? 2 : point < 0x10000 ? 4 : 8;
  std::string text = digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U";
  for (int digit = digits - 1; digit >= 0; --digit) text += figures[(point >> (4 * digit)) & 15];
  return text;
}

std::string in_double_quotes(std::string_view text) {
  std::string quoted = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = step_bytes(text, at);
    const std::string_view character = text.substr(at, bytes);
    at += bytes;
    const char32_t point = code_point(character, 0, bytes);
    if (character == "\"" || character == "\\")
      quoted += '\\' + std::string(character);
    else
      quoted += needs_escape(point) ? escape(point) : std::string(character);
  }
  return quoted + '"';
}

std::string single_quoted(std::string_view text) {
  std::string quoted = "'";
  for (char letter : text) quoted += letter == '\'' ? "''" : std::string(1, letter);
  return quoted + "'";
}

bool fits_single_quotes(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = step_bytes(text, at);
    if (needs_escape(code_point(text, at, bytes))) return false;
    at += bytes;
  }
  return text.find_first_of("\\\"") != text.npos;
}

bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}

bool is_plain(std::string_view word) {
  if (word.empty() || word.size() > longest_plain_key || !is_letter(word.front())) return false;
  for (char letter : word)
    if (!is_letter(letter) && letter != '-' && letter != '.' && (letter < '0' || letter > '9'))
      return false;
  constexpr std::array<std::string_view, 9> taken = {"null", "Null",  "NULL",  "true", "True",
                                                     "TRUE", "false", "False", "FALSE"};
  for (std::string_view other : taken)
    if (word == other) return false;
  return true;
}

std::string decimal_text(double number) {
  std::array<char, 32> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
  std::string text(digits.data(), written.ptr);
  if (text.find_first_of(".e") == text.npos) text += ".0";
  return text;
}

std::string flow_map(const Json& map) {
  std::string text;
  for (const auto& [key, value] : map.items()) {
    if (!text.empty()) text += ", ";
    const std::string word = yaml_word(key);
    text += word.size() > longest_plain_key ? "? " + word + " : " : word + ": ";
    text += yaml_flow(value);
  }
  return "{" + text + "}";
}

std::string flow_list(const Json& list) {
  std::string text;
  for (const Json& value : list) {
    if (!text.empty()) text += ", ";
    text += yaml_flow(value);
  }
  return "[" + text + "]";
}

}  // namespace

std::string yaml_text(std::string_view text) {
  return fits_single_quotes(text) ? single_quoted(text) : in_double_quotes(text);
}

std::string yaml_word(std::string_view word) {
  return is_plain(word) ? std::string(word) : in_double_quotes(word);
}

std::string yaml_key(std::string_view key, std::size_t indent) {
  const std::string word = yaml_word(key);
  if (word.size() <= longest_plain_key) return word + ":";
  return "? " + word + "\n" + std::string(indent, ' ') + ":";
}

std::string yaml_flow(const Json& value) {
  if (value.is_object()) return flow_map(value);
  if (value.is_array()) return flow_list(value);
  if (value.is_string()) return yaml_text(value.get_ref<const std::string&>());
  if (value.is_number_float()) return decimal_text(value.get<double>());
  return value.dump();
}

}  // namespace assistants_mock::scenarios
