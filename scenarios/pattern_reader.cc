// Compiles patterns as rule matching does, and keeps what their groups are called.
#include "scenarios/pattern_reader.h"

#include <re2/re2.h>

#include "scenarios/pattern.h"
#include "scenarios/yaml_values.h"

namespace assistants_mock::scenarios {

std::optional<std::string> PatternReader::read(const YamlNode& node, const Asked& asked) {
  const std::optional<std::string> text = read_text(node, asked, mistakes_, max_pattern_text_bytes);
  if (!text || read_.contains(*text)) return text;
  if (instructions_ > max_pattern_instructions) {
    mistakes_.add(node.place, "the patterns of this scenario are together too large");
    return std::nullopt;
  }
  const re2::RE2 pattern(*text, pattern_options());
  if (!pattern.ok()) {
    mistakes_.add(node.place, asked.name + " needs a pattern that RE2 can read, found " +
                                  in_single_quotes(*text) + "; RE2 says: " + pattern.error());
    return std::nullopt;
  }
  instructions_ += pattern.ProgramSize();
  PatternGroups& groups = read_[*text];
  groups.count = pattern.NumberOfCapturingGroups();
  for (const auto& [name, number] : pattern.NamedCapturingGroups()) groups.names.insert(name);
  return text;
}

PatternGroups PatternReader::groups(const std::string& pattern) const {
  const auto found = read_.find(pattern);
  return found == read_.end() ? PatternGroups{} : found->second;
}

}  // namespace assistants_mock::scenarios
