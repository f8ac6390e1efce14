#include "tests/fuzz/fuzz_targets.h"

#include <array>

namespace assistants_mock::tests {

std::span<const FuzzTarget> fuzz_targets() {
  static constexpr std::array targets{
      FuzzTarget{"request", check_request},   FuzzTarget{"api", check_api},
      FuzzTarget{"scenario", check_scenario}, FuzzTarget{"multipart", check_multipart},
      FuzzTarget{"text", check_text},
  };
  return targets;
}

}  // namespace assistants_mock::tests
