#pragma once
// Where the mock is known to answer otherwise than the service did, each with its reason. What is
// not listed here fails the test of its recording, and so does what is listed and no longer occurs.
#include <string_view>
#include <vector>

#include "assistants_mock/wire_profile.h"

namespace assistants_mock::tests {

struct Difference {
  std::string_view name;
  // The findings that it explains, as line_of() writes them; a * stands for any text. Each of them
  // occurs somewhere.
  std::vector<std::string_view> where;
  std::string_view reason;
};

// What differs in answers of this profile.
const std::vector<Difference>& known_differences(mock_server::WireProfile profile);

// Whether `line` is of the form of `where`.
bool fits(std::string_view where, std::string_view line);

// The difference that explains this finding; null when none does.
const Difference* explanation_of(std::string_view line, mock_server::WireProfile profile);

}  // namespace assistants_mock::tests
