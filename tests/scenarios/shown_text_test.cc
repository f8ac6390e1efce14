#include "scenarios/shown_text.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

namespace assistants_mock::scenarios {
namespace {

TEST(ShownText, IsOneVisibleLine) {
  EXPECT_EQ(escaped("a\nb\t\x1B[0m\x7F"), R"(a\nb\x09\x1B[0m\x7F)");
  EXPECT_EQ(escaped("\xC2\x85\xC2\xA0\xE2\x80\x8B\xE2\x80\xAE\xEF\xBB\xBF"),
            R"(\x{85}\x{A0}\x{200B}\x{202E}\x{FEFF})");
  EXPECT_EQ(escaped("\xFF"), "\xEF\xBF\xBD");
  EXPECT_EQ(escaped("Malmö 日本 👩‍🚀"), "Malmö 日本 👩‍🚀");
}

// What a report shows can be pasted into a pattern.
TEST(ShownText, IsSpelledAsAPatternSpellsIt) {
  for (const char* text : {"\n", "\t", "\x1B", "\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF"})
    EXPECT_TRUE(RE2::FullMatch(text, escaped(text))) << escaped(text);
}

TEST(ShownText, TellsABackslashFromALineFeed) {
  EXPECT_EQ(in_quotes("C:\\new\n"), R"("C:\\new\n")");
  EXPECT_EQ(shown_pattern("\\d\n"), "/\\d\\n/");
}

TEST(ShownText, SaysWhereALongTextIsCut) {
  EXPECT_EQ(in_quotes("abc", 3), "\"abc\"");
  EXPECT_EQ(in_quotes("abcd", 3), "\"abc…\" (the first 3 of 4 bytes)");
  EXPECT_EQ(in_quotes("aéé", 4), "\"aé…\" (the first 3 of 5 bytes)") << "no character is cut";
  EXPECT_EQ(shown_pattern(std::string(200, 'x')),
            '/' + std::string(160, 'x') + "…/ (the first 160 of 200 bytes)");
}

TEST(ShownText, CountsAsPeopleDo) {
  std::string all;
  for (const int number : {1, 2, 3, 4, 11, 12, 13, 21, 102, 111}) all += ordinal(number) + ' ';
  EXPECT_EQ(all, "1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 111th ");
}

}  // namespace
}  // namespace assistants_mock::scenarios
