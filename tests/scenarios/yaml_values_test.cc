// Plain scalars by the core schema of YAML 1.2.
#include "scenarios/yaml_values.h"

#include <gtest/gtest.h>

#include <limits>

namespace assistants_mock::scenarios {
namespace {

Json plain(std::string text) {
  const YamlNode node = scalar_node(std::move(text), true, {});
  return scalar_value(node).value_or(Json("no value"));
}

TEST(ScalarValue, TypesPlainScalarsOnly) {
  EXPECT_EQ(plain("5"), Json(5));
  const YamlNode quoted = scalar_node("5", false, {});
  EXPECT_EQ(scalar_value(quoted), Json("5"));
}

// yaml-cpp reads the first as true and the second as 15.
TEST(ScalarValue, HasNoneOfTheTrapsOfYaml11) {
  EXPECT_EQ(plain("yes"), Json("yes"));
  EXPECT_EQ(plain("017"), Json(17));
  EXPECT_EQ(plain("on"), Json("on"));
  EXPECT_EQ(plain("1_000"), Json("1_000"));
  EXPECT_EQ(plain("12:30:45"), Json("12:30:45"));
  EXPECT_EQ(plain("2024-01-01"), Json("2024-01-01"));
}

TEST(ScalarValue, ReadsIntegers) {
  EXPECT_EQ(plain("+7"), Json(7));
  EXPECT_EQ(plain("-7"), Json(-7));
  EXPECT_EQ(plain("0o17"), Json(15));
  EXPECT_EQ(plain("0x1F"), Json(31));
  EXPECT_EQ(plain("0xfg"), Json("0xfg"));
  EXPECT_EQ(plain("-9223372036854775808"), Json(std::numeric_limits<std::int64_t>::min()));
  EXPECT_EQ(plain("18446744073709551615"), Json(std::numeric_limits<std::uint64_t>::max()));
  EXPECT_EQ(plain("18446744073709551616"), Json("no value"));
  EXPECT_TRUE(plain("5").is_number_integer());
}

TEST(ScalarValue, ReadsDecimals) {
  EXPECT_EQ(plain("1.5"), Json(1.5));
  EXPECT_EQ(plain(".5"), Json(0.5));
  EXPECT_EQ(plain("5."), Json(5.0));
  EXPECT_EQ(plain("1e3"), Json(1000.0));
  EXPECT_EQ(plain("-1.5E-2"), Json(-0.015));
  EXPECT_EQ(plain("+1.5"), Json(1.5));
  EXPECT_TRUE(plain("5.0").is_number_float());
  EXPECT_EQ(plain("."), Json("."));
  EXPECT_EQ(plain("1e"), Json("1e"));
  EXPECT_EQ(plain("e5"), Json("e5"));
  EXPECT_EQ(plain("1.2.3"), Json("1.2.3"));
  EXPECT_EQ(plain("-"), Json("-"));
}

TEST(ScalarValue, RefusesWhatJsonCannotHold) {
  EXPECT_EQ(plain(".inf"), Json("no value"));
  EXPECT_EQ(plain("-.Inf"), Json("no value"));
  EXPECT_EQ(plain(".nan"), Json("no value"));
  EXPECT_EQ(plain("1e999"), Json("no value"));
}

TEST(ScalarValue, ReadsTruth) {
  EXPECT_EQ(plain("true"), Json(true));
  EXPECT_EQ(plain("FALSE"), Json(false));
  EXPECT_EQ(plain("tRUE"), Json("tRUE"));
}

TEST(InWords, NamesWhatWasFound) {
  EXPECT_EQ(in_words({}), "nothing");
  EXPECT_EQ(in_words(empty_node(YamlNode::Kind::map, {})), "an empty map");
  EXPECT_EQ(in_words(scalar_node("5", true, {})), "the number 5");
  EXPECT_EQ(in_words(scalar_node("true", true, {})), "true");
  EXPECT_EQ(in_words(scalar_node("a\nb\x01", false, {})), "the text 'a\\nb?'");
}

TEST(InQuotes, ShortensBetweenCharacters) {
  std::string umlauts;
  for (int count = 0; count < 50; ++count) umlauts += "ü";
  EXPECT_EQ(in_single_quotes(umlauts), "'" + umlauts.substr(0, 60) + "…'");
  EXPECT_EQ(in_single_quotes("x" + umlauts), "'x" + umlauts.substr(0, 58) + "…'");
}

}  // namespace
}  // namespace assistants_mock::scenarios
