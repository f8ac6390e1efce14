#pragma once
// The commands that read scenarios and serve nothing. Each returns the exit status: 0, or 2 when a
// scenario is wrong; mistakes go to standard error, one line each.
#include <string>
#include <vector>

#include "scenarios/rule_matching.h"

namespace assistants_mock::cli {

// `validate FILE…`: says of each whether it is right.
int validate(const std::vector<std::string>& files);

// `list [WORD]`: the shipped scenarios by folder, or those that have the word in their name,
// folder, lesson or the mistake that they reveal, in upper or lower case.
int list(const std::string& word);

// `explain FILE`: which rule would answer such a run and why, and what would happen.
int explain(const std::string& scenario, const scenarios::RunQuestion& question, int asked_before);

// `schema`: the JSON Schema of scenario files, for editors.
int schema();

}  // namespace assistants_mock::cli
