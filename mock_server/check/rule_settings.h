#pragma once
// Rules switched off or tuned, as people write it: on the command line or in a file.
#include <map>
#include <string>
#include <string_view>

#include "assistants_mock/check_client.h"

namespace assistants_mock::mock_server::check {

using RuleSettings = std::map<std::string, RuleSetting>;

// "polling.hasty=off,polling.after_end=5". Throws std::invalid_argument, which says what would do.
RuleSettings read_rule_settings(std::string_view words);

// YAML, a line for each rule:
//   polling.hasty: off
//   polling.after_end: 5
// Throws scenarios::ScenarioError with the file, line and column of each mistake.
RuleSettings read_rule_file(std::string_view yaml, std::string_view file);

}  // namespace assistants_mock::mock_server::check
