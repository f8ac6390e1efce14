#pragma once
// How the text of a file is cut into the chunks that are searched.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace assistants_mock::mock_server::search {

// OpenAPI: StaticChunkingStrategy, with what `auto` stands for.
struct ChunkSizes {
  std::size_t max_chunk_size_tokens = 800;
  std::size_t chunk_overlap_tokens = 400;
  bool operator==(const ChunkSizes&) const = default;
};

// As everywhere in this project, where there is no tokenizer.
inline constexpr std::size_t bytes_per_token = 4;

// A place in a text, in bytes.
struct TextSpan {
  std::uint32_t offset = 0;
  std::uint32_t length = 0;
  bool operator==(const TextSpan&) const = default;
};

// Chunks in the order of the text, none longer than asked for, that together cover all of it. They
// end behind a paragraph, a line, a sentence or a word where one ends in their last quarter, and
// cut no character in any case. Each begins about the overlap before the end of the one before it,
// at a word where one begins near there. Sizes out of bounds are taken as the nearest that makes
// sense: at least a token, an overlap of at most half, and of
// nothing in chunks of less than four tokens. An empty text has no chunks; `text` is
// shorter than 4 GiB.
std::vector<TextSpan> chunks_of(std::string_view text, const ChunkSizes& sizes);

}  // namespace assistants_mock::mock_server::search
