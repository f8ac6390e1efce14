// Types plain scalars and makes JSON of trees.
#include "scenarios/yaml_values.h"

#include <charconv>
#include <cstdint>
#include <string_view>
#include <system_error>

#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {

namespace {

constexpr std::string_view digits = "0123456789";

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  for (std::string_view word : words)
    if (text == word) return true;
  return false;
}

bool all_of(std::string_view text, std::string_view letters) {
  return !text.empty() && text.find_first_not_of(letters) == text.npos;
}

std::string_view without_sign(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  return text;
}

// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_decimal(std::string_view text) {
  text = without_sign(text);
  const std::size_t e = text.find_first_of("eE");
  if (e != text.npos && !all_of(without_sign(text.substr(e + 1)), digits)) return false;
  const std::string_view mantissa = text.substr(0, e);
  const std::size_t point = mantissa.find('.');
  if (point == mantissa.npos) return all_of(mantissa, digits);
  const std::string_view whole = mantissa.substr(0, point);
  const std::string_view fraction = mantissa.substr(point + 1);
  if (whole.empty()) return all_of(fraction, digits);
  return all_of(whole, digits) && (fraction.empty() || all_of(fraction, digits));
}

template <class Number>
std::optional<Json> number(std::string_view text, int base) {
  Number value{};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value, base);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return Json(value);
}

std::optional<Json> integer(std::string_view text, int base) {
  if (std::optional<Json> value = number<std::int64_t>(text, base)) return value;
  return number<std::uint64_t>(text, base);
}

std::optional<Json> decimal(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  if (all_of(without_sign(text), digits)) return integer(text, 10);
  double value{};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return Json(value);
}

bool is_not_finite(std::string_view text) {
  return is_one_of(without_sign(text), {".inf", ".Inf", ".INF"}) ||
         is_one_of(text, {".nan", ".NaN", ".NAN"});
}

Json scalar_to_json(const YamlNode& scalar, MistakeList& mistakes) {
  const std::optional<Json> value = scalar_value(scalar);
  if (value) return *value;
  mistakes.add(scalar.place, "JSON has no number " + in_single_quotes(scalar.text) +
                                 "; put it in quotes to send it as a text");
  return nullptr;
}

Json map_to_json(const YamlNode& map, MistakeList& mistakes) {
  Json object = Json::object();
  if (map.entries.size() > max_json_keys) {
    mistakes.add(map.place, "a map with " + std::to_string(map.entries.size()) + " keys; at most " +
                                std::to_string(max_json_keys) + " are read");
    return object;
  }
  for (const YamlEntry& entry : map.entries)
    object.push_back({entry.key, to_json(entry.value, mistakes)});
  return object;
}

}  // namespace

std::optional<Json> scalar_value(const YamlNode& scalar) {
  const std::string_view text = scalar.text;
  if (!scalar.plain) return Json(scalar.text);
  if (is_one_of(text, {"true", "True", "TRUE"})) return Json(true);
  if (is_one_of(text, {"false", "False", "FALSE"})) return Json(false);
  if (is_not_finite(text)) return std::nullopt;
  if (text.starts_with("0x") && all_of(text.substr(2), "0123456789abcdefABCDEF"))
    return integer(text.substr(2), 16);
  if (text.starts_with("0o") && all_of(text.substr(2), "01234567"))
    return integer(text.substr(2), 8);
  if (is_decimal(text)) return decimal(text);
  return Json(scalar.text);
}

Json to_json(const YamlNode& node, MistakeList& mistakes) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      return nullptr;
    case YamlNode::Kind::scalar:
      return scalar_to_json(node, mistakes);
    case YamlNode::Kind::map:
      return map_to_json(node, mistakes);
    case YamlNode::Kind::sequence:
      break;
  }
  Json list = Json::array();
  for (const YamlNode& item : node.items) list.push_back(to_json(item, mistakes));
  return list;
}

std::string in_words(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::null:
      return "nothing";
    case YamlNode::Kind::sequence:
      return node.items.empty() ? "an empty list" : "a list";
    case YamlNode::Kind::map:
      return node.entries.empty() ? "an empty map" : "a map";
    case YamlNode::Kind::scalar:
      break;
  }
  const std::optional<Json> value = scalar_value(node);
  if (value && value->is_string()) return "the text " + in_single_quotes(node.text);
  if (value && value->is_boolean()) return node.text;
  return "the number " + std::string(beginning_of(node.text, 40));
}

std::string in_single_quotes(std::string_view text) {
  constexpr std::size_t shown = 60;
  const std::string_view beginning = beginning_of(text, shown);
  std::string result = "'";
  for (char byte : beginning) {
    if (byte == '\n')
      result += "\\n";
    else
      result += static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F ? '?' : byte;
  }
  return result + (beginning.size() < text.size() ? "…'" : "'");
}

}  // namespace assistants_mock::scenarios
