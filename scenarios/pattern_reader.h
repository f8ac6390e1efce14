#pragma once
// Patterns are compiled when a scenario is read, so that a broken one is a mistake in the file and
// no surprise in a run.
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "scenarios/mistake_list.h"
#include "scenarios/value_reader.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

inline constexpr std::size_t max_pattern_text_bytes = 4096;
// What all patterns of one scenario may come to, in RE2's instructions: about a second of work.
inline constexpr long max_pattern_instructions = 1'000'000;

// The groups of a pattern, by number from 1 and by name.
struct PatternGroups {
  int count = 0;
  std::set<std::string, std::less<>> names;
};

class PatternReader {
 public:
  explicit PatternReader(MistakeList& mistakes) : mistakes_(mistakes) {}

  // Nothing after it has added a mistake: no text, too long, or refused by RE2.
  std::optional<std::string> read(const YamlNode& node, const Asked& asked);

  // The groups of a pattern that read() gave.
  PatternGroups groups(const std::string& pattern) const;

 private:
  MistakeList& mistakes_;
  std::map<std::string, PatternGroups, std::less<>> read_;  // a pattern is compiled once
  long instructions_ = 0;
};

}  // namespace assistants_mock::scenarios
