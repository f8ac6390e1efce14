#pragma once
// Whether a fault can fire and says what happens: the same for a file and for what is laid on a
// running server.
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assistants_mock/fault.h"

namespace assistants_mock::scenarios {

struct FaultMistake {
  // Of the YAML: "on", "stream.nth" …; empty for the fault as a whole.
  std::string_view key;
  std::string what;
  std::optional<std::size_t> entry = {};  // of a map, such as headers: which of them, from 0
};

// Of bytes and events.
inline constexpr std::chrono::milliseconds longest_pause = std::chrono::seconds{1};
inline constexpr int largest_fault_number = 1'000'000'000;

// All that is wrong with it; empty when it is right.
std::vector<FaultMistake> mistakes_of(const Fault& fault);

// What is wrong with `after` or `nth` where nothing happens at any event.
std::string place_without_outcome(std::string_view key);

// The parts of that which rate limits have too.
std::string wrong_operation(std::string_view on);                        // empty: it is right
std::string wrong_parameter(std::string_view on, std::string_view per);  // empty: it is right

}  // namespace assistants_mock::scenarios
