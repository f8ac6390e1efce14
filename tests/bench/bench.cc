// ./dev bench: prints one table after the other. Ratios count, not absolute figures: the baselines
// run on the same machine in the same minute.
#include <cstdio>
#include <exception>

#include "tests/bench/benchmarks.h"

int main() {
  try {
    assistants_mock::bench::report_requests();
    assistants_mock::bench::report_conversations();
    assistants_mock::bench::report_life();
    assistants_mock::bench::report_program();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench: %s\n", error.what());
    return 1;
  }
}
