#pragma once
// Lists of steps: what each step's verb is, and whether the steps make sense one after another.
#include <vector>

#include "scenarios/rule_scope.h"
#include "scenarios/scenario.h"
#include "scenarios/value_reader.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

// The steps under a rule's `do`. `depth` counts the when steps around them.
std::vector<Step> read_steps(const YamlNode& list, const Asked& asked, RuleScope& scope,
                             int depth = 0);

}  // namespace assistants_mock::scenarios
