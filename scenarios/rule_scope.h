#pragma once
// What the readers of one rule share.
#include <cstddef>

#include "scenarios/mistake_list.h"
#include "scenarios/pattern_reader.h"
#include "scenarios/reference_check.h"

namespace assistants_mock::scenarios {

inline constexpr std::size_t max_rules = 1000;
inline constexpr std::size_t max_steps_of_rule = 1000;  // those of its when steps included
inline constexpr int max_when_depth = 8;                // when steps inside one another
inline constexpr std::size_t max_parts = 100;           // of one message
inline constexpr std::size_t max_calls = 128;           // of one step

struct RuleScope {
  MistakeList& mistakes;
  PatternReader& patterns;
  ReferenceCheck references;
  std::size_t steps = 0;
};

}  // namespace assistants_mock::scenarios
