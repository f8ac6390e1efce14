#pragma once
// A Scenario as the YAML that a person would have written: for scenarios that were made in code, or
// found by a search.
#include <string>

#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

// parse_scenario(to_yaml(scenario), …) is `scenario` again, if it is one that YAML can say at all:
// one that the parser would not refuse.
std::string to_yaml(const Scenario& scenario);

}  // namespace assistants_mock::scenarios
