#pragma once
// The best of many chunks, without an order of all of them.
#include <cstddef>
#include <cstdint>
#include <vector>

namespace assistants_mock::mock_server::search {

struct RankedChunk {
  std::uint32_t chunk = 0;
  double got = 0;  // of what the query is worth
  double score = 0;
};

// Keeps the best `most` of the chunks that it is given in rising order.
class BestChunks {
 public:
  BestChunks(std::size_t most, double threshold, double worth);

  // Whether take() could keep a chunk that got so much. Quick: most chunks have no chance.
  bool may_take(double got) const;
  void take(std::uint32_t chunk, double got);

  // Best first, of equal ones the lower chunk.
  std::vector<RankedChunk> ranked() &&;

 private:
  bool is_full() const { return kept_.size() == most_; }

  std::size_t most_;
  double threshold_;
  double worth_;
  std::vector<RankedChunk> kept_;  // a heap, the worst on top
};

}  // namespace assistants_mock::mock_server::search
