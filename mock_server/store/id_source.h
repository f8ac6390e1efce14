#pragma once
// Ids that look like the service's and follow from a seed alone: the same seed gives the same ids
// in the same order. Shapes: docs/wire/objects.md, "Ids".
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

#include "scenarios/scenario.h"

namespace assistants_mock::mock_server::store {

class IdSource {
 public:
  explicit IdSource(std::uint64_t seed);

  // Ids that are made from now on are of these letters: unusual ones have a '-' and a '_' each, at
  // places that the seed says too, between letters or digits.
  void use(scenarios::IdLetters letters) { letters_ = letters; }

  // `prefix` and 24 letters and digits: "run_" gives run_s1X8yAjuUBlwhGrqiahzfnH7. Those of files
  // have 22.
  std::string next(std::string_view prefix, std::size_t length = 24);

  // `prefix` and 32 lower-case hexadecimal digits: req_…, vs_….
  std::string next_hex(std::string_view prefix);

 private:
  std::string spell(std::string_view prefix, std::string_view alphabet, std::size_t length);

  std::mt19937_64 chance_;
  scenarios::IdLetters letters_ = scenarios::IdLetters::usual;
};

// A seed for one of many sources that share `seed`, told apart by `name`.
std::uint64_t seed_for(std::uint64_t seed, std::string_view name);

}  // namespace assistants_mock::mock_server::store
