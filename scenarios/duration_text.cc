// Reads and writes lengths of time in whole numbers only, so that 0.1s is exactly 100 ms.
#include "scenarios/duration_text.h"

#include <array>
#include <cstddef>

namespace assistants_mock::scenarios {

using state_machine::Duration;

namespace {

struct Unit {
  std::string_view name;
  long long milliseconds;
};
// Largest first, as duration_text() wants them.
constexpr std::array<Unit, 4> units = {{{"h", 3'600'000}, {"min", 60'000}, {"s", 1000}, {"ms", 1}}};

constexpr std::string_view digits = "0123456789";
// More digits than these are either too long or too fine for any unit.
constexpr std::size_t most_digits = 9;

long long number_of(std::string_view text) {
  long long number = 0;
  for (char digit : text) number = number * 10 + (digit - '0');
  return number;
}

struct Parts {
  std::string_view whole;
  std::string_view fraction;
  std::string_view unit;
};

// "1.5s" as "1", "5", "s". No part is checked but that the digits are digits.
Parts take_apart(std::string_view text) {
  Parts parts;
  parts.whole = text.substr(0, text.find_first_not_of(digits));
  text.remove_prefix(parts.whole.size());
  if (!text.empty() && text.front() == '.') {
    const std::string_view after = text.substr(1);
    parts.fraction = after.substr(0, after.find_first_not_of(digits));
    if (!parts.fraction.empty()) text = after.substr(parts.fraction.size());
  }
  parts.unit = text;
  return parts;
}

const Unit* unit_named(std::string_view name) {
  for (const Unit& unit : units)
    if (unit.name == name) return &unit;
  return nullptr;
}

std::string too_long() {
  return "at most " + duration_text(longest_duration) + " is possible";
}

std::variant<Duration, std::string> length_of(const Parts& parts, const Unit& unit) {
  if (parts.whole.size() > most_digits) return too_long();
  if (parts.fraction.size() > most_digits) return "nothing finer than 1ms is possible";
  long long scale = 1;
  for (std::size_t digit = 0; digit < parts.fraction.size(); ++digit) scale *= 10;
  const long long part = number_of(parts.fraction) * unit.milliseconds;
  if (part % scale != 0) return "nothing finer than 1ms is possible";
  const Duration length{number_of(parts.whole) * unit.milliseconds + part / scale};
  if (length > longest_duration) return too_long();
  return length;
}

}  // namespace

std::variant<Duration, std::string> parse_duration(std::string_view text) {
  if (text == "0") return Duration{0};
  const Parts parts = take_apart(text);
  if (parts.whole.empty()) return "a duration begins with a digit";
  if (parts.unit.empty())
    return "a unit is missing: did you mean " + std::string(text) + "s or " + std::string(text) +
           "ms?";
  const Unit* unit = unit_named(parts.unit);
  if (unit == nullptr) return "the units are ms, s, min and h";
  return length_of(parts, *unit);
}

std::string duration_text(Duration length) {
  for (const Unit& unit : units)
    if (length.count() % unit.milliseconds == 0 && (length.count() != 0 || unit.name == "s"))
      return std::to_string(length.count() / unit.milliseconds) + std::string(unit.name);
  return std::to_string(length.count()) + "ms";
}

}  // namespace assistants_mock::scenarios
