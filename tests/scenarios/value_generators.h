#pragma once
// Single values of scenarios, for RapidCheck: texts that readers stumble over, templates, JSON,
// patterns. The pick_ functions draw one and may be called inside a property or rc::gen::exec.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/duration_text.h"
#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

inline int pick_number(int least, int most) {
  return *rc::gen::inRange(least, most + 1);
}
inline bool pick_truth() {
  return *rc::gen::arbitrary<bool>();
}
inline bool pick_rarely() {
  return pick_number(0, 4) == 0;
}

template <class Value>
Value pick_one_of(const std::vector<Value>& values) {
  return *rc::gen::elementOf(values);
}

// What YAML readers and editors stumble over.
inline const std::vector<std::string>& odd_pieces() {
  using namespace std::string_literals;
  static const std::vector<std::string> pieces = {
      "word",   "true",   "null",   "~",      "yes",    "123",    "0x1F",       "1e3",
      "017",    ".inf",   " ",      "  ",     "\n",     "\n\n",   "\t",         "\r\n",
      "\r",     "\"",     "'",      "''",     "\\",     "\\n",    ": ",         ":",
      " #",     "#",      "- ",     "---",    "...",    "? ",     "{",          "}",
      "[",      "]",      ",",      "*a",     "&a",     "!t",     "|",          ">",
      "%",      "@",      "`",      "<<",     "$",      "$$",     "\0"s,        "\x01",
      "\x04",   "\x1B",   "\x7F",   "é",      "漢字",   "😀",      "\u0085",     "\u00A0",
      "\u200B", "\u2028", "\u2029", "\uFEFF", "\uFFFD", "\uFFFF", "\U0010FFFF", "e\u0301"};
  return pieces;
}

// Has no reference in it.
inline std::string pick_text() {
  std::string text;
  const int pieces = pick_number(0, 6);
  for (int piece = 0; piece < pieces; ++piece) text += pick_one_of(odd_pieces());
  for (std::size_t at = text.find("${"); at != text.npos; at = text.find("${")) text.erase(at, 1);
  return text;
}

inline std::string pick_name(std::string_view more, int most) {
  static constexpr std::string_view letters = "abcXYZ019_-";
  std::string name;
  const std::string from = std::string(letters) + std::string(more);
  const int length = pick_number(1, most);
  for (int letter = 0; letter < length; ++letter)
    name += from[static_cast<std::size_t>(pick_number(0, static_cast<int>(from.size()) - 1))];
  return name;
}

inline Duration pick_duration() {
  const std::vector<long long> usual = {0, 1, 999, 1000, 1500, 60'000, 3'600'000};
  if (pick_truth()) return Duration{pick_one_of(usual)};
  return Duration{*rc::gen::inRange<long long>(0, longest_duration.count() + 1)};
}

// What a rule's texts can refer to, as the rule goes on.
struct KnownNames {
  std::vector<std::string> references = {"message",   "model",        "instructions",
                                         "times",     "assistant.id", "assistant.name",
                                         "thread.id", "run.id",       "metadata.a key"};
  std::vector<std::string> functions = {};
  std::vector<std::string> files = {};  // that code made
};

inline std::string pick_template(const KnownNames& names) {
  std::string text;
  const int pieces = pick_number(0, 3);
  for (int piece = 0; piece < pieces; ++piece) {
    text += pick_text();
    if (text.ends_with('$')) text += ' ';
    text += pick_rarely() ? "$${" : "${" + pick_one_of(names.references) + "}";
  }
  return text + (text.ends_with('$') ? " " : "") + pick_text();
}

inline Json pick_json(const KnownNames& names, int depth);

inline Json pick_object(const KnownNames& names, int depth) {
  Json object = Json::object();
  const int keys = pick_number(0, 3);
  for (int key = 0; key < keys; ++key) {
    std::string name = pick_truth() ? pick_name(".", 5) : pick_text();
    if (pick_number(0, 30) == 0) name += std::string(1100, 'k');
    object[name] = pick_json(names, depth - 1);
  }
  return object;
}

inline Json pick_array(const KnownNames& names, int depth) {
  Json array = Json::array();
  const int values = pick_number(0, 3);
  for (int value = 0; value < values; ++value) array.push_back(pick_json(names, depth - 1));
  return array;
}

inline double pick_decimal() {
  const std::vector<double> usual = {0.0, -0.0, 0.1, 1.0, 1e300, 5e-324, -2.5, 1e15, 123456789.0};
  if (pick_truth()) return pick_one_of(usual);
  const double number = *rc::gen::arbitrary<double>();
  return std::isfinite(number) ? number : 0.5;
}

inline Json pick_json(const KnownNames& names, int depth) {
  switch (pick_number(0, depth > 0 ? 7 : 5)) {
    case 0:
      return nullptr;
    case 1:
      return pick_truth();
    case 2:
      return *rc::gen::arbitrary<std::int64_t>();
    case 3:
      return *rc::gen::arbitrary<std::uint64_t>();
    case 4:
      return pick_decimal();
    case 5:
      return pick_template(names);
    case 6:
      return pick_array(names, depth);
    default:
      return pick_object(names, depth);
  }
}

// A pattern with the names of its groups.
struct PickedPattern {
  std::string text;
  std::vector<std::string> groups;
};
inline PickedPattern pick_pattern() {
  static const std::vector<PickedPattern> patterns = {
      {"", {}},
      {"hello", {}},
      {R"((?i)weather in (?P<city>[\w ]+))", {"0", "1", "city"}},
      {R"(^"quoted" it's (\d+)\.(\d+)$)", {"0", "1", "2"}},
      {"one\ntwo", {}},
      {"[é漢]|\\x{1F600}", {}},
      {"123", {}},
      {"null", {}},
      {": #", {}}};
  return patterns[static_cast<std::size_t>(pick_number(0, static_cast<int>(patterns.size()) - 1))];
}

}  // namespace assistants_mock::scenarios
