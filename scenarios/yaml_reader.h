#pragma once
// YAML text to a tree, and nothing let through that YAML readers usually let through in silence: a
// key given twice, a second document, merge keys, tags, a quote that never closes, aliases that
// grow beyond all bounds. Alone includes yaml-cpp.
#include <cstddef>
#include <optional>

#include "scenarios/mistake_list.h"
#include "scenarios/source_text.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

// Lists and maps inside one another. Far deeper than any script that a person could follow.
inline constexpr std::size_t max_yaml_depth = 64;
// Values, and bytes in them, once every alias is filled in.
inline constexpr std::size_t max_yaml_nodes = 100'000;
inline constexpr std::size_t max_yaml_bytes = 4 << 20;

// The tree of `source`; nothing when it is no YAML at all or over a limit. Everything wrong is
// added to `mistakes`; what can be read in spite of a mistake is in the tree.
std::optional<YamlNode> read_yaml(const SourceText& source, MistakeList& mistakes);

}  // namespace assistants_mock::scenarios
