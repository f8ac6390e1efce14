#pragma once
// Which files of a vector store a search looks at, by their attributes (OpenAPI: ComparisonFilter,
// CompoundFilter).
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace assistants_mock::mock_server::search {

using AttributeValue = std::variant<std::string, double, bool>;
using Attributes = std::vector<std::pair<std::string, AttributeValue>>;

enum class ComparisonType { eq, ne, gt, gte, lt, lte, in, nin };

struct Comparison {
  ComparisonType type = ComparisonType::eq;
  std::string key;
  // One, or for `in` and `nin` any number.
  std::vector<AttributeValue> values;
};

enum class CompoundType { all_of, any_of };  // `and`, `or`: words that C++ keeps for itself

struct AttributeFilter;

struct Compound {
  CompoundType type = CompoundType::all_of;
  std::vector<AttributeFilter> filters;  // of none, `and` holds and `or` does not
};

struct AttributeFilter {
  std::variant<Comparison, Compound> rule;
};

// Values of different types are never equal and never in an order: of them, and of a key that is
// not there, only `ne` and `nin` hold. Texts are in the order of their bytes, and false is before
// true. As deep as filters nest, so deep it calls itself: bound the depth where they are read.
bool matches(const AttributeFilter& filter, const Attributes& attributes);

}  // namespace assistants_mock::mock_server::search
