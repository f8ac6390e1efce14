#pragma once
// The model's part of a recorded conversation, taken from the steps that it lists: for runs whose
// code is too long to be written down once more.
#include <memory>
#include <vector>

#include "scenarios/scenario.h"
#include "tests/recordings/recording.h"

namespace assistants_mock::tests {

// One rule that answers every run. Each step lasts as long as it was recorded; of messages, whose
// texts such a recording does not have, only time and tokens are those recorded. Throws
// std::runtime_error when no answer lists steps.
std::shared_ptr<const scenarios::Scenario> script_of(const std::vector<Exchange>& recording);

}  // namespace assistants_mock::tests
