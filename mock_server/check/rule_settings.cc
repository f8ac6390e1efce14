#include "mock_server/check/rule_settings.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <vector>

#include "mock_server/check/rules.h"
#include "scenarios/nearest_word.h"
#include "scenarios/yaml_reader.h"

namespace assistants_mock::mock_server::check {
namespace {

// What is wrong with it; empty when `setting` was set.
std::string read_setting(std::string_view name, std::string_view value, RuleSetting& setting) {
  std::vector<std::string_view> names;
  for (const Rule& rule : rules()) names.push_back(rule.info.name);
  const auto found = std::ranges::find(names, name);
  if (found == names.end())
    return "there is no rule '" + std::string(name) + "'" + scenarios::did_you_mean(name, names);
  if (value == "off") {
    setting.off = true;
    return {};
  }
  const RuleInfo& rule = rules()[static_cast<std::size_t>(found - names.begin())].info;
  if (rule.unit.empty())
    return "the rule '" + std::string(name) + "' has no limit; it can be off, and nothing else";
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), limit);
  if (error != std::errc() || end != value.data() + value.size() || limit > 1'000'000)
    return "the rule '" + std::string(name) + "' takes off or a number of " +
           std::string(rule.unit) + " up to 1000000, not '" + std::string(value) + "'";
  setting.limit = limit;
  return {};
}

}  // namespace

RuleSettings read_rule_settings(std::string_view words) {
  RuleSettings settings;
  while (!words.empty()) {
    const std::size_t comma = std::min(words.find(','), words.size());
    const std::string_view word = words.substr(0, comma);
    words.remove_prefix(std::min(comma + 1, words.size()));
    const std::size_t sign = word.find('=');
    if (sign == std::string_view::npos)
      throw std::invalid_argument("rules are set as NAME=off or NAME=NUMBER, not '" +
                                  std::string(word) + "'");
    RuleSetting& setting = settings[std::string(word.substr(0, sign))];
    const std::string wrong = read_setting(word.substr(0, sign), word.substr(sign + 1), setting);
    if (!wrong.empty()) throw std::invalid_argument(wrong);
  }
  return settings;
}

RuleSettings read_rule_file(std::string_view yaml, std::string_view file) {
  RuleSettings settings;
  scenarios::MistakeList mistakes(file);
  const scenarios::SourceText source(yaml);
  if (source.is_readable(mistakes)) {
    const auto root = read_yaml(source, mistakes);
    if (root && !root->is_map() && mistakes.is_empty())
      mistakes.add(root->place, "a file of rules is a map such as {polling.hasty: off}");
    if (root)
      for (const scenarios::YamlEntry& entry : root->entries) {
        const std::string wrong = read_setting(entry.key, entry.value.text, settings[entry.key]);
        if (!wrong.empty()) mistakes.add(entry.value.place, wrong);
      }
  }
  if (!mistakes.is_empty()) throw scenarios::ScenarioError(mistakes.in_order());
  return settings;
}

}  // namespace assistants_mock::mock_server::check
