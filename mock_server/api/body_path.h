#pragma once
// Where in a body a value is: a chain on the stack, written out only when something is refused.
#include <cstddef>
#include <string>
#include <string_view>

namespace assistants_mock::mock_server::api {

struct BodyPath {
  static constexpr std::size_t no_item = static_cast<std::size_t>(-1);

  const BodyPath* parent = nullptr;  // none: the body itself
  std::string_view key = {};
  std::size_t item = no_item;  // when set, the place in an array, and `key` says nothing
};

// As refusals name it: tools[0].function.name. The body itself is an empty text.
std::string text_of(const BodyPath& path);

}  // namespace assistants_mock::mock_server::api
