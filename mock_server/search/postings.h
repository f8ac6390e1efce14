#pragma once
// Where one term occurs: chunks in rising order and how often it is in each, packed to some two
// bytes a chunk.
#include <cstddef>
#include <cstdint>
#include <string>

namespace assistants_mock::mock_server::search {

class Postings {
 public:
  // `chunk` is no smaller than the last one; counts of the same one add up.
  void add(std::uint32_t chunk, std::uint32_t count) {
    if (count_ != 0 && chunk == chunk_) {
      count_ += count;
      return;
    }
    if (count_ != 0) pack_last();
    chunk_ = chunk;
    count_ = count;
    ++size_;
  }

  // Calls visit(chunk, count) for each, in rising order.
  template <class Visit>
  void each(Visit visit) const {
    std::uint32_t chunk = 0;
    for (std::size_t at = 0; at < packed_.size(); ++chunk) {
      chunk += take(at);
      visit(chunk, take(at));
    }
    if (count_ != 0) visit(chunk_, count_);
  }

  // Chunks.
  std::size_t size() const { return size_; }
  // That the packed ones take.
  std::size_t bytes() const { return packed_.size(); }

 private:
  void pack_last() {
    put(chunk_ - next_packed_);
    put(count_);
    next_packed_ = chunk_ + 1;
  }
  // Seven bits a byte, the lowest first; the eighth says that more follow.
  void put(std::uint32_t value) {
    for (; value >= 0x80U; value >>= 7U) packed_ += static_cast<char>((value & 0x7FU) | 0x80U);
    packed_ += static_cast<char>(value);
  }
  std::uint32_t take(std::size_t& at) const {
    std::uint32_t value = 0;
    for (unsigned shift = 0;; shift += 7U) {
      const auto byte = static_cast<unsigned char>(packed_[at++]);
      value |= (byte & 0x7FU) << shift;
      if (byte < 0x80U) return value;
    }
  }

  std::string packed_;  // most terms are rare: a short string needs no memory of its own
  std::uint32_t next_packed_ = 0;
  // The last chunk, which may be added to.
  std::uint32_t chunk_ = 0;
  std::uint32_t count_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace assistants_mock::mock_server::search
