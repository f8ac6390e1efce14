#pragma once
// The bytes of a scenario file: what every byte has to be before YAML is looked for, and which line
// and column a byte is in.
#include <cstddef>
#include <string_view>
#include <vector>

#include "scenarios/mistake_list.h"

namespace assistants_mock::scenarios {

// A longer file is not read.
inline constexpr std::size_t max_file_bytes = 1 << 20;

class SourceText {
 public:
  // Refers to `text`, which has to live as long. A byte order mark at its start is left out.
  explicit SourceText(std::string_view text);

  std::string_view text() const { return text_; }

  // True when the text is short enough and is UTF-8 without control characters other than tabs and
  // line ends; otherwise tells the first mistake.
  bool is_readable(MistakeList& mistakes) const;

  // Offsets count bytes from 0. A place outside the text is moved to its end.
  std::size_t offset_of(Place place) const;
  Place place_of(std::size_t offset) const;

 private:
  std::string_view text_;
  std::vector<std::size_t> line_starts_;
};

}  // namespace assistants_mock::scenarios
