#pragma once
// What a scenario brings along: assistants, files and vector stores that are there before the first
// request.
#include "mock_server/api/world.h"

namespace assistants_mock::mock_server::api {

// Throws std::invalid_argument, naming the object and the reason, when a scenario seeds one that
// the API would refuse, or one that names files and stores which it does not seed.
void require_valid_seeds(const scenarios::Scenario& scenario);

// Adds what is not there yet. The scenario must have passed require_valid_seeds().
void add_seeds(World& world, const scenarios::Scenario& scenario);

}  // namespace assistants_mock::mock_server::api
