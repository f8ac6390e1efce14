#pragma once
// The word that somebody probably meant.
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assistants_mock::scenarios {

// How many letters have to be added, taken away, replaced or swapped with their neighbour to make
// one word of the other, upper and lower case being the same.
int word_distance(std::string_view one, std::string_view other);

// The candidate nearest to `word`, the first among equals; empty when none is near enough to have
// been meant: at most a third of the letters may differ, and always one.
std::string_view nearest_word(std::string_view word, std::span<const std::string_view> candidates);

// "; did you mean 'say'?", or nothing.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

// "a, b, c": how messages list words.
std::string word_list(std::span<const std::string_view> words);

}  // namespace assistants_mock::scenarios
