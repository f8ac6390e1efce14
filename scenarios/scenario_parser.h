#pragma once
// YAML text to a Scenario, or everything that is wrong with it.
#include <string_view>

#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

// `file` is how mistakes name the text; a scenario without a name of its own is called like the
// file without its folder and ending. Throws ScenarioError. Whatever the text, it comes back in
// about a second at most and uses a few dozen megabytes.
Scenario parse_scenario(std::string_view yaml, std::string_view file);

// One entry of `faults`, as YAML or JSON. Throws ScenarioError.
Fault parse_fault(std::string_view yaml);

}  // namespace assistants_mock::scenarios
