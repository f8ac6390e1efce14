#pragma once
// Arguments of function calls, made by the function's own JSON Schema.
#include <string>
#include <variant>

#include "assistants_mock/case_profile.h"
#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

// For rc::gen::exec. What a model writes for such a schema; beyond gentle, now and then what is no
// JSON, is no object, or lacks what the schema requires.
std::variant<std::string, Json> pick_arguments(const DeclaredFunction& function,
                                               CaseProfile profile);

}  // namespace assistants_mock::scenarios
