#pragma once
// Faults and rate limits, as a scenario has them.
#include <vector>

#include "scenarios/mistake_list.h"
#include "scenarios/scenario.h"
#include "scenarios/value_reader.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

std::vector<Fault> read_faults(const YamlNode& node, const Asked& asked, MistakeList& mistakes);

// One fault, as it is laid on a running server.
Fault read_fault(const YamlNode& node, MistakeList& mistakes);

std::vector<RateLimit> read_rate_limits(const YamlNode& node, const Asked& asked,
                                        MistakeList& mistakes);

}  // namespace assistants_mock::scenarios
