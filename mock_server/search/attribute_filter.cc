#include "mock_server/search/attribute_filter.h"

#include <algorithm>
#include <functional>

namespace assistants_mock::mock_server::search {
namespace {

const AttributeValue* value_of(const Attributes& attributes, const std::string& key) {
  const auto found =
      std::ranges::find(attributes, key, [](const auto& pair) { return pair.first; });
  return found == attributes.end() ? nullptr : &found->second;
}

bool is_one_of(const AttributeValue* value, const std::vector<AttributeValue>& values) {
  return value != nullptr && std::ranges::find(values, *value) != values.end();
}

// Whether `holds` is true of the attribute and the filter's value; never of values without an
// order.
template <class Holds>
bool compare(const AttributeValue* value, const std::vector<AttributeValue>& values, Holds holds) {
  return value != nullptr && !values.empty() && value->index() == values.front().index() &&
         holds(*value, values.front());
}

bool holds(const Comparison& comparison, const Attributes& attributes) {
  const AttributeValue* value = value_of(attributes, comparison.key);
  const auto& values = comparison.values;
  switch (comparison.type) {
    case ComparisonType::eq:
    case ComparisonType::in:
      return is_one_of(value, values);
    case ComparisonType::ne:
    case ComparisonType::nin:
      return !is_one_of(value, values);
    case ComparisonType::gt:
      return compare(value, values, std::greater<>());
    case ComparisonType::gte:
      return compare(value, values, std::greater_equal<>());
    case ComparisonType::lt:
      return compare(value, values, std::less<>());
    case ComparisonType::lte:
      return compare(value, values, std::less_equal<>());
  }
  return false;
}

bool holds(const Compound& compound, const Attributes& attributes) {
  const auto holds_one = [&](const AttributeFilter& filter) { return matches(filter, attributes); };
  return compound.type == CompoundType::all_of ? std::ranges::all_of(compound.filters, holds_one)
                                               : std::ranges::any_of(compound.filters, holds_one);
}

}  // namespace

bool matches(const AttributeFilter& filter, const Attributes& attributes) {
  return std::visit([&](const auto& rule) { return holds(rule, attributes); }, filter.rule);
}

}  // namespace assistants_mock::mock_server::search
