#pragma once
// Whole scenarios by chance, which shrink towards one that answers at once.
#include <rapidcheck.h>

#include "assistants_mock/case_profile.h"
#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

// What every case shrinks towards: one reply, at once.
Scenario simplest_scenario();

// Each can be written as YAML and read again. Shrinks by simpler_scenarios().
rc::Gen<Scenario> generated_scenario(CaseProfile profile, const ClientTraits& traits);

}  // namespace assistants_mock::scenarios
