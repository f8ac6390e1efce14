#pragma once
// Whether an answer says what the model expects of it (Expected in operation.h).
#include <string>

#include "tests/model/names.h"
#include "tests/model/operation.h"

namespace assistants_mock::tests::model {

// Where the answer is another first, and what was expected there; empty where it is as expected.
// Ids that are told for the first time are learnt.
std::string difference(const Json& expected, const Json& answer, Names& names,
                       const std::string& at = "");

}  // namespace assistants_mock::tests::model
