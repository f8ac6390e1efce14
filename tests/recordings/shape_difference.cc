#include "tests/recordings/shape_difference.h"

#include <algorithm>

namespace assistants_mock::tests {
namespace {

std::string_view type_of(const Json& value) {
  if (value.is_number()) return value.is_number_float() ? "decimal" : "whole number";
  return value.type_name();
}

std::string shown(const Json& value) {
  constexpr std::size_t enough = 200;
  const std::string text = value.dump();
  return text.size() > enough ? text.substr(0, enough) + "…" : text;
}

class Comparison {
 public:
  explicit Comparison(IdPairs& ids) : ids_(ids) {}

  void compare(const Json& recorded, const Json& mock, const std::string& at) {
    if (type_of(recorded) != type_of(mock)) return differ(recorded, mock, at);
    if (recorded.is_object()) return compare_objects(recorded, mock, at);
    if (recorded.is_array()) return compare_lists(recorded, mock, at);
    if (!same(recorded, mock)) differ(recorded, mock, at);
  }

  std::vector<ShapeDifference> found = {};

 private:
  bool same(const Json& recorded, const Json& mock) {
    if (recorded.is_string() && IdPairs::is_id(recorded.get_ref<const std::string&>()))
      return ids_.pair(recorded, mock);
    return recorded == mock;
  }

  void differ(const Json& recorded, const Json& mock, const std::string& at) {
    found.push_back({at, "recorded " + shown(recorded) + ", mock " + shown(mock)});
  }

  void compare_objects(const Json& recorded, const Json& mock, const std::string& at) {
    std::vector<std::string> recorded_order;
    std::vector<std::string> mock_order;
    for (const auto& [key, value] : recorded.items()) {
      const auto other = mock.find(key);
      if (other == mock.end()) {
        found.push_back({at + "/" + key, "the mock has no such key"});
        continue;
      }
      recorded_order.push_back(key);
      compare(value, *other, at + "/" + key);
    }
    for (const auto& [key, value] : mock.items()) {
      if (recorded.contains(key))
        mock_order.push_back(key);
      else
        found.push_back({at + "/" + key, "only the mock has this key: " + shown(value)});
    }
    if (recorded_order != mock_order)
      found.push_back({at, "the keys are in another order: recorded " +
                               Json(recorded_order).dump() + ", mock " + Json(mock_order).dump()});
  }

  void compare_lists(const Json& recorded, const Json& mock, const std::string& at) {
    if (recorded.size() != mock.size())
      found.push_back({at, "recorded " + std::to_string(recorded.size()) + " items, mock " +
                               std::to_string(mock.size())});
    for (std::size_t place = 0; place < std::min(recorded.size(), mock.size()); ++place)
      compare(recorded[place], mock[place], at + "/*");
  }

  IdPairs& ids_;
};

}  // namespace

std::vector<ShapeDifference> shape_differences(const Json& recorded, const Json& mock,
                                               IdPairs& ids) {
  Comparison comparison(ids);
  comparison.compare(recorded, mock, "");
  return std::move(comparison.found);
}

}  // namespace assistants_mock::tests
