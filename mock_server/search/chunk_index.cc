#include "mock_server/search/chunk_index.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "mock_server/search/best_chunks.h"
#include "mock_server/search/relevance.h"
#include "mock_server/search/words.h"

namespace assistants_mock::mock_server::search {
namespace {

// So many removed files or chunks are carried along before it is worth looking for them.
constexpr std::size_t few = 64;

bool is_mostly_removed(std::size_t all, std::size_t here) {
  return all > 2 * here + few;
}

// The new number of a chunk; nothing for one that goes.
using Numbers = std::vector<std::optional<std::uint32_t>>;

Postings renumbered(const Postings& postings, const Numbers& numbers) {
  Postings kept;
  postings.each([&](std::uint32_t chunk, std::uint32_t count) {
    if (numbers[chunk]) kept.add(*numbers[chunk], count);
  });
  return kept;
}

// What a text takes beyond its object, which has room for a short one.
std::size_t bytes_outside(std::size_t size) {
  constexpr std::size_t short_text = 15;
  return size > short_text ? size + 1 : 0;
}

std::size_t kept_bytes(const std::string& term, const Postings& postings) {
  constexpr std::size_t links = 3 * sizeof(void*);  // of the hash map: bucket, next, hash
  return sizeof(term) + sizeof(postings) + links + bytes_outside(term.size()) +
         bytes_outside(postings.bytes());
}

}  // namespace

void ChunkIndex::add(const std::string& file_id, std::shared_ptr<const std::string> text,
                     const std::vector<TextSpan>& chunks) {
  remove(file_id);
  const auto place = static_cast<std::uint32_t>(files_.size());
  File file{file_id, std::move(text), static_cast<std::uint32_t>(chunks_.size()),
            static_cast<std::uint32_t>(chunks.size())};
  WordReader words;
  for (const TextSpan& span : chunks) add_chunk(words, *file.text, {place, span, 0});
  text_bytes_ += file.text->size();
  files_.push_back(std::move(file));
  places_.emplace(file_id, place);
}

void ChunkIndex::add_chunk(WordReader& words, std::string_view text, Chunk chunk) {
  const auto number = static_cast<std::uint32_t>(chunks_.size());
  const auto take = [&](std::string_view term) {
    auto known = postings_.find(term);
    if (known == postings_.end())
      known = postings_.emplace(term, Postings()).first;
    else
      packed_bytes_ -= kept_bytes(known->first, known->second);
    known->second.add(number, 1);
    packed_bytes_ += kept_bytes(known->first, known->second);
    ++chunk.terms;
  };
  words.terms_of_text(text.substr(chunk.span.offset, chunk.span.length), take);
  chunks_.push_back(chunk);
  ++here_.chunks;
  here_.terms += chunk.terms;
}

void ChunkIndex::remove(std::string_view file_id) {
  const auto found = places_.find(file_id);
  if (found == places_.end()) return;
  File& file = files_[found->second];
  file.removed = true;
  text_bytes_ -= file.text->size();
  file.text.reset();
  for (std::uint32_t chunk = 0; chunk < file.chunks; ++chunk)
    here_.terms -= chunks_[file.first_chunk + chunk].terms;
  here_.chunks -= file.chunks;
  places_.erase(found);
  if (is_mostly_removed(chunks_.size(), here_.chunks) ||
      is_mostly_removed(files_.size(), places_.size()))
    drop_removed();
}

// Numbers files and chunks anew, in the same order.
void ChunkIndex::drop_removed() {
  if (files_.size() == places_.size()) return;
  Numbers numbers(chunks_.size());
  std::vector<Chunk> chunks;
  std::vector<File> files;
  chunks.reserve(here_.chunks);
  files.reserve(places_.size());
  for (File& file : files_) {
    if (file.removed) continue;
    const auto place = static_cast<std::uint32_t>(files.size());
    const auto first = static_cast<std::uint32_t>(chunks.size());
    for (std::uint32_t chunk = file.first_chunk; chunk < file.first_chunk + file.chunks; ++chunk) {
      numbers[chunk] = static_cast<std::uint32_t>(chunks.size());
      chunks.push_back(chunks_[chunk]);
      chunks.back().file = place;
    }
    file.first_chunk = first;
    places_[file.id] = place;
    files.push_back(std::move(file));
  }
  chunks_ = std::move(chunks);
  files_ = std::move(files);
  for (auto& [term, postings] : postings_) postings = renumbered(postings, numbers);
  std::erase_if(postings_, [](const auto& entry) { return entry.second.size() == 0; });
  packed_bytes_ = 0;
  for (const auto& [term, postings] : postings_) packed_bytes_ += kept_bytes(term, postings);
}

double ChunkIndex::rank_term(const std::string& term, std::vector<double>& got) const {
  const auto found = postings_.find(term);
  if (found == postings_.end()) return term_worth(here_.chunks, 0);
  const Postings& postings = found->second;
  const bool all_here = here_.chunks == chunks_.size();
  std::size_t holding = postings.size();
  if (!all_here) {
    holding = 0;
    postings.each(
        [&](std::uint32_t chunk, std::uint32_t) { holding += is_removed(chunk) ? 0 : 1; });
  }
  const double worth = term_worth(here_.chunks, holding);
  const double average = static_cast<double>(here_.terms) / static_cast<double>(here_.chunks);
  postings.each([&](std::uint32_t chunk, std::uint32_t count) {
    if (all_here || !is_removed(chunk))
      got[chunk] += worth * term_share(count, chunks_[chunk].terms, average);
  });
  return worth;
}

std::vector<ChunkIndex::Hit> ChunkIndex::search(std::string_view query, std::size_t most,
                                                double threshold, const Accept& accept) const {
  if (most == 0 || here_.chunks == 0) return {};
  std::vector<double> got(chunks_.size());
  double worth = 0;
  for (const std::string& term : WordReader().terms_of_query(query)) worth += rank_term(term, got);

  BestChunks best(most, threshold, worth);
  for (const File& file : files_) {
    if (file.removed) continue;
    std::optional<bool> accepted;
    for (std::uint32_t chunk = file.first_chunk; chunk < file.first_chunk + file.chunks; ++chunk) {
      if (!best.may_take(got[chunk])) continue;
      if (!accepted) accepted = !accept || accept(file.id);
      if (!*accepted) break;
      best.take(chunk, got[chunk]);
    }
  }

  std::vector<Hit> hits;
  for (const RankedChunk& ranked : std::move(best).ranked()) {
    const Chunk& chunk = chunks_[ranked.chunk];
    const File& file = files_[chunk.file];
    const std::string_view text = *file.text;
    hits.push_back({file.id, text.substr(chunk.span.offset, chunk.span.length), ranked.score});
  }
  return hits;
}

std::size_t ChunkIndex::bytes() const {
  return text_bytes_ + packed_bytes_ + chunks_.size() * sizeof(Chunk);
}

}  // namespace assistants_mock::mock_server::search
