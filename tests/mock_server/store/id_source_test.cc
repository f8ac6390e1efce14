// Ids follow from the seed, and are made of the letters that a scenario asks for.
#include "mock_server/store/id_source.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/scenario.h"

namespace assistants_mock::mock_server::store {
namespace {

using scenarios::IdLetters;

bool is_letter_or_digit(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
         (letter >= 'A' && letter <= 'Z');
}

std::vector<std::string> ids_of(IdSource source, IdLetters letters) {
  source.use(letters);
  std::vector<std::string> ids;
  for (int count = 0; count < 50; ++count) {
    ids.push_back(source.next("run_"));
    ids.push_back(source.next("file-", 22));
    ids.push_back(source.next_hex("vs_"));
  }
  return ids;
}

// What follows the first '_' or '-'.
std::string_view behind_prefix(std::string_view id) {
  return id.substr(id.find_first_of("_-") + 1);
}

RC_GTEST_PROP(IdSource, SameSeedGivesTheSameIds, (std::uint64_t seed)) {
  for (const IdLetters letters : {IdLetters::usual, IdLetters::unusual})
    RC_ASSERT(ids_of(IdSource(seed), letters) == ids_of(IdSource(seed), letters));
}

RC_GTEST_PROP(IdSource, UsualIdsAreOfLettersAndDigits, (std::uint64_t seed)) {
  for (const std::string& id : ids_of(IdSource(seed), IdLetters::usual))
    RC_ASSERT(std::ranges::all_of(behind_prefix(id), is_letter_or_digit));
}

RC_GTEST_PROP(IdSource, UnusualIdsHaveADashAndAnUnderscoreInside, (std::uint64_t seed)) {
  const std::vector<std::string> ids = ids_of(IdSource(seed), IdLetters::unusual);
  const std::vector<std::string> usual = ids_of(IdSource(seed), IdLetters::usual);
  for (std::size_t place = 0; place < ids.size(); ++place) {
    const std::string_view letters = behind_prefix(ids[place]);
    RC_ASSERT(ids[place].size() == usual[place].size());
    RC_ASSERT(std::ranges::count(letters, '-') == 1);
    RC_ASSERT(std::ranges::count(letters, '_') == 1);
    RC_ASSERT(std::ranges::count_if(letters, is_letter_or_digit) ==
              static_cast<std::ptrdiff_t>(letters.size()) - 2);
    RC_ASSERT(is_letter_or_digit(letters.front()) && is_letter_or_digit(letters.back()));
  }
  RC_ASSERT(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
}

TEST(IdSource, PutsThemIntoEveryPlaceInside) {
  std::set<std::size_t> dashes;
  std::set<std::size_t> underscores;
  IdSource source(1);
  source.use(IdLetters::unusual);
  for (int count = 0; count < 2'000; ++count) {
    const std::string id = source.next("");
    dashes.insert(id.find('-'));
    underscores.insert(id.find('_'));
  }
  EXPECT_EQ(dashes.size(), 22U);
  EXPECT_EQ(underscores, dashes);
}

// A scenario may be changed while its world lives.
TEST(IdSource, LettersCountFromThenOn) {
  IdSource source(1);
  EXPECT_EQ(source.next("run_").find('-'), std::string::npos);
  source.use(IdLetters::unusual);
  EXPECT_NE(source.next("run_").find('-'), std::string::npos);
  source.use(IdLetters::usual);
  EXPECT_EQ(source.next("run_").find('-'), std::string::npos);
}

}  // namespace
}  // namespace assistants_mock::mock_server::store
