// What libFuzzer calls with each input. Linked once for each target, whose name is
// ASSISTANTS_MOCK_FUZZ_TARGET.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

#include "tests/fuzz/fuzz_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace assistants_mock::tests;
  static const FuzzTarget& target = *std::ranges::find(
      fuzz_targets(), std::string_view(ASSISTANTS_MOCK_FUZZ_TARGET), &FuzzTarget::name);
  try {
    target.check({reinterpret_cast<const char*>(data), size});
  } catch (const std::exception& broken) {
    std::fprintf(stderr, "%s\n", broken.what());
    std::abort();
  }
  return 0;
}
