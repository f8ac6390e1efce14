#pragma once
// Everything that is wrong with one scenario text, gathered while it is read, so that a tester sees
// all of it at once.
#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "assistants_mock/scenario_book.h"

namespace assistants_mock::scenarios {

// A place in a text. Lines and columns count from 1, columns in bytes.
struct Place {
  int line = 1;
  int column = 1;
  auto operator<=>(const Place&) const = default;
};

class MistakeList {
 public:
  // A text can hold as many mistakes as bytes. Once this many are on the list it takes no more, and
  // nobody needs to look for more.
  static constexpr std::size_t most_told = 100;

  // `file` is how the mistakes name the text.
  explicit MistakeList(std::string_view file);

  void add(Place place, std::string what);

  std::size_t size() const { return told_.size(); }
  bool is_empty() const { return told_.empty(); }
  bool is_full() const { return told_.size() == most_told; }

  // In the order of their places; two at one place in the order they were added.
  std::vector<Mistake> in_order() const;

 private:
  std::string file_;
  std::vector<Mistake> told_;
};

}  // namespace assistants_mock::scenarios
