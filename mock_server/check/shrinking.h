#pragma once
// The least scenario that still breaks a rule: simpler ones are tried, the boldest first, and the
// first that breaks it too takes the place of the one before.
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "scenarios/scenario.h"

namespace assistants_mock::mock_server::check {

// The place of the first scenario that breaks the rule, of as many as it likes to try; and how many
// were tried.
struct Found {
  std::optional<std::size_t> place = {};
  std::size_t tried = 0;
};
using FindBroken = std::function<Found(const std::vector<scenarios::Scenario>&, std::size_t most)>;

struct Shrunk {
  scenarios::Scenario scenario;
  std::size_t tries = 0;
};

// Ends when nothing simpler breaks the rule, or after `most_tries`.
Shrunk shrink(scenarios::Scenario scenario, const FindBroken& find_broken, std::size_t most_tries);

}  // namespace assistants_mock::mock_server::check
