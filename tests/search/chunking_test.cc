#include "mock_server/search/chunking.h"

#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string>

#include "scenarios/utf8.h"

namespace assistants_mock::mock_server::search {
namespace {

std::string cut(std::string_view text, const ChunkSizes& sizes) {
  std::string shown;
  for (const TextSpan& chunk : chunks_of(text, sizes)) {
    if (!shown.empty()) shown += '|';
    shown += text.substr(chunk.offset, chunk.length);
  }
  return shown;
}

TEST(Chunks, OfASmallTextAreOne) {
  EXPECT_EQ(cut("Oslo is the capital of Norway.", {}), "Oslo is the capital of Norway.");
  EXPECT_TRUE(chunks_of("", {}).empty());
}

TEST(Chunks, EndWhereAWordEnds) {
  EXPECT_EQ(cut("aaaa bbbb cccc dddd eeee", {4, 0}), "aaaa bbbb cccc |dddd eeee");
  EXPECT_EQ(cut("aaaabbbbccccddddeeee", {4, 0}), "aaaabbbbccccdddd|eeee") << "no word ends";
}

TEST(Chunks, PreferTheEndOfASentenceALineAParagraph) {
  EXPECT_EQ(cut("One two three four. Five six", {6, 0}), "One two three four. |Five six");
  EXPECT_EQ(cut("One two three four\nA. Five", {6, 0}), "One two three four\n|A. Five");
  EXPECT_EQ(cut("One two three four\n\nA.\nFive six", {6, 0}),
            "One two three four\n\n|A.\nFive six");
}

TEST(Chunks, OverlapByWholeWords) {
  EXPECT_EQ(cut("aaaa bbbb cccc dddd eeee ffff", {5, 2}), "aaaa bbbb cccc dddd |dddd eeee ffff");
}

TEST(Chunks, TakeSizesThatMakeNoSenseAsTheNearest) {
  EXPECT_EQ(chunks_of("abcdefgh", {0, 0}).size(), 2U);
  EXPECT_EQ(cut("abcdefgh", {1, 1'000'000}), cut("abcdefgh", {1, 1}));
  EXPECT_EQ(chunks_of("abcdefgh", {SIZE_MAX, SIZE_MAX}).size(), 1U);
}

struct Cut {
  std::string text;
  ChunkSizes sizes;
  std::vector<TextSpan> chunks;
};

Cut any_cut() {
  const auto bits = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "a", "word", " ", ". ", "\n", "\n\n", "é", "東", "🍰", "  ", "longerwords", "?"));
  Cut cut;
  cut.text = std::accumulate(bits.begin(), bits.end(), std::string());
  cut.sizes = {*rc::gen::inRange<std::size_t>(0, 12), *rc::gen::inRange<std::size_t>(0, 12)};
  cut.chunks = chunks_of(cut.text, cut.sizes);
  return cut;
}

std::size_t end_of(const TextSpan& chunk) {
  return chunk.offset + chunk.length;
}

RC_GTEST_PROP(Chunks, CoverTheTextInOrderWithinTheirSize, ()) {
  const Cut cut = any_cut();
  std::size_t covered = 0;
  std::size_t last_begin = 0;
  for (const TextSpan& chunk : cut.chunks) {
    RC_ASSERT(chunk.length > 0U);
    RC_ASSERT(chunk.length <=
              bytes_per_token * std::max<std::size_t>(1, cut.sizes.max_chunk_size_tokens));
    RC_ASSERT(chunk.offset <= covered);
    RC_ASSERT(covered == 0U || chunk.offset > last_begin);
    RC_ASSERT(end_of(chunk) > covered);
    covered = end_of(chunk);
    last_begin = chunk.offset;
  }
  RC_ASSERT(covered == cut.text.size());
}

RC_GTEST_PROP(Chunks, CutNoCharacter, ()) {
  const Cut cut = any_cut();
  for (const TextSpan& chunk : cut.chunks) {
    const std::string text = cut.text.substr(chunk.offset, chunk.length);
    RC_ASSERT(scenarios::valid_utf8(text) == text);
  }
}

// By at most what was asked, and by half of it where the chunks are long enough to have it.
RC_GTEST_PROP(Chunks, OverlapByAboutWhatWasAsked, ()) {
  const Cut cut = any_cut();
  const std::size_t size =
      bytes_per_token * std::max<std::size_t>(1, cut.sizes.max_chunk_size_tokens);
  const std::size_t asked = std::min(bytes_per_token * cut.sizes.chunk_overlap_tokens, size / 2);
  constexpr std::size_t longest_character = 4;
  for (std::size_t next = 1; next < cut.chunks.size(); ++next) {
    const std::size_t overlap = end_of(cut.chunks[next - 1]) - cut.chunks[next].offset;
    RC_ASSERT(overlap <= asked);
    if (size >= 8 * longest_character) RC_ASSERT(overlap + longest_character >= asked / 2);
  }
}

TEST(Chunks, OfALongTextAreAsManyAsStepsOfTheirSize) {
  const std::string text(20'000'000, 'x');
  const auto chunks = chunks_of(text, {100, 50});
  EXPECT_EQ(chunks.size(), 99'999U);
  EXPECT_EQ(end_of(chunks.back()), text.size());
}

}  // namespace
}  // namespace assistants_mock::mock_server::search
