#pragma once
// A text as the terms that an index knows it by: words in lower case, reduced to their stem.
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/search/by_text.h"

struct sb_stemmer;

namespace assistants_mock::mock_server::search {

// Cuts texts into terms. One may be used by one thread at a time.
class WordReader {
 public:
  using Take = std::function<void(std::string_view term)>;

  WordReader();

  // The terms of a text that is to be found, in its order. A word written in mixed case is there
  // whole and in its parts (maxRetries, max, retries), a run of ideographs as single characters
  // and as pairs.
  void terms_of_text(std::string_view text, const Take& take);

  // The terms of a question, each once: words whole, ideographs in pairs. Of a long one the first
  // max_query_terms, so that no question takes long.
  static constexpr std::size_t max_query_terms = 256;
  std::vector<std::string> terms_of_query(std::string_view query);

  // The words of a question that say what it is about, as they are spelled but in lower case.
  std::string keywords(std::string_view query);

 private:
  struct Word;
  enum class Reading { text, query, keywords };
  void read(std::string_view text, Reading reading, const Take& take);
  void take_word(const Word& word, Reading reading, const Take& take);
  void take_spelled(std::string_view lower, Reading reading, const Take& take);
  std::string_view stem_of(std::string_view lower);

  struct Deleter {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Deleter> stemmer_;
  ByText<std::string> stems_;  // of the words met lately
};

}  // namespace assistants_mock::mock_server::search
