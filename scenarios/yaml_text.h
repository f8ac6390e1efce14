#pragma once
// Scalars and JSON as YAML that reads back as exactly the same.
#include <string>
#include <string_view>

#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

// A text in quotes: in single ones when it has backslashes or double quotes and is otherwise
// simple, as patterns do, else in double ones. `text` is UTF-8.
std::string yaml_text(std::string_view text);

// A word without quotes where it would stay that word, else in quotes.
std::string yaml_word(std::string_view word);

// "key:", or for a key too long for that form "? key" and a colon; `indent` is the column of both.
std::string yaml_key(std::string_view key, std::size_t indent);

// In one line: {city: "Oslo", days: [1, 2.5, null]}.
std::string yaml_flow(const Json& value);

}  // namespace assistants_mock::scenarios
