// The index, beside BM25 written down plainly over the same chunks.
#include "mock_server/search/chunk_index.h"

#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "mock_server/search/words.h"

namespace assistants_mock::mock_server::search {
namespace {

void add(ChunkIndex& index, const std::string& file, const std::string& text,
         const ChunkSizes& sizes = {}) {
  index.add(file, std::make_shared<const std::string>(text), chunks_of(text, sizes));
}

std::vector<std::string> files_of(const std::vector<ChunkIndex::Hit>& hits) {
  std::vector<std::string> files;
  for (const auto& hit : hits) files.emplace_back(hit.file_id);
  return files;
}

double score_in_one_chunk(std::string_view query, const std::string& text) {
  ChunkIndex index;
  add(index, "file", text);
  return index.search(query, 1, 0, {}).at(0).score;
}

constexpr std::string_view recorded_query =
    "Using the files you have available, what's Filip's favorite food?";

// The service gave 0.75 and 0.68 to the single chunks of these two stores.
TEST(ChunkIndex, ScoresAnAnswerAboveAHalfInAStoreOfOneChunk) {
  EXPECT_GT(score_in_one_chunk(recorded_query,
                               "This file describes the favorite foods of several people.\n\n"
                               "Summanus Ferdinand: tacos\nTekakwitha Effie: pizza\n"
                               "Filip Carola: cake"),
            0.5);
  EXPECT_GT(score_in_one_chunk(recorded_query,
                               "The favorite food of several people:\n- Summanus Ferdinand: tacos\n"
                               "- Tekakwitha Effie: pizza\n- Filip Carola: cake"),
            0.5);
}

TEST(ChunkIndex, ScoresAnUnrelatedTextLow) {
  EXPECT_LT(score_in_one_chunk(recorded_query, "Tomorrow it will rain in Bergen all day."), 0.2);
  EXPECT_LT(score_in_one_chunk(recorded_query, "Close the file before you leave the editor."), 0.25)
      << "it has one word of five";
}

TEST(ChunkIndex, ScoresWhatItSaysInItsHeader) {
  EXPECT_EQ(score_in_one_chunk("tacos", "tacos"), 0.75);
  EXPECT_EQ(score_in_one_chunk("tacos pizza", "tacos pizza"), 0.75);
  EXPECT_EQ(score_in_one_chunk("tacos", "pizza"), 0);
  EXPECT_GT(score_in_one_chunk("tacos", "tacos tacos tacos"), 0.75);
}

TEST(ChunkIndex, FindsWhatIsRareBeforeWhatIsCommon) {
  ChunkIndex index;
  add(index, "a", "the weather report of Monday");
  add(index, "b", "the weather report of Tuesday");
  add(index, "c", "the weather of Bergen");
  EXPECT_EQ(files_of(index.search("weather in Bergen", 1, 0, {})), std::vector<std::string>{"c"});
  EXPECT_EQ(files_of(index.search("weather", 3, 0.1, {})),
            (std::vector<std::string>{"c", "a", "b"}))
      << "the shortest first, of equal ones the first added";
}

TEST(ChunkIndex, GivesTheChunksOfAFile) {
  ChunkIndex index;
  const std::string text = "Bread is baked.\nCakes are sweet.\nSoup is hot.\n";
  add(index, "food", text, {5, 0});
  const auto hits = index.search("sweet cakes", 1, 0, {});
  EXPECT_EQ(hits.at(0).text, "Cakes are sweet.\n");
  EXPECT_GT(index.chunks(), 2U);
  EXPECT_GT(index.bytes(), text.size());
}

TEST(ChunkIndex, GivesAllWhereNothingIsAsked) {
  ChunkIndex index;
  add(index, "a", "one");
  add(index, "b", "two");
  EXPECT_EQ(files_of(index.search("who are you", 5, 0, {})), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(index.search("who are you", 5, 0.01, {}).empty());
  EXPECT_TRUE(index.search("one", 0, 0, {}).empty());
  EXPECT_TRUE(ChunkIndex().search("one", 5, 0, {}).empty());
}

TEST(ChunkIndex, AsksForEachFileOnce) {
  ChunkIndex index;
  add(index, "a", "tacos tacos tacos tacos", {1, 0});
  add(index, "b", "tacos", {1, 0});
  std::map<std::string, int, std::less<>> asked;
  const auto hits = index.search("tacos", 9, 0, [&](std::string_view file) {
    ++asked[std::string(file)];
    return file == "b";
  });
  EXPECT_EQ(asked, (std::map<std::string, int, std::less<>>{{"a", 1}, {"b", 1}}));
  for (const auto& hit : hits) EXPECT_EQ(hit.file_id, "b");
}

TEST(ChunkIndex, ReplacesAFileThatIsThere) {
  ChunkIndex index;
  add(index, "a", "tacos");
  add(index, "b", "tacos");
  add(index, "a", "pizza");
  EXPECT_EQ(files_of(index.search("tacos", 9, 0.1, {})), std::vector<std::string>{"b"});
  EXPECT_EQ(files_of(index.search("pizza", 9, 0.1, {})), std::vector<std::string>{"a"});
  EXPECT_EQ(index.chunks(), 2U);
  index.remove("nobody");
  EXPECT_EQ(index.chunks(), 2U);
}

TEST(ChunkIndex, KeepsNothingOfWhatWasRemoved) {
  ChunkIndex index;
  for (int round = 0; round < 1000; ++round) {
    const std::string file = "file-" + std::to_string(round);
    add(index, file, "word" + std::to_string(round) + " tacos " + std::string(1000, ' '));
    if (round >= 10) index.remove("file-" + std::to_string(round - 10));
  }
  EXPECT_EQ(index.chunks(), 10U);
  EXPECT_LT(index.bytes(), 60'000U) << "what 10 files need, and little of some that went";
  EXPECT_EQ(index.search("tacos", 100, 0.01, {}).size(), 10U);
}

// ---- Beside plain BM25 --------------------------------------------------------------------------

struct PlainChunk {
  std::string file;
  std::string text;
  std::map<std::string, double> counts;
  double length = 0;
};

struct PlainHit {
  std::string file;
  std::string text;
  double score;
};

// Files in the order of addition, each cut anew for each question.
class PlainIndex {
 public:
  void add(const std::string& file, const std::string& text, const ChunkSizes& sizes) {
    remove(file);
    for (const TextSpan& span : chunks_of(text, sizes)) {
      PlainChunk chunk{file, text.substr(span.offset, span.length), {}, 0};
      WordReader().terms_of_text(chunk.text, [&](std::string_view term) {
        ++chunk.counts[std::string(term)];
        ++chunk.length;
      });
      chunks_.push_back(std::move(chunk));
    }
  }
  void remove(const std::string& file) {
    std::erase_if(chunks_, [&](const PlainChunk& chunk) { return chunk.file == file; });
  }

  std::vector<PlainHit> search(std::string_view query, std::size_t most, double threshold,
                               const std::set<std::string>& accepted) const {
    const auto terms = WordReader().terms_of_query(query);
    std::vector<PlainHit> hits;
    for (const PlainChunk& chunk : chunks_) {
      const double score = score_of(chunk, terms);
      if (score >= threshold && accepted.contains(chunk.file))
        hits.push_back({chunk.file, chunk.text, score});
    }
    std::ranges::stable_sort(hits, std::greater<>(), &PlainHit::score);
    hits.resize(std::min(hits.size(), most));
    return hits;
  }

 private:
  double score_of(const PlainChunk& chunk, const std::vector<std::string>& terms) const {
    double length = 0;
    for (const PlainChunk& one : chunks_) length += one.length;
    const double average = length / static_cast<double>(chunks_.size());
    double got = 0;
    double worth = 0;
    for (const std::string& term : terms) {
      double holding = 0;
      for (const PlainChunk& one : chunks_) holding += one.counts.contains(term) ? 1 : 0;
      const double others = static_cast<double>(chunks_.size()) + 100 - holding;
      const double each = std::log(1 + (others + 0.5) / (holding + 0.5));
      worth += each;
      if (!chunk.counts.contains(term)) continue;
      const double count = chunk.counts.at(term);
      got += each * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * chunk.length / average));
    }
    if (worth <= 0) return 0;
    return std::round((1 - std::exp2(-2 * got / worth)) * 1e6) / 1e6;
  }

  std::vector<PlainChunk> chunks_;
};

std::string any_words(int most) {
  std::string text;
  const int count = *rc::gen::inRange(0, most);
  for (int word = 0; word < count; ++word)
    text += *rc::gen::element<std::string>("tacos", "pizza", "cake", "Bergen", "rain", "the",
                                           "maxRetries", "東京", "files") +
            *rc::gen::element<std::string>(" ", ". ", "\n");
  return text;
}

std::string any_file() {
  return "file-" + std::to_string(*rc::gen::inRange(0, 6));
}

RC_GTEST_PROP(ChunkIndex, FindsWhatPlainBm25Finds, ()) {
  ChunkIndex index;
  PlainIndex plain;
  const int acts = *rc::gen::inRange(1, 40);
  for (int act = 0; act < acts; ++act) {
    const std::string file = any_file();
    if (*rc::gen::inRange(0, 3) == 0) {
      index.remove(file);
      plain.remove(file);
    } else {
      const std::string text = any_words(40);
      add(index, file, text, {8, 2});
      plain.add(file, text, {8, 2});
    }
  }
  const std::string query = any_words(5);
  const auto most = *rc::gen::inRange<std::size_t>(0, 12);
  const double threshold = *rc::gen::element(0.0, 0.01, 0.3, 0.6, 0.9);
  std::set<std::string> accepted;
  for (int file = 0; file < 6; ++file)
    if (*rc::gen::inRange(0, 4) != 0) accepted.insert("file-" + std::to_string(file));

  const auto hits = index.search(query, most, threshold, [&](std::string_view file) {
    return accepted.contains(std::string(file));
  });
  const auto expected = plain.search(query, most, threshold, accepted);
  RC_ASSERT(hits.size() == expected.size());
  for (std::size_t at = 0; at < hits.size(); ++at) {
    RC_ASSERT(hits[at].file_id == expected[at].file);
    RC_ASSERT(hits[at].text == expected[at].text);
    RC_ASSERT(hits[at].score == expected[at].score);
    RC_ASSERT(hits[at].score >= threshold && hits[at].score <= 1);
  }
}

// A higher threshold leaves out the end of what a lower one gave.
RC_GTEST_PROP(ChunkIndex, GivesABeginningOfTheSameUnderAHigherThreshold, ()) {
  ChunkIndex index;
  for (int file = 0; file < 5; ++file) add(index, any_file(), any_words(30), {4, 1});
  const std::string query = any_words(4);
  const auto all = index.search(query, 1000, 0, {});
  RC_ASSERT(all.size() == index.chunks());
  for (const double threshold : {0.1, 0.4, 0.7, 1.0}) {
    const auto some = index.search(query, 1000, threshold, {});
    RC_ASSERT(some.size() <= all.size());
    for (std::size_t at = 0; at < all.size(); ++at) {
      if (at >= some.size())
        RC_ASSERT(all[at].score < threshold);
      else
        RC_ASSERT(some[at].text.data() == all[at].text.data());
    }
  }
}

}  // namespace
}  // namespace assistants_mock::mock_server::search
