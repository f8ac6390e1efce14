#pragma once
// Assistants that a scenario brings along: checked as POST /assistants would check them, so that
// the file's author sees at once what the API would have refused.
#include <vector>

#include "scenarios/mistake_list.h"
#include "scenarios/scenario.h"
#include "scenarios/value_reader.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

std::vector<SeededAssistant> read_assistants(const YamlNode& list, const Asked& asked,
                                             MistakeList& mistakes);

}  // namespace assistants_mock::scenarios
