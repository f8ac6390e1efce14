#pragma once
// How every pattern of a scenario is read: RE2, searched for anywhere in a value, its cost bounded.
#include <re2/re2.h>

namespace assistants_mock::scenarios {

// What a compiled pattern and its cache may take. A pattern that needs more does not compile, and
// RE2 says so. Matching takes time linear in the value, whatever the pattern.
inline constexpr int max_pattern_bytes = 4 << 20;

inline re2::RE2::Options pattern_options() {
  re2::RE2::Options options;
  options.set_max_mem(max_pattern_bytes);
  options.set_log_errors(false);
  return options;
}

}  // namespace assistants_mock::scenarios
