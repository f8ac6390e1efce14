// Filters, beside the plain way to say what they mean.
#include "mock_server/search/attribute_filter.h"

#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <map>

namespace assistants_mock::mock_server::search {
namespace {

using enum ComparisonType;

bool holds(ComparisonType type, std::vector<AttributeValue> values, const Attributes& attributes) {
  return matches({Comparison{type, "key", std::move(values)}}, attributes);
}

Attributes having(AttributeValue value) {
  return {{"other", 1.0}, {"key", std::move(value)}};
}

TEST(AttributeFilter, ComparesNumbers) {
  EXPECT_TRUE(holds(eq, {2.0}, having(2.0)));
  EXPECT_FALSE(holds(ne, {2.0}, having(2.0)));
  EXPECT_TRUE(holds(gt, {1.5}, having(2.0)));
  EXPECT_FALSE(holds(gt, {2.0}, having(2.0)));
  EXPECT_TRUE(holds(gte, {2.0}, having(2.0)));
  EXPECT_FALSE(holds(lt, {2.0}, having(2.0)));
  EXPECT_TRUE(holds(lte, {2.0}, having(2.0)));
  EXPECT_TRUE(holds(lt, {10.0}, having(9.0))) << "as numbers, not as texts";
}

TEST(AttributeFilter, ComparesTextsByTheirBytes) {
  EXPECT_TRUE(holds(eq, {"Oslo"}, having("Oslo")));
  EXPECT_FALSE(holds(eq, {"oslo"}, having("Oslo")));
  EXPECT_TRUE(holds(lt, {"9"}, having("10")));
  EXPECT_TRUE(holds(gt, {"a"}, having("b")));
}

TEST(AttributeFilter, LooksAmongValues) {
  EXPECT_TRUE(holds(in, {"a", 2.0, true}, having(2.0)));
  EXPECT_FALSE(holds(in, {"2", true}, having(2.0)));
  EXPECT_TRUE(holds(nin, {"2", true}, having(2.0)));
  EXPECT_FALSE(holds(in, {}, having(2.0)));
  EXPECT_TRUE(holds(nin, {}, having(2.0)));
}

TEST(AttributeFilter, NeverFindsDifferentTypesEqualOrInOrder) {
  for (const ComparisonType type : {eq, gt, gte, lt, lte, in}) {
    EXPECT_FALSE(holds(type, {"1"}, having(1.0)));
    EXPECT_FALSE(holds(type, {1.0}, having(true)));
    EXPECT_FALSE(holds(type, {1.0}, {{"other", 1.0}})) << "the key is not there";
  }
  for (const ComparisonType type : {ne, nin}) {
    EXPECT_TRUE(holds(type, {"1"}, having(1.0)));
    EXPECT_TRUE(holds(type, {1.0}, having(true)));
    EXPECT_TRUE(holds(type, {1.0}, {}));
  }
}

TEST(AttributeFilter, CombinesOthers) {
  const AttributeFilter yes{Comparison{ne, "none", {1.0}}};
  const AttributeFilter no{Comparison{eq, "none", {1.0}}};
  const auto all = [](std::vector<AttributeFilter> filters) {
    return AttributeFilter{Compound{CompoundType::all_of, std::move(filters)}};
  };
  const auto any = [](std::vector<AttributeFilter> filters) {
    return AttributeFilter{Compound{CompoundType::any_of, std::move(filters)}};
  };
  EXPECT_TRUE(matches(all({yes, yes}), {}));
  EXPECT_FALSE(matches(all({yes, no}), {}));
  EXPECT_TRUE(matches(any({no, yes}), {}));
  EXPECT_FALSE(matches(any({no, no}), {}));
  EXPECT_TRUE(matches(all({}), {}));
  EXPECT_FALSE(matches(any({}), {}));
  EXPECT_TRUE(matches(any({no, all({yes, any({no, yes})})}), {}));
}

// ---- Beside a plain evaluator -------------------------------------------------------------------

// Types apart, values in order: every value as a text that sorts as it does within its type.
std::pair<char, std::string> plain(const AttributeValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return {'t', *text};
  if (const auto* number = std::get_if<double>(&value))
    return {'n', std::to_string(static_cast<int>(*number) + 5000)};
  return {'b', std::get<bool>(value) ? "1" : "0"};
}

bool plainly(const AttributeFilter& filter, const std::map<std::string, AttributeValue>& held) {
  if (const auto* compound = std::get_if<Compound>(&filter.rule)) {
    std::size_t holding = 0;
    for (const AttributeFilter& one : compound->filters) holding += plainly(one, held) ? 1 : 0;
    return compound->type == CompoundType::all_of ? holding == compound->filters.size()
                                                  : holding > 0;
  }
  const auto& comparison = std::get<Comparison>(filter.rule);
  const bool negated = comparison.type == ne || comparison.type == nin;
  if (!held.contains(comparison.key)) return negated;
  const auto left = plain(held.at(comparison.key));
  bool equal = false;
  for (const AttributeValue& value : comparison.values) equal = equal || plain(value) == left;
  if (negated) return !equal;
  if (comparison.type == eq || comparison.type == in) return equal;
  const auto right = plain(comparison.values.at(0));
  if (left.first != right.first) return false;
  if (equal) return comparison.type == gte || comparison.type == lte;
  const bool less = left.second < right.second;
  return (comparison.type == lt || comparison.type == lte) == less;
}

rc::Gen<AttributeValue> any_value() {
  return rc::gen::element<AttributeValue>("", "a", "b", 1.0, 2.0, -3.0, true, false);
}

rc::Gen<std::string> any_key() {
  return rc::gen::element<std::string>("k", "l", "m");
}

AttributeFilter any_filter(int depth) {
  if (depth > 0 && *rc::gen::inRange(0, 2) == 0) {
    Compound compound{*rc::gen::element(CompoundType::all_of, CompoundType::any_of), {}};
    const int count = *rc::gen::inRange(0, 4);
    for (int one = 0; one < count; ++one) compound.filters.push_back(any_filter(depth - 1));
    return {std::move(compound)};
  }
  Comparison comparison{*rc::gen::element(eq, ne, gt, gte, lt, lte, in, nin), *any_key(), {}};
  const bool many = comparison.type == in || comparison.type == nin;
  const int count = many ? *rc::gen::inRange(0, 4) : 1;
  for (int one = 0; one < count; ++one) comparison.values.push_back(*any_value());
  return {std::move(comparison)};
}

RC_GTEST_PROP(AttributeFilter, HoldsWherePlainlyItDoes, ()) {
  const AttributeFilter filter = any_filter(3);
  std::map<std::string, AttributeValue> held;
  Attributes attributes;
  for (const char* key : {"k", "l", "m"})
    if (*rc::gen::arbitrary<bool>()) held[key] = *any_value();
  for (const auto& [key, value] : held) attributes.emplace_back(key, value);
  RC_ASSERT(matches(filter, attributes) == plainly(filter, held));
}

}  // namespace
}  // namespace assistants_mock::mock_server::search
