#pragma once
// Calls of the tools that the service itself runs: code_interpreter and file_search.
#include "scenarios/rule_scope.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

CodeRun read_code_run(const YamlNode& node, RuleScope& scope);

// Nothing is a search for the user's message.
FileSearch read_file_search(const YamlNode& node, RuleScope& scope);

}  // namespace assistants_mock::scenarios
