#pragma once
// The language as a JSON Schema (draft-07), for editors that complete and check while one types:
//   # yaml-language-server: $schema=scenario.schema.json
// It knows keys and types. What only the parser can tell - names that nothing calls, patterns that
// do not compile, rules that are never asked - is not in it.
#include <string>

#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

Json scenario_schema();

// The same as a file's text.
std::string scenario_schema_text();

}  // namespace assistants_mock::scenarios
