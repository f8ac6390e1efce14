// Search over stores of growing size: how long a question takes, how that grows, and what the index
// holds beside the text. The baseline looks for the words of the question through all texts.
#include <malloc.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/search/chunk_index.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/measure.h"

namespace assistants_mock::bench {
namespace {

using mock_server::search::ChunkIndex;
using mock_server::search::chunks_of;
using mock_server::search::ChunkSizes;

constexpr ChunkSizes sizes{.max_chunk_size_tokens = 200, .chunk_overlap_tokens = 50};
constexpr std::size_t hits_wanted = 10;

// Texts whose words are as unequally common as those of a language: the n-th word has 1/n of the
// share of the first.
class TextMaker {
 public:
  TextMaker() {
    for (std::string& word : words_) {
      const std::uint64_t length = 3 + next() % 8;
      for (std::uint64_t letter = 0; letter < length; ++letter)
        word += static_cast<char>('a' + next() % 26);
    }
  }

  const std::string& word() {
    const double chance = static_cast<double>(next() % 1'000'000) / 1e6;
    const double rank = std::pow(static_cast<double>(words_.size()), chance);
    return words_[static_cast<std::size_t>(rank) - 1];
  }

  std::string text(std::size_t words) {
    std::string text;
    for (std::size_t at = 0; at < words; ++at)
      text.append(word()).append(at % 12 == 11 ? ". " : " ");
    return text;
  }

 private:
  // The same numbers on every machine.
  std::uint64_t next() {
    state_ = state_ * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    return state_ >> 33U;
  }

  std::uint64_t state_ = 1;
  std::vector<std::string> words_ = std::vector<std::string>(50'000);
};

std::size_t allocated_bytes() {
  const auto info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

struct Store {
  ChunkIndex index;
  std::vector<std::shared_ptr<const std::string>> texts;
  std::size_t text_bytes = 0;
  std::size_t index_bytes = 0;  // as the allocator sees them
  double seconds = 0;

  Store(TextMaker& maker, std::size_t chunks) {
    while (index.chunks() < chunks) {
      texts.push_back(std::make_shared<const std::string>(maker.text(1000)));
      const auto spans = chunks_of(*texts.back(), sizes);
      text_bytes += texts.back()->size();
      const std::size_t before = allocated_bytes();
      seconds += microseconds_of([&] {
                   index.add("file-" + std::to_string(texts.size()), texts.back(), spans);
                 }) /
                 1e6;
      index_bytes += allocated_bytes() - before;
    }
  }
};

struct Times {
  double median;
  double slow;  // the 99th percentile
};

template <class Work>
Times times_of(const std::vector<std::string>& queries, Work work) {
  std::vector<double> times;
  for (const std::string& query : queries) times.push_back(microseconds_of([&] { work(query); }));
  std::ranges::sort(times);
  return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

std::size_t occurrences(const Store& store, std::string_view query) {
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < query.size();) {
    const std::size_t end = std::min(query.find(' ', begin), query.size());
    const std::string_view word = query.substr(begin, end - begin);
    for (const auto& text : store.texts)
      for (std::size_t at = 0; (at = text->find(word, at)) != std::string::npos; ++at) ++count;
    begin = end + 1;
  }
  return count;
}

std::vector<std::string> questions(TextMaker& maker, std::size_t count, std::size_t words) {
  std::vector<std::string> queries;
  for (std::size_t query = 0; query < count; ++query) queries.push_back(maker.text(words));
  return queries;
}

void report_questions(const Store& store, TextMaker& maker, std::size_t words, Times& first) {
  std::size_t found = 0;
  const Times times = times_of(questions(maker, 500, words), [&](const std::string& query) {
    found += store.index.search(query, hits_wanted, 0, {}).size();
  });
  const Times scan = times_of(questions(maker, 5, words), [&](const std::string& query) {
    found += occurrences(store, query);
  });
  if (first.median == 0) first = times;
  std::printf("  %8zu %6zu words %9.1f us %9.1f us %8.1f %12.1f %10.0f\n", store.index.chunks(),
              words, times.median, times.slow, times.median / first.median,
              scan.median / times.median, found == 0 ? 0.0 : scan.median);
}

}  // namespace

void report_search() {
  std::printf(
      "search: chunks, words asked, median, 99th percentile, median as a multiple of the"
      " first, a scan of all texts as a multiple of the median, the scan in us\n");
  constexpr std::array<std::size_t, 2> lengths = {3, 30};
  std::array<Times, 2> first{};
  std::vector<std::string> memory;
  for (const std::size_t chunks : {1'000U, 10'000U, 100'000U}) {
    TextMaker maker;
    const Store store(maker, chunks);
    for (std::size_t length = 0; length < lengths.size(); ++length)
      report_questions(store, maker, lengths[length], first[length]);
    const auto each = [&](std::size_t bytes) {
      return static_cast<double>(bytes) / static_cast<double>(store.index.chunks());
    };
    std::array<char, 200> line{};
    std::snprintf(line.data(), line.size(),
                  "  %8zu chunks: %.0f bytes of text each, beside it %.0f of index (%.0f with the "
                  "allocator's own); %.0f us to index one",
                  store.index.chunks(), each(store.text_bytes),
                  each(store.index.bytes() - store.text_bytes), each(store.index_bytes),
                  store.seconds * 1e6 / static_cast<double>(store.index.chunks()));
    memory.emplace_back(line.data());
  }
  for (const std::string& line : memory) std::printf("%s\n", line.c_str());
}

}  // namespace assistants_mock::bench
