#pragma once
// Sequences of commands by RapidCheck, each on a fresh world, and what became of them.
#include <cstdint>
#include <string>
#include <vector>

#include "tests/model/checked_api.h"

namespace assistants_mock::tests::model {

// A command: an operation, and the chance that says what is asked of it.
struct Choice {
  const Operation* operation = nullptr;
  Choices choices = {};
};
using Sequence = std::vector<Choice>;

// As lines "createRun 0 3 1", the noughts at their end left out; and read again.
std::string written(const Sequence& sequence);
Sequence read_sequence(const std::string& text);

struct Checked {
  Tally tally = {};
  std::uint64_t seed = 0;
  Sequence shrunk = {};         // that diverges; empty when none does
  std::string transcript = {};  // of it
  std::string trouble = {};     // of RapidCheck itself
};

struct Plan {
  int sequences = 100;
  int longest = 200;       // commands
  std::uint64_t part = 0;  // of several that share a seed, and have sequences of their own
  CheckedApi::Answered model = answered;
};

// The seed is that of RC_PARAMS=seed=…, or RapidCheck's own.
Checked check_sequences(const Plan& plan);

// Commands of one sequence, drawn on their own.
Sequence drawn_sequence(std::uint64_t seed, std::size_t length);

}  // namespace assistants_mock::tests::model
