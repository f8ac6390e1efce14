#pragma once
// Simpler steps and faults: the parts of simpler_scenarios().
#include <chrono>
#include <cstddef>
#include <vector>

#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

// Stands for "forever" where lengths are compared.
inline constexpr Duration longest_wait = std::chrono::hours{24};

// Lengths that are rounder than `length` and no longer: around the deadline of a run, and small.
std::vector<Duration> shorter_waits(Duration length);

// Lists of steps that make sense one after another, if `steps` do: an open message or call is
// followed by an end, and texts refer to what an earlier step brought about.
std::vector<std::vector<Step>> simpler_steps(const std::vector<Step>& steps);

// Valid ones, if `fault` is.
std::vector<Fault> simpler_faults(const Fault& fault);

// Prefers what people meet first: a fault at the first time, with little to it.
std::size_t weight_of(const Fault& fault);

}  // namespace assistants_mock::scenarios
