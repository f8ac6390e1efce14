#pragma once
// What a scenario brings along: assistants, files and vector stores that are there before the first
// request.
#include "mock_server/api/world.h"

namespace assistants_mock::mock_server::api {

// Throws std::invalid_argument when a scenario seeds objects that the API would refuse, or that
// name files and stores which it does not seed: all of them, a line for each, with the reason.
void require_valid_seeds(const scenarios::Scenario& scenario);

// Adds what is not there yet. The scenario must have passed require_valid_seeds(). Throws
// store::DiskError before anything is changed.
void add_seeds(World& world, const scenarios::Scenario& scenario);

}  // namespace assistants_mock::mock_server::api
