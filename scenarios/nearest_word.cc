// Edit distance over short words, and the sentence made of it.
#include "scenarios/nearest_word.h"

#include <algorithm>
#include <cstddef>

namespace assistants_mock::scenarios {

namespace {

// Longer words are no slips of the finger, and comparing them takes time.
constexpr std::size_t longest_word = 64;

char lower_case(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_letter(char one, char other) {
  return lower_case(one) == lower_case(other);
}

}  // namespace

int word_distance(std::string_view one, std::string_view other) {
  const std::size_t width = other.size() + 1;
  std::vector<int> before_last(width);
  std::vector<int> last(width);
  std::vector<int> row(width);
  for (std::size_t j = 0; j < width; ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= one.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j < width; ++j) {
      const int replaced = same_letter(one[i - 1], other[j - 1]) ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + replaced});
      if (i > 1 && j > 1 && same_letter(one[i - 1], other[j - 2]) &&
          same_letter(one[i - 2], other[j - 1]))
        row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last.back();
}

std::string_view nearest_word(std::string_view word, std::span<const std::string_view> candidates) {
  if (word.size() > longest_word) return {};
  std::string_view nearest;
  int least = std::max(1, static_cast<int>(word.size() / 3)) + 1;
  for (std::string_view candidate : candidates) {
    if (candidate.size() > longest_word) continue;
    const int distance = word_distance(word, candidate);
    // A word of which no letter is left was not meant.
    if (distance >= least || distance >= static_cast<int>(candidate.size())) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string_view nearest = nearest_word(word, candidates);
  return nearest.empty() ? "" : "; did you mean '" + std::string(nearest) + "'?";
}

std::string word_list(std::span<const std::string_view> words) {
  std::string list;
  for (std::string_view word : words) {
    if (!list.empty()) list += ", ";
    list += word;
  }
  return list;
}

}  // namespace assistants_mock::scenarios
