#include "scenarios/near_fit.h"

#include <gtest/gtest.h>

#include "scenarios/pattern.h"

namespace assistants_mock::scenarios {
namespace {

std::string near_fit(const std::string& pattern, std::string_view value) {
  const re2::RE2 regex(pattern, pattern_options());
  return NearFit(regex).with(value);
}

bool has_a_word(const std::string& pattern) {
  const re2::RE2 regex(pattern, pattern_options());
  return NearFit(regex).has_a_word();
}

TEST(NearFit, NamesTheFewestFlagsThatWouldDo) {
  const auto flags = [](const std::string& pattern, std::string_view value) {
    const std::string told = near_fit(pattern, value);
    const std::size_t at = told.find("(?");
    return at == told.npos ? told : told.substr(at, told.find(')') + 1 - at);
  };
  EXPECT_EQ(flags("Hello|Hi", "oh hi"), "(?i)");
  EXPECT_EQ(flags("a.b", "a\nb"), "(?s)");
  EXPECT_EQ(flags("^b$", "a\nb"), "(?m)");
  EXPECT_EQ(flags("A.b", "a\nb"), "(?is)");
  EXPECT_EQ(flags("^B$", "a\nb"), "(?im)");
  EXPECT_EQ(flags("^a.c$", "a\nc\nd"), "(?sm)");
  EXPECT_EQ(flags("^A.c$", "a\nc\nd"), "(?ism)");
}

TEST(NearFit, SaysNothingOfWhatIsFarAway) {
  EXPECT_EQ(near_fit("weather", "Hello"), "");
  EXPECT_EQ(near_fit("weather", ""), "");
  EXPECT_EQ(near_fit("(", "("), "") << "a pattern that does not compile is another matter";
  EXPECT_EQ(near_fit("\n|", ""), "");
}

TEST(NearFit, LooksAtNoLongValues) {
  EXPECT_NE(near_fit("X", std::string(4096, 'x')), "");
  EXPECT_EQ(near_fit("X", std::string(4097, 'x')), "");
}

TEST(NearFit, DoesNotTakeAPatternForOneThatFitsAnything) {
  EXPECT_EQ(near_fit("\t|zz", "Hello"), "") << "without the tab it would fit nothing at all, too";
}

TEST(NearFit, KnowsAPatternWithAWordOfItsOwn) {
  for (const char* pattern : {"weather", "^pro$", "(?i)oslo", "日", R"(\d+ days)", "(?P<x>abc)"})
    EXPECT_TRUE(has_a_word(pattern)) << pattern;
  for (const char* pattern : {"", ".", ".+", R"(\w+)", "[a-zA-Z0-9]+", "(?P<city>.+)", "a|b",
                              R"(^\d{1,3}$)", "[[]]", "["})
    EXPECT_FALSE(has_a_word(pattern)) << pattern;
}

}  // namespace
}  // namespace assistants_mock::scenarios
