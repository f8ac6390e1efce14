#include "scenarios/text_pieces.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>
#include <string>

#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {
namespace {

constexpr Pieces words{};
constexpr Pieces characters(int count) {
  return {.unit = Pieces::Unit::characters, .characters = count};
}

std::string cut(std::string_view text, const Pieces& pieces = words) {
  std::string shown;
  for (const std::string_view piece : text_pieces(text, pieces)) {
    if (!shown.empty()) shown += '|';
    shown += piece;
  }
  return shown;
}

std::string joined(const std::vector<std::string_view>& pieces) {
  return std::accumulate(
      pieces.begin(), pieces.end(), std::string(),
      [](std::string text, std::string_view piece) { return std::move(text.append(piece)); });
}

TEST(TextPieces, AreWordsWithTheSpaceBeforeThem) {
  EXPECT_EQ(cut("Since it's warm, you could go out."),
            "Since| it's| warm|,| you| could| go| out|.");
  EXPECT_EQ(cut("Hello! I'm just a program, so I don't."),
            "Hello|!| I'm| just| a| program|,| so| I| don't|.");
  EXPECT_EQ(cut("  two\n\nlines \n"), "  two|\n\nlines| \n");
}

TEST(TextPieces, KeepNumbersWhole) {
  EXPECT_EQ(cut("It is 12.5 C, or 1,000.25."), "It| is| 12.5| C|,| or| 1,000.25|.");
  EXPECT_EQ(cut("1.b 1-2"), "1|.b| 1|-|2");
}

TEST(TextPieces, TakeASingleMarkWithTheLettersAfterIt) {
  EXPECT_EQ(cut("such as a t-shirt, shorts"), "such| as| a| t|-shirt|,| shorts");
  EXPECT_EQ(cut("a.b a--b (c) 'quoted'"), "a|.b| a|--|b| (|c|)| '|quoted|'");
}

TEST(TextPieces, CutArgumentsAsTokensDo) {
  EXPECT_EQ(cut(R"({"city":"Oslo"})"), R"({"|city|":"|Oslo|"})");
  EXPECT_EQ(cut("{}"), "{}");
}

TEST(TextPieces, LetIdeographsAndEmojiStandAlone) {
  EXPECT_EQ(cut("東京 is far, 🍰!"), "東|京| is| far|,| 🍰|!");
  EXPECT_EQ(cut("crème brûlée, l’été"), "crème| brûlée|,| l’été");
}

TEST(TextPieces, CountCharactersNotBytes) {
  EXPECT_EQ(cut("7 € 🍰 東京", characters(2)), "7 |€ |🍰 |東京");
  EXPECT_EQ(cut("abc", characters(5)), "abc");
  EXPECT_EQ(cut("ab", characters(0)), "a|b");
}

TEST(TextPieces, CanBeTheWholeText) {
  EXPECT_EQ(cut("One, two.", {.unit = Pieces::Unit::whole}), "One, two.");
}

TEST(TextPieces, OfNothingAreNone) {
  EXPECT_TRUE(text_pieces("", words).empty());
  EXPECT_TRUE(text_pieces("", characters(1)).empty());
  EXPECT_TRUE(text_pieces("", {.unit = Pieces::Unit::whole}).empty());
}

TEST(TextPieces, AreNeverMoreThanTheBound) {
  const std::string text(max_pieces * 3 + 1, 'x');
  const auto pieces = text_pieces(text, characters(1));
  EXPECT_LE(pieces.size(), max_pieces);
  EXPECT_EQ(pieces.front(), "xxxx");
  EXPECT_EQ(joined(pieces), text);
  EXPECT_EQ(text_pieces(text.substr(0, max_pieces), characters(1)).size(), max_pieces);
}

// Text made of what the cutting looks at, valid or not.
rc::Gen<std::string> any_text() {
  const auto bits = rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "a", "Zoe", "7", ".", ",", "'", " ", "\n", "é", "’", "東", "🍰", "\xFF", "\xE2\x82", "{\""));
  return rc::gen::map(bits, [](const std::vector<std::string>& all) {
    return std::accumulate(all.begin(), all.end(), std::string());
  });
}

rc::Gen<Pieces> any_pieces() {
  return rc::gen::build<Pieces>(
      rc::gen::set(&Pieces::unit, rc::gen::element(Pieces::Unit::words, Pieces::Unit::characters,
                                                   Pieces::Unit::whole)),
      rc::gen::set(&Pieces::characters, rc::gen::inRange(-1, 6)));
}

RC_GTEST_PROP(TextPieces, JoinedAreTheTextAndNoneIsEmpty, ()) {
  const std::string text = *any_text();
  const auto pieces = text_pieces(text, *any_pieces());
  RC_ASSERT(joined(pieces) == text);
  for (const std::string_view piece : pieces) RC_ASSERT(!piece.empty());
}

RC_GTEST_PROP(TextPieces, OfValidTextAreValid, ()) {
  const std::string text = valid_utf8(*any_text());
  for (const std::string_view piece : text_pieces(text, *any_pieces()))
    RC_ASSERT(valid_utf8(std::string(piece)) == piece);
}

TEST(Utf8, ReplacesWhatIsNoCharacter) {
  EXPECT_EQ(valid_utf8("a\xFF"
                       "b"),
            "a\uFFFD"
            "b");
  EXPECT_EQ(valid_utf8("cut \xE2\x82"), "cut \uFFFD\uFFFD");
  EXPECT_EQ(valid_utf8("\xC0\xAF"), "\uFFFD\uFFFD") << "overlong";
  EXPECT_EQ(valid_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD") << "surrogate";
  EXPECT_EQ(valid_utf8("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD") << "over U+10FFFF";
  EXPECT_EQ(valid_utf8("é€🍰\xF4\x8F\xBF\xBF"), "é€🍰\xF4\x8F\xBF\xBF");
}

TEST(Utf8, BeginningsCutNoCharacter) {
  EXPECT_EQ(beginning_of("a🍰b", 4), "a");
  EXPECT_EQ(beginning_of("a🍰b", 5), "a🍰");
  EXPECT_EQ(beginning_of("a🍰b", 6), "a🍰b");
  EXPECT_EQ(beginning_of("a🍰b", 100), "a🍰b");
  EXPECT_EQ(beginning_of("🍰", 3), "");
}

}  // namespace
}  // namespace assistants_mock::scenarios
