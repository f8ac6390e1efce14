#pragma once
// What a conversation showed of the client: what it declared, and what it asks.
#include "assistants_mock/case_profile.h"
#include "mock_server/check/observed_case.h"

namespace assistants_mock::mock_server::check {

// Of a conversation that went through; assistants of the scenario count as the client's.
ClientTraits traits_of(const ObservedCase& observed);

// Of a conversation in which the run hung: how long the client let it; 0 when it did not cancel.
std::chrono::milliseconds patience_in(const ObservedCase& observed);

}  // namespace assistants_mock::mock_server::check
