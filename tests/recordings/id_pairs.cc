#include "tests/recordings/id_pairs.h"

#include <algorithm>
#include <array>

namespace assistants_mock::tests {
namespace {

constexpr std::array<std::string_view, 6> prefixes = {"asst_", "thread_", "msg_",
                                                      "run_",  "step_",   "call_"};

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string_view prefix_of(std::string_view id) {
  return id.substr(0, id.find('_') + 1);
}

std::string exchanged(std::string text, const std::map<std::string, std::string>& by) {
  for (const auto& [from, to] : by)
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
  return text;
}

}  // namespace

bool IdPairs::is_id(std::string_view text) {
  const std::string_view prefix = prefix_of(text);
  const std::string_view suffix = text.substr(prefix.size());
  return std::ranges::find(prefixes, prefix) != prefixes.end() && suffix.size() == 24 &&
         std::ranges::all_of(suffix, is_letter_or_digit);
}

bool IdPairs::pair(const std::string& recorded, const std::string& mock) {
  if (prefix_of(recorded) != prefix_of(mock)) return false;
  const auto known = mock_by_recorded_.find(recorded);
  if (known != mock_by_recorded_.end()) return known->second == mock;
  if (recorded_by_mock_.contains(mock)) return false;
  mock_by_recorded_.emplace(recorded, mock);
  recorded_by_mock_.emplace(mock, recorded);
  return true;
}

std::string IdPairs::to_mock(std::string text) const {
  return exchanged(std::move(text), mock_by_recorded_);
}

std::string IdPairs::to_recorded(std::string text) const {
  return exchanged(std::move(text), recorded_by_mock_);
}

}  // namespace assistants_mock::tests
