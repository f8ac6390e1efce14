#pragma once
// A hash map by texts that is asked without a copy of the text. Its order is chance: never let it
// reach an answer.
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace assistants_mock::mock_server::search {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

template <class Value>
using ByText = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

}  // namespace assistants_mock::mock_server::search
