#include "mock_server/search/chunking.h"

#include <algorithm>

#include "mock_server/search/letters.h"

namespace assistants_mock::mock_server::search {
namespace {

bool begins_character(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

// The last place up to `at` where a character begins, but at most three back: there are no longer
// characters in valid UTF-8.
std::size_t character_before(std::string_view text, std::size_t at) {
  for (std::size_t back = 0; back < 4 && back <= at; ++back)
    if (begins_character(text, at - back)) return at - back;
  return at;
}

std::size_t character_behind(std::string_view text, std::size_t at) {
  while (!begins_character(text, at)) ++at;
  return at;
}

bool ends_sentence(char letter) {
  return letter == '.' || letter == '!' || letter == '?' || letter == ':' || letter == ';';
}

// How good a place is to cut before `at`, which is neither the beginning nor the end of the text.
enum class Cut { none, word, sentence, line, paragraph };

Cut cut_before(std::string_view text, std::size_t at) {
  const char last = text[at - 1];
  if (!is_space(last)) return Cut::none;
  if (last == '\n') return at > 1 && text[at - 2] == '\n' ? Cut::paragraph : Cut::line;
  return at > 1 && ends_sentence(text[at - 2]) ? Cut::sentence : Cut::word;
}

// The best place to end in (first, last], the latest of equally good ones; `last` when there is
// none.
std::size_t best_end(std::string_view text, std::size_t first, std::size_t last) {
  std::size_t end = last;
  Cut best = Cut::none;
  for (std::size_t at = last; at > first && best != Cut::paragraph; --at) {
    const Cut cut = cut_before(text, at);
    if (cut <= best) continue;
    best = cut;
    end = at;
  }
  return end;
}

// The first place in [first, last] that a word begins at, or else `first`.
std::size_t word_begin(std::string_view text, std::size_t first, std::size_t last) {
  for (std::size_t at = first; at <= last; ++at)
    if (at == 0 || (is_space(text[at - 1]) && !is_space(text[at]))) return at;
  return first;
}

TextSpan span(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)};
}

}  // namespace

std::vector<TextSpan> chunks_of(std::string_view text, const ChunkSizes& sizes) {
  const std::size_t most_tokens = text.size() / bytes_per_token + 1;
  const std::size_t size =
      bytes_per_token * std::clamp<std::size_t>(sizes.max_chunk_size_tokens, 1, most_tokens);
  // In a chunk of a few characters the overlap could take all its room.
  const std::size_t overlap =
      size < 4 * bytes_per_token
          ? 0
          : std::min(bytes_per_token * std::min(sizes.chunk_overlap_tokens, most_tokens), size / 2);
  std::vector<TextSpan> chunks;
  for (std::size_t begin = 0; begin < text.size();) {
    if (text.size() - begin <= size) {
      chunks.push_back(span(begin, text.size()));
      break;
    }
    const std::size_t last = character_before(text, begin + size);
    const std::size_t end = best_end(text, last - (last - begin) / 4, last);
    chunks.push_back(span(begin, end));
    // Later than `begin`: at most half of the size goes back, and less than three quarters of it
    // were not taken.
    const std::size_t back = character_behind(text, end - std::min(overlap, (end - begin) * 2 / 3));
    begin = overlap == 0 ? end : word_begin(text, back, back + (end - back) / 2);
  }
  return chunks;
}

}  // namespace assistants_mock::mock_server::search
