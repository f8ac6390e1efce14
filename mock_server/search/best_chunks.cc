#include "mock_server/search/best_chunks.h"

#include <algorithm>
#include <utility>

#include "mock_server/search/relevance.h"

namespace assistants_mock::mock_server::search {
namespace {

bool is_better(const RankedChunk& a, const RankedChunk& b) {
  return a.score != b.score ? a.score > b.score : a.chunk < b.chunk;
}

}  // namespace

BestChunks::BestChunks(std::size_t most, double threshold, double worth)
    : most_(most), threshold_(threshold), worth_(worth) {}

bool BestChunks::may_take(double got) const {
  if (threshold_ > 0 && got <= 0) return false;
  if (!is_full()) return true;
  // Scores are rounded: chunks that got nearly the same may have the same.
  constexpr double rounding = 1e-4;
  return got > 0 && got >= kept_.front().got - rounding * worth_;
}

void BestChunks::take(std::uint32_t chunk, double got) {
  const RankedChunk ranked{chunk, got, score_of(got, worth_)};
  if (ranked.score < threshold_) return;
  if (is_full()) {
    if (!is_better(ranked, kept_.front())) return;
    std::ranges::pop_heap(kept_, is_better);
    kept_.pop_back();
  }
  kept_.push_back(ranked);
  std::ranges::push_heap(kept_, is_better);
}

std::vector<RankedChunk> BestChunks::ranked() && {
  std::ranges::sort(kept_, is_better);
  return std::move(kept_);
}

}  // namespace assistants_mock::mock_server::search
