#pragma once
// One map of a scenario file, read by its section of the field table.
#include <string_view>

#include "scenarios/field_table.h"
#include "scenarios/mistake_list.h"
#include "scenarios/value_reader.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

class FieldReader {
 public:
  // Adds a mistake when `node` is no map, for each key that the section does not have, and for each
  // that it needs and that is missing.
  FieldReader(Section section, const YamlNode& node, MistakeList& mistakes);

  // Each gives nothing when the key is absent, or after it has added a mistake. A key that the
  // table does not have for this section is a fault of the caller.
  std::optional<std::string> text(std::string_view key,
                                  std::size_t most_bytes = max_text_bytes) const;
  // Of what failed: any text of 1 to 100 bytes.
  std::optional<std::string> error_code(std::string_view key) const;
  std::optional<std::string> word(std::string_view key,
                                  std::span<const std::string_view> words) const;
  std::optional<Duration> duration(std::string_view key) const;
  std::optional<int> integer(std::string_view key, int least, int most) const;
  std::optional<bool> truth(std::string_view key) const;

  // The value as it was written.
  const YamlNode* find(std::string_view key) const;
  Asked asked_for(std::string_view key) const;

 private:
  Section section_;
  const YamlNode& node_;
  MistakeList& mistakes_;
};

// Adds that `key` is none of the section's, with the one that was probably meant.
void add_unknown_key(const YamlEntry& entry, std::string_view title,
                     std::span<const std::string_view> keys, MistakeList& mistakes);

}  // namespace assistants_mock::scenarios
