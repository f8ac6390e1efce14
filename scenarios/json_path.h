#pragma once
// One value out of a JSON text that a stranger wrote. Reads it as a stream of tokens and keeps only
// the value asked for, so that neither width nor depth of the rest costs memory or stack.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace assistants_mock::scenarios {

// A key of an object, or a place in an array counted from 0.
using JsonPathStep = std::variant<std::string_view, std::size_t>;

// ".key.sub[2]" as steps that point into `path`; nothing when it is not of that form.
std::optional<std::vector<JsonPathStep>> parse_json_path(std::string_view path);

// Texts that are longer, or nested deeper, are not looked into.
inline constexpr std::size_t max_json_bytes = 1 << 20;
inline constexpr std::size_t max_json_depth = 100;

// The value at `path`: a string without its quotes, anything else as compact JSON with keys in
// their order and numbers as they were written. Nothing when `text` is not JSON, is over a limit
// above, or has no such value. Of two equal keys the last counts.
std::optional<std::string> json_at(std::string_view text, const std::vector<JsonPathStep>& path);

}  // namespace assistants_mock::scenarios
