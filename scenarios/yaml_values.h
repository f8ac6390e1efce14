#pragma once
// What plain scalars mean: the core schema of YAML 1.2, in which yes is a text and 017 is
// seventeen. yaml-cpp's own conversions follow YAML 1.1 in part and are not used.
#include <cstddef>
#include <optional>
#include <string>

#include "scenarios/mistake_list.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

// Ordered JSON finds a key by looking through all of them.
inline constexpr std::size_t max_json_keys = 1000;

// The scalar as JSON: a string when it was quoted or is none of the others. Nothing when it is a
// number that JSON cannot hold.
std::optional<Json> scalar_value(const YamlNode& scalar);

// The tree as JSON, keys in their order. Numbers that JSON cannot hold and maps of more than
// max_json_keys are mistakes.
Json to_json(const YamlNode& node, MistakeList& mistakes);

// How messages name a value: "a list", "nothing", "the number 5", "the text 'abc'".
std::string in_words(const YamlNode& node);

// `text` in single quotes, shortened, control characters made visible.
std::string in_single_quotes(std::string_view text);

}  // namespace assistants_mock::scenarios
