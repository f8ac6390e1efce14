#pragma once
// What happens in one run, by chance: how long it waits, what it calls, what it says, how it ends.
#include "assistants_mock/case_profile.h"
#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

// For rc::gen::exec. Replies are numbered on from `replies`, so that no two of a scenario have the
// same text. The rule has no criteria.
Rule pick_run(CaseProfile profile, const ClientTraits& traits, int& replies);

}  // namespace assistants_mock::scenarios
