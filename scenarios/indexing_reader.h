#pragma once
// How vector stores index their files, as a scenario has it.
#include "scenarios/mistake_list.h"
#include "scenarios/pattern_reader.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

Indexing read_indexing(const YamlNode& node, PatternReader& patterns, MistakeList& mistakes);

}  // namespace assistants_mock::scenarios
