// The content of a file that is to be searched. An input is two things:
//
//   a.html                                the file's name, to the end of the line; .pdf is left to
//   <p>Some text                          a program of its own, and not read here; then the content
//
// The contract: a failure that says something, or a text that is valid UTF-8, not blank and within
// its bound, whose chunks cover it and whose words find it.
#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "mock_server/search/chunk_index.h"
#include "mock_server/search/searchable_text.h"
#include "scenarios/utf8.h"
#include "tests/fuzz/contract.h"
#include "tests/fuzz/fuzz_targets.h"

namespace assistants_mock::tests {
namespace {

using namespace mock_server::search;

constexpr ChunkSizes sizes{.max_chunk_size_tokens = 100, .chunk_overlap_tokens = 50};

void require_covered(const std::string& text, const std::vector<TextSpan>& chunks) {
  std::size_t covered = 0;
  for (const TextSpan& chunk : chunks) {
    require(chunk.offset <= covered, "chunks leave out a part of the text");
    require(chunk.offset + chunk.length > covered, "a chunk has nothing of its own");
    require(chunk.length <= bytes_per_token * sizes.max_chunk_size_tokens, "a chunk is too long");
    covered = chunk.offset + chunk.length;
  }
  require(covered == text.size(), "chunks do not reach the end of the text");
}

void require_searchable(std::string text) {
  const auto shared = std::make_shared<const std::string>(std::move(text));
  const auto chunks = chunks_of(*shared, sizes);
  require_covered(*shared, chunks);
  ChunkIndex index;
  index.add("file", shared, chunks);
  const std::string_view query = scenarios::beginning_of(*shared, 64);
  const auto hits = index.search(query, chunks.size(), 0, {});
  require(hits.size() == chunks.size(), "not every chunk is ranked");
  for (const ChunkIndex::Hit& hit : hits)
    require(hit.score >= 0 && hit.score <= 1, "a score is out of bounds");
  index.remove("file");
  require(index.search(query, 1, 0, {}).empty(), "a removed file is found");
}

}  // namespace

void check_text(std::string_view input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view name = input.substr(0, end);
  const std::string_view content = input.substr(std::min(end + 1, input.size()));
  if (extension_of(name) == ".pdf") return;
  auto result = searchable_text(name, content);
  if (const auto* failure = std::get_if<TextFailure>(&result)) {
    require(!failure->code.empty() && !failure->message.empty(), "a failure says nothing");
    return;
  }
  auto& text = std::get<std::string>(result);
  require(scenarios::valid_utf8(text) == text, "the text is not valid UTF-8");
  require(text.find_first_not_of(" \t\n\r\v\f") != text.npos, "the text is blank");
  require(text.size() <= max_text_bytes, "the text is too long");
  require_searchable(std::move(text));
}

}  // namespace assistants_mock::tests
