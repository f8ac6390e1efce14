#pragma once
// Single values out of the tree, each with the sentence that says what would have done.
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/field_table.h"
#include "scenarios/mistake_list.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

// Room for the longest message that the API takes.
inline constexpr std::size_t max_text_bytes = 256 << 10;

// What a value is read for: "'wait'" needs "a duration such as …".
struct Asked {
  std::string name;
  Value value;
};
Asked asked(const Field& field);

// "'wait' needs a duration such as …, found the text 'soon'" and whatever `more` adds.
void add_needed(const YamlNode& found, const Asked& asked, MistakeList& mistakes,
                std::string_view more = "");

// Each of these gives nothing after it has added a mistake.

// What looks like a number or a truth value is no text unless it is in quotes.
std::optional<std::string> read_text(const YamlNode& node, const Asked& asked,
                                     MistakeList& mistakes,
                                     std::size_t most_bytes = max_text_bytes);
// One of `words`.
std::optional<std::string> read_word(const YamlNode& node, const Asked& asked,
                                     std::span<const std::string_view> words,
                                     MistakeList& mistakes);
// A text of 1 to `most` letters, digits, '_', '-' and those of `more`.
std::optional<std::string> read_name(const YamlNode& node, const Asked& asked,
                                     std::string_view more, std::size_t most,
                                     MistakeList& mistakes);
std::optional<Duration> read_duration(const YamlNode& node, const Asked& asked,
                                      MistakeList& mistakes);
// Nothing for `forever`, too.
std::optional<Duration> read_duration_or_forever(const YamlNode& node, const Asked& asked,
                                                 MistakeList& mistakes);
std::optional<int> read_integer(const YamlNode& node, const Asked& asked, int least, int most,
                                MistakeList& mistakes);
// A number from 0 to `most`, as it was written.
std::optional<Json> read_number(const YamlNode& node, const Asked& asked, double most,
                                MistakeList& mistakes);
std::optional<bool> read_truth(const YamlNode& node, const Asked& asked, MistakeList& mistakes);

// True when `node` is a list, or a map, of `least` to `most` values.
bool is_list(const YamlNode& node, const Asked& asked, std::size_t least, std::size_t most,
             MistakeList& mistakes);
bool is_map(const YamlNode& node, const Asked& asked, std::size_t least, std::size_t most,
            MistakeList& mistakes);

}  // namespace assistants_mock::scenarios
