#pragma once
// The rows of docs/wire/errors.md that the model tells, in the words of that page.
#include <string>
#include <vector>

#include "tests/model/operation.h"

namespace assistants_mock::tests::model {

// `values` take the places {0}, {1} … of the row's message and parameter.
Expected refused(const std::string& row, const std::vector<std::string>& values = {});

// All rows that the model knows.
std::vector<std::string> known_refusals();

}  // namespace assistants_mock::tests::model
