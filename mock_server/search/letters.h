#pragma once
// Which characters make up words, without a library of Unicode tables: the scripts that have upper
// and lower case, those that write without spaces, and what is punctuation beyond ASCII.
#include <cstddef>

namespace assistants_mock::mock_server::search {

// Of ASCII: what HTML and plain texts are told apart by.
constexpr bool is_space(char letter) {
  return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

enum class LetterKind {
  none,       // space, punctuation, symbols, emoji
  letter,     // letters, digits and marks that belong to a word
  ideograph,  // of a script without spaces between words: Han, Kana, Hangul, Thai and its kin
};

LetterKind letter_kind(char32_t point);

// Of Latin, Greek, Cyrillic, Armenian and full-width letters; any other as it is.
char32_t lower_case(char32_t point);
bool is_upper_case(char32_t point);

}  // namespace assistants_mock::mock_server::search
