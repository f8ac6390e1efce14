#include "mock_server/engine/file_search.h"

#include <algorithm>
#include <functional>
#include <map>

namespace assistants_mock::mock_server::engine {
namespace {

using Hit = search::ChunkIndex::Hit;

std::vector<Hit> hits_in(const store::VectorStoreRecord& record, const FileSearch& search) {
  search::ChunkIndex::Accept accept;
  std::map<std::string_view, bool> accepted;  // asked once per file, not for each query
  if (search.filter != nullptr)
    accept = [&](std::string_view file_id) {
      const auto [known, is_new] = accepted.emplace(file_id, false);
      if (is_new)
        known->second = search::matches(*search.filter, record.files.find(file_id)->filterable);
      return known->second;
    };
  std::vector<Hit> all;
  std::map<const char*, std::size_t> places;  // of chunks, by where their text is
  for (const std::string& query : search.queries)
    for (const Hit& hit : record.index.search(query, search.most, search.threshold, accept)) {
      if (hit.score <= 0) continue;
      const auto [known, is_new] = places.emplace(hit.text.data(), all.size());
      if (is_new)
        all.push_back(hit);
      else
        all[known->second].score = std::max(all[known->second].score, hit.score);
    }
  return all;
}

}  // namespace

std::vector<scenarios::FoundChunk> search_files(const store::Store& store,
                                                std::span<const std::string> stores,
                                                const FileSearch& search) {
  std::vector<std::pair<Hit, const store::VectorStoreRecord*>> hits;
  for (const std::string& id : stores)
    if (const store::VectorStoreRecord* record = store.vector_stores.find(id))
      for (Hit& hit : hits_in(*record, search)) hits.emplace_back(std::move(hit), record);
  std::ranges::stable_sort(hits, std::greater{}, [](const auto& hit) { return hit.first.score; });
  if (hits.size() > search.most) hits.resize(search.most);

  std::vector<scenarios::FoundChunk> found;
  for (const auto& [hit, record] : hits) {
    const auto file = record->files.find(hit.file_id);
    found.push_back({file->id, store.files.find(file->id)->filename, hit.score,
                     std::string(hit.text), file->attributes});
  }
  return found;
}

}  // namespace assistants_mock::mock_server::engine
