#pragma once
// How scenarios shrink. RapidCheck's own shrinking takes elements away one by one and makes numbers
// smaller one by one; it stops where two things have to change at once, such as a wait that goes
// while another takes its length.
#include <cstddef>
#include <vector>

#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

// Scenarios that have less in them, the boldest first. All are of less weight_of() than `scenario`,
// so that shrinking ends, and right if `scenario` is: the parser would read them.
std::vector<Scenario> simpler_scenarios(const Scenario& scenario);

// How much there is in it to read: faults, rules and steps count more than the words in them.
std::size_t weight_of(const Scenario& scenario);

// Lines under do: and faults: when it is written as YAML, those inside one another included.
std::size_t lines_of(const Scenario& scenario);

}  // namespace assistants_mock::scenarios
