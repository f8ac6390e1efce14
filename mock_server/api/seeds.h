#pragma once
// What a scenario brings along: assistants, files and vector stores that are there before the first
// request.
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "mock_server/api/world.h"

namespace assistants_mock::mock_server::api {

// Throws std::invalid_argument when a scenario seeds objects that the API would refuse, or that
// name files and stores which it does not seed: all of them, a line for each, with the reason.
void require_valid_seeds(const scenarios::Scenario& scenario);

// The content of seeded files, by their ids. Worlds that play the same scenario may share it.
using SeedContents = std::map<std::string, std::shared_ptr<const store::Blob>, std::less<>>;

// Writes it down. Throws store::DiskError.
SeedContents keep_seeds(store::BlobDirectory& blobs, const scenarios::Scenario& scenario);

// Adds what is not there yet, and lets ids and indexing follow the scenario from now on. The
// scenario must have passed require_valid_seeds(); the contents are its own.
void add_seeds(World& world, const scenarios::Scenario& scenario, const SeedContents& contents);

}  // namespace assistants_mock::mock_server::api
