#pragma once
// The rules of a scenario, and whether each of them can ever answer.
#include <vector>

#include "scenarios/mistake_list.h"
#include "scenarios/pattern_reader.h"
#include "scenarios/scenario.h"
#include "scenarios/source_text.h"
#include "scenarios/value_reader.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

std::vector<Rule> read_rules(const YamlNode& list, const Asked& asked, const SourceText& source,
                             PatternReader& patterns, MistakeList& mistakes);

}  // namespace assistants_mock::scenarios
