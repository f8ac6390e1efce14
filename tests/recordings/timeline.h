#pragma once
// When the exchanges of a recording happened, as exactly as the recording tells, so that the mock
// can be shown the same requests at the same moments.
//
// Dates of objects (created_at, started_at, …) are exact. The Date header only says when an answer
// had been made, which can be seconds after the state that it shows. So an exchange happened
//  - at the latest date that its answer is the first to tell (of a stream: its first event);
//  - when it tells no new date: at its Date header, but before the next date that a later answer
//    tells, because the answer does not know of it.
#include <vector>

#include "state_machine/instant.h"
#include "tests/recordings/recording.h"

namespace assistants_mock::tests {

// One moment for each exchange; they never go back. Throws std::runtime_error when an answer has no
// readable Date header.
std::vector<state_machine::Instant> moments_of(const std::vector<Exchange>& exchanges);

}  // namespace assistants_mock::tests
