#include "mock_server/check/rule_settings.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "mock_server/check/rules.h"
#include "scenarios/yaml_reader.h"

namespace assistants_mock::mock_server::check {
namespace {

// Throws std::invalid_argument, which says what is wrong with it.
void read_setting(std::string_view name, std::string_view value, RuleSetting& setting) {
  const Rule& rule = rule_named(name);
  if (value == "off") {
    setting.off = true;
    return;
  }
  if (rule.info.unit.empty()) throw no_limit(rule);
  std::size_t limit = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), limit);
  if (error != std::errc() || end != value.data() + value.size() || limit > 1'000'000)
    throw std::invalid_argument("the rule '" + std::string(name) + "' takes off or a number of " +
                                std::string(rule.info.unit) + " up to 1000000, not '" +
                                std::string(value) + "'");
  setting.limit = limit;
}

std::string_view without_blanks(std::string_view word) {
  const std::size_t first = std::min(word.find_first_not_of(' '), word.size());
  return word.substr(first, word.find_last_not_of(' ') + 1 - first);
}

}  // namespace

RuleSettings read_rule_settings(std::string_view words) {
  RuleSettings settings;
  while (!words.empty()) {
    const std::size_t comma = std::min(words.find(','), words.size());
    const std::string_view word = without_blanks(words.substr(0, comma));
    words.remove_prefix(std::min(comma + 1, words.size()));
    const std::size_t sign = word.find('=');
    if (sign == std::string_view::npos)
      throw std::invalid_argument("rules are set as NAME=off or NAME=NUMBER, not '" +
                                  std::string(word) + "'");
    RuleSetting& setting = settings[std::string(word.substr(0, sign))];
    read_setting(word.substr(0, sign), word.substr(sign + 1), setting);
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
      for (const scenarios::YamlEntry& entry : root->entries) try {
          read_setting(entry.key, entry.value.text, settings[entry.key]);
        } catch (const std::invalid_argument& wrong) {
          mistakes.add(entry.value.place, wrong.what());
        }
  }
  if (!mistakes.is_empty()) throw scenarios::ScenarioError(mistakes.in_order());
  return settings;
}

}  // namespace assistants_mock::mock_server::check
