#include "mock_server/search/words.h"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <new>
#include <set>
#include <vector>

#include "mock_server/search/letters.h"
#include "mock_server/search/text_encoding.h"
#include "scenarios/utf8.h"

namespace assistants_mock::mock_server::search {
namespace {

// Of a longer word, such as a line of base64, only the beginning is kept.
constexpr std::size_t longest_word = 64;

// Stemming takes longer than looking up a word, and most words come again soon.
constexpr std::size_t most_stems = 8192;

// Words that are in every text and say nothing about what it is about. Sorted.
constexpr auto stop_words = std::to_array<std::string_view>({
    "a",     "about",  "all",  "am",   "an",    "and",   "any",  "are",  "as",    "at",    "be",
    "been",  "but",    "by",   "can",  "could", "did",   "do",   "does", "for",   "from",  "had",
    "has",   "have",   "he",   "her",  "his",   "how",   "i",    "if",   "in",    "into",  "is",
    "it",    "its",    "me",   "my",   "no",    "not",   "of",   "on",   "or",    "our",   "please",
    "she",   "should", "so",   "some", "tell",  "than",  "that", "the",  "their", "them",  "then",
    "there", "these",  "they", "this", "those", "to",    "us",   "use",  "used",  "using", "was",
    "we",    "were",   "what", "when", "where", "which", "who",  "whom", "whose", "why",   "will",
    "with",  "would",  "you",  "your",
});
static_assert(std::ranges::is_sorted(stop_words));

// What English writes behind an apostrophe, and would be a word of its own without it.
bool is_contraction(std::string_view word) {
  constexpr std::array<std::string_view, 7> endings = {"s", "t", "d", "m", "ll", "re", "ve"};
  return std::ranges::find(endings, word) != endings.end();
}

bool is_apostrophe(char32_t point) {
  return point == U'\'' || point == 0x2019;
}

struct Character {
  char32_t point;
  std::size_t bytes;
};

Character character_at(std::string_view text, std::size_t at) {
  const std::size_t bytes = scenarios::character_bytes(text, at);
  if (bytes == 0) return {U'\uFFFD', 1};
  return {scenarios::code_point(text, at, bytes), bytes};
}

}  // namespace

// A word while it is read.
struct WordReader::Word {
  std::string lower;
  std::vector<std::size_t> parts;  // where parts begin but the first, in `lower`
  bool after_apostrophe = false;
  bool upper = false;        // the last letter was a capital
  std::size_t last = 0;      // where the last letter begins
  std::size_t capitals = 0;  // in a row, up to the last letter

  void add(char32_t point) {
    if (lower.size() >= longest_word) return;
    const bool is_upper = is_upper_case(point);
    if (is_upper && !upper && !lower.empty()) parts.push_back(lower.size());
    if (!is_upper && capitals > 1) parts.push_back(last);  // HTTPServer: before the S
    capitals = is_upper ? capitals + 1 : 0;
    upper = is_upper;
    last = lower.size();
    append_utf8(lower, lower_case(point));
  }

  void begin(bool follows_apostrophe) {
    lower.clear();
    parts.clear();
    after_apostrophe = follows_apostrophe;
    upper = false;
    capitals = 0;
  }
};

void WordReader::Deleter::operator()(sb_stemmer* stemmer) const {
  sb_stemmer_delete(stemmer);
}

WordReader::WordReader() : stemmer_(sb_stemmer_new("english", "UTF_8")) {
  if (!stemmer_) throw std::bad_alloc();
}

std::string_view WordReader::stem_of(std::string_view lower) {
  if (const auto known = stems_.find(lower); known != stems_.end()) return known->second;
  const auto* letters = reinterpret_cast<const sb_symbol*>(lower.data());
  const sb_symbol* stem = sb_stemmer_stem(stemmer_.get(), letters, static_cast<int>(lower.size()));
  if (stem == nullptr) throw std::bad_alloc();
  const auto length = static_cast<std::size_t>(sb_stemmer_length(stemmer_.get()));
  if (stems_.size() == most_stems) stems_.clear();
  return stems_.emplace(lower, std::string(reinterpret_cast<const char*>(stem), length))
      .first->second;
}

void WordReader::take_spelled(std::string_view lower, Reading reading, const Take& take) {
  if (std::ranges::binary_search(stop_words, lower)) return;
  take(reading == Reading::keywords ? lower : stem_of(lower));
}

void WordReader::take_word(const Word& word, Reading reading, const Take& take) {
  if (word.lower.empty() || (word.after_apostrophe && is_contraction(word.lower))) return;
  take_spelled(word.lower, reading, take);
  if (reading != Reading::text || word.parts.empty()) return;
  std::size_t begin = 0;
  for (std::size_t part = 0; part <= word.parts.size(); ++part) {
    const std::size_t end = part < word.parts.size() ? word.parts[part] : word.lower.size();
    take_spelled(std::string_view(word.lower).substr(begin, end - begin), reading, take);
    begin = end;
  }
}

void WordReader::read(std::string_view text, Reading reading, const Take& take) {
  const bool with_parts = reading == Reading::text;
  Word word;
  std::size_t run = 0;     // ideographs in a row
  std::size_t before = 0;  // bytes of the last of them
  for (std::size_t at = 0; at <= text.size();) {
    const bool at_end = at == text.size();
    const Character next = at_end ? Character{U' ', 1} : character_at(text, at);
    const LetterKind kind = letter_kind(next.point);
    if (kind == LetterKind::letter) {
      word.add(next.point);
    } else {
      take_word(word, reading, take);
      word.begin(is_apostrophe(next.point) && !word.lower.empty());
    }
    if (kind == LetterKind::ideograph) {
      if (run > 0) take(text.substr(at - before, before + next.bytes));
      if (with_parts) take(text.substr(at, next.bytes));
      ++run;
      before = next.bytes;
    } else {
      if (run == 1 && !with_parts) take(text.substr(at - before, before));
      run = 0;
    }
    at += next.bytes;
  }
}

void WordReader::terms_of_text(std::string_view text, const Take& take) {
  read(text, Reading::text, take);
}

std::vector<std::string> WordReader::terms_of_query(std::string_view query) {
  std::set<std::string, std::less<>> terms;
  read(query, Reading::query, [&](std::string_view term) {
    if (terms.size() < max_query_terms && !terms.contains(term)) terms.emplace(term);
  });
  return {terms.begin(), terms.end()};
}

std::string WordReader::keywords(std::string_view query) {
  std::string words;
  read(query, Reading::keywords, [&](std::string_view word) {
    if (!words.empty()) words += ' ';
    words += word;
  });
  return words;
}

}  // namespace assistants_mock::mock_server::search
