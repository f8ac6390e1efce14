#pragma once
// What a fuzz target reports when an input makes the code break its word.
#include <stdexcept>
#include <string>

namespace assistants_mock::tests {

class BrokenContract : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Throws BrokenContract, saying `broken`, unless it was kept.
inline void require(bool kept, const std::string& broken) {
  if (!kept) throw BrokenContract(broken);
}

}  // namespace assistants_mock::tests
