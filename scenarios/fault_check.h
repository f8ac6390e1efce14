#pragma once
// Whether a fault can fire and says what happens: the same for a file and for what is laid on a
// running server.
#include <string>
#include <string_view>
#include <vector>

#include "assistants_mock/fault.h"

namespace assistants_mock::scenarios {

struct FaultMistake {
  std::string_view key;  // of the YAML: "on", "times" …; empty for the fault as a whole
  std::string what;
};

// All that is wrong with it; empty when it is right.
std::vector<FaultMistake> mistakes_of(const Fault& fault);

// The parts of that which rate limits have too.
std::string wrong_operation(std::string_view on);                        // empty: it is right
std::string wrong_parameter(std::string_view on, std::string_view per);  // empty: it is right

}  // namespace assistants_mock::scenarios
