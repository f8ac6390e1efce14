#pragma once
// What goes wrong with requests, by chance: which request it is, and what becomes of it.
#include <vector>

#include "assistants_mock/case_profile.h"
#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

// For rc::gen::exec. None for gentle. Each has a request that those before it leave to it.
std::vector<Fault> pick_faults(CaseProfile profile, const ClientTraits& traits);

}  // namespace assistants_mock::scenarios
