#pragma once
// What a conversation showed of the client: what it declared, and what it asks.
#include "assistants_mock/case_profile.h"
#include "mock_server/check/observed_case.h"

namespace assistants_mock::mock_server::check {

ClientTraits traits_of(const ObservedCase& observed);

}  // namespace assistants_mock::mock_server::check
