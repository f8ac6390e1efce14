#include "mock_server/search/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace assistants_mock::mock_server::search {
namespace {

std::string of_text(std::string_view text) {
  std::string terms;
  WordReader().terms_of_text(text, [&](std::string_view term) {
    if (!terms.empty()) terms += ' ';
    terms += term;
  });
  return terms;
}

std::string of_query(std::string_view query) {
  std::string terms;
  for (const std::string& term : WordReader().terms_of_query(query)) {
    if (!terms.empty()) terms += ' ';
    terms += term;
  }
  return terms;
}

TEST(Words, AreStemsInLowerCase) {
  EXPECT_EQ(of_text("Favorite FOODS, running; nationalities!"), "favorit food run nation");
  EXPECT_EQ(of_query("favourite food"), "favourit food");
}

TEST(Words, LeaveOutWhatEveryTextHas) {
  EXPECT_EQ(of_text("What is the price of it?"), "price");
  EXPECT_EQ(of_query("who are you"), "");
}

TEST(Words, LoseWhatFollowsAnApostrophe) {
  EXPECT_EQ(of_text("Filip's cake, they’re Jane’s"), "filip cake jane");
  EXPECT_EQ(of_text("l'été O'Neill"), "l été o neill");
}

TEST(Words, HaveLettersOfAnyScriptWithCase) {
  EXPECT_EQ(of_text("ÉTÉ Ärger ŁÓDŹ"), "été ärger łódź");
  EXPECT_EQ(of_text("МОСКВА Ёлка"), "москва ёлка");
  EXPECT_EQ(of_text("ΑΘΉΝΑ λόγος"), "αθήνα λόγοσ");
  EXPECT_EQ(of_text("ＡＢＣ"), "ａｂｃ");
}

TEST(Words, OfALongQuestionAreTheFirst) {
  std::string query = "zebra zebra";
  for (int word = 0; word < 400; ++word) query += " w" + std::to_string(word);
  const auto terms = WordReader().terms_of_query(query);
  EXPECT_EQ(terms.size(), WordReader::max_query_terms);
  EXPECT_EQ(terms.back(), "zebra");
  EXPECT_NE(std::ranges::find(terms, "w254"), terms.end());
  EXPECT_EQ(std::ranges::find(terms, "w255"), terms.end());
}

TEST(Words, ArePartedByPunctuationAndSymbols) {
  EXPECT_EQ(of_text("one—two…three“four”5€6🍰7"), "one two three four 5 6 7");
  EXPECT_EQ(of_text("max_num_results=12.5"), "max num result 12 5");
}

TEST(Words, OfMixedCaseAreFoundWholeAndInParts) {
  EXPECT_EQ(of_text("maxRetries"), "maxretri max retri");
  EXPECT_EQ(of_text("parseHTTPHeader"), "parsehttphead pars http header");
  EXPECT_EQ(of_query("maxRetries"), "maxretri");
  EXPECT_EQ(of_text("Oslo NASA"), "oslo nasa");
}

TEST(Words, OfScriptsWithoutSpacesArePairs) {
  EXPECT_EQ(of_text("東京都"), "東 東京 京 京都 都");
  EXPECT_EQ(of_query("東京都"), "京都 東京");
  EXPECT_EQ(of_query("東"), "東");
  EXPECT_EQ(of_query("在 Oslo 東京"), "oslo 在 東京");
}

TEST(Words, OfAQueryAreThereOnce) {
  EXPECT_EQ(of_query("food foods FOOD pizza"), "food pizza");
}

TEST(Words, AreBoundedInLength) {
  EXPECT_LE(of_text(std::string(1'000'000, 'x')).size(), 80U);
  EXPECT_EQ(of_text("a\xFFz"), "z") << "a byte that is no character stands between words";
}

}  // namespace
}  // namespace assistants_mock::mock_server::search
