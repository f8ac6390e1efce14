#pragma once
// `times: 2`, `times: [1, 3+]`.
#include <cstddef>
#include <optional>

#include "assistants_mock/times.h"
#include "scenarios/mistake_list.h"
#include "scenarios/value_reader.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

inline constexpr std::size_t max_times = 1000;
inline constexpr int largest_time = 1'000'000;

std::optional<Times> read_times(const YamlNode& node, const Asked& asked, MistakeList& mistakes);

}  // namespace assistants_mock::scenarios
