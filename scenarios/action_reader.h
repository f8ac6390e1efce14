#pragma once
// What one step does, by its verb. Every function gives a value even after a mistake; it is then of
// no use but for reading on.
#include "scenarios/rule_scope.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

Wait read_wait(const YamlNode& step, RuleScope& scope);
Say read_say(const YamlNode& step, RuleScope& scope);
Call read_call(const YamlNode& step, RuleScope& scope);
Fail read_fail(const YamlNode& step, RuleScope& scope);
Incomplete read_incomplete(const YamlNode& step, RuleScope& scope);
Hang read_hang(const YamlNode& step, RuleScope& scope);

// A text that may have references in it.
std::string read_template(const YamlNode& node, const Asked& asked, RuleScope& scope);

}  // namespace assistants_mock::scenarios
