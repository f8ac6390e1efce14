#include "scenarios/times_reader.h"

#include "scenarios/yaml_values.h"

namespace assistants_mock::scenarios {

namespace {

// One entry of `times`: 2, or 3+.
struct Time {
  int number = 0;
  bool and_on = false;
};

std::optional<Time> read_time(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  if (!node.is_scalar() || !node.text.ends_with('+') || node.text.size() < 2) {
    const std::optional<int> number = read_integer(node, asked, 1, largest_time, mistakes);
    if (!number) return std::nullopt;
    return Time{*number, false};
  }
  YamlNode number = node;
  number.text.pop_back();
  number.plain = true;
  const std::optional<Json> value = scalar_value(number);
  if (value && value->is_number_integer() && *value >= 1 && *value <= largest_time)
    return Time{value->get<int>(), true};
  add_needed(node, asked, mistakes);
  return std::nullopt;
}

}  // namespace

std::optional<Times> read_times(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  Times times;
  int last = 0;
  const auto add = [&](const YamlNode& item) {
    const std::optional<Time> time = read_time(item, asked, mistakes);
    if (!time) return;
    if (time->number <= last || times.from_then_on)
      mistakes.add(item.place, "'times' has to rise, with '+' at its last number only");
    last = time->number;
    if (time->and_on)
      times.from_then_on = time->number;
    else
      times.listed.push_back(time->number);
  };
  if (!node.is_sequence())
    add(node);
  else if (is_list(node, asked, 1, max_times, mistakes))
    for (const YamlNode& item : node.items) add(item);
  return times;
}

}  // namespace assistants_mock::scenarios
