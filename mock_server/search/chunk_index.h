#pragma once
// The chunks of one vector store, ranked by BM25. What is ranked, and how a score between 0 and 1
// is made of it, is told in docs/search.md.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/search/by_text.h"
#include "mock_server/search/chunking.h"
#include "mock_server/search/postings.h"

namespace assistants_mock::mock_server::search {

class WordReader;

class ChunkIndex {
 public:
  // `chunks` are places in `text`, which is shared and not copied. A file that is already here is
  // replaced, and counts as added now.
  void add(const std::string& file_id, std::shared_ptr<const std::string> text,
           const std::vector<TextSpan>& chunks);

  // Nothing of the file is found from now on. An id that is not here is nothing to do.
  void remove(std::string_view file_id);

  // Points into the index and its texts: valid until the index changes.
  struct Hit {
    std::string_view file_id;
    std::string_view text;
    double score;
  };
  using Accept = std::function<bool(std::string_view file_id)>;

  // The best `most` chunks of accepted files with a score of `threshold` or more: best first, of
  // equal ones those that were added first. A chunk that has nothing of the query scores 0, and is
  // a hit where 0 is enough. Scores are rounded to millionths, so that the same chunks and query
  // give the same ones on every machine. `accept` is asked once for a file at most; empty accepts
  // all.
  std::vector<Hit> search(std::string_view query, std::size_t most, double threshold,
                          const Accept& accept) const;

  // Gives back what removed files still hold, which otherwise happens when it is the greater part.
  void drop_removed();

  std::size_t chunks() const { return here_.chunks; }

  // Of the texts and of what was made of them to find them, without the allocator's own.
  std::size_t bytes() const;

 private:
  struct File {
    std::string id;
    std::shared_ptr<const std::string> text;
    std::uint32_t first_chunk = 0;
    std::uint32_t chunks = 0;
    bool removed = false;
  };
  struct Chunk {
    std::uint32_t file;
    TextSpan span;
    std::uint32_t terms;  // its length, as BM25 counts it
  };
  struct Totals {
    std::size_t chunks = 0;
    std::size_t terms = 0;
  };

  void add_chunk(WordReader& words, std::string_view text, Chunk chunk);
  // Gives each chunk its share of the term's worth, and returns that worth.
  double rank_term(const std::string& term, std::vector<double>& got) const;
  bool is_removed(std::uint32_t chunk) const { return files_[chunks_[chunk].file].removed; }

  std::vector<File> files_;  // in the order of addition, removed ones until drop_removed()
  std::vector<Chunk> chunks_;
  ByText<std::uint32_t> places_;  // of files that are here, in files_
  ByText<Postings> postings_;     // never walked through where its order could be seen
  Totals here_;                   // of chunks whose files are here
  std::size_t text_bytes_ = 0;
  std::size_t packed_bytes_ = 0;  // of terms and postings
};

}  // namespace assistants_mock::mock_server::search
