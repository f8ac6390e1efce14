// Which word was probably meant.
#include "scenarios/nearest_word.h"

#include <gtest/gtest.h>

#include <array>

namespace assistants_mock::scenarios {
namespace {

constexpr std::array<std::string_view, 5> verbs = {"wait", "say", "call", "fail", "incomplete"};

TEST(WordDistance, CountsLettersAddedTakenReplacedAndSwapped) {
  EXPECT_EQ(word_distance("say", "say"), 0);
  EXPECT_EQ(word_distance("say", "SAY"), 0);
  EXPECT_EQ(word_distance("say", "sya"), 1);
  EXPECT_EQ(word_distance("say", "sy"), 1);
  EXPECT_EQ(word_distance("say", "says"), 1);
  EXPECT_EQ(word_distance("", "say"), 3);
  EXPECT_EQ(word_distance("kitten", "sitting"), 3);
}

TEST(NearestWord, FindsASlip) {
  EXPECT_EQ(nearest_word("sya", verbs), "say");
  EXPECT_EQ(nearest_word("Fail", verbs), "fail");
  EXPECT_EQ(nearest_word("incomplet", verbs), "incomplete");
  EXPECT_EQ(nearest_word("in_complete", verbs), "incomplete");
}

TEST(NearestWord, IsSilentWhenNothingIsNear) {
  EXPECT_EQ(nearest_word("hello", verbs), "");
  EXPECT_EQ(nearest_word("", verbs), "");
  EXPECT_EQ(nearest_word(std::string(100'000, 'w'), verbs), "");
  constexpr std::array<std::string_view, 1> one_letter = {"a"};
  EXPECT_EQ(nearest_word("b", one_letter), "");
}

TEST(DidYouMean, CompletesASentence) {
  EXPECT_EQ(did_you_mean("sya", verbs), "; did you mean 'say'?");
  EXPECT_EQ(did_you_mean("hello", verbs), "");
}

}  // namespace
}  // namespace assistants_mock::scenarios
