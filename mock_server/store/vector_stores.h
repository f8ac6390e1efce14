#pragma once
// The vector stores of one tenant: each with its files, its batches and what its search looks
// through. Nothing here decides anything; engine/indexer.h does.
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "mock_server/search/by_text.h"
#include "mock_server/search/chunk_index.h"
#include "mock_server/store/collection.h"
#include "mock_server/store/vector_store.h"

namespace assistants_mock::mock_server::store {

struct VectorStoreRecord {
  std::shared_ptr<const VectorStore> store;
  Collection<StoreFile> files;
  Collection<FileBatch> batches;
  search::ChunkIndex index;  // of the files that are completed
};

class VectorStores {
 public:
  VectorStoreRecord& add(VectorStore store);
  // Null when there is none.
  VectorStoreRecord* find(std::string_view id);
  const VectorStoreRecord* find(std::string_view id) const;
  // Puts a newer snapshot in the place of the record's store.
  void replace(VectorStoreRecord& record, VectorStore store);
  bool erase(std::string_view id);

  // All of them in the order of their creation, for lists.
  const Collection<VectorStore>& all() const { return all_; }
  // Calls `visit(VectorStoreRecord&)` for each, in the order of their creation.
  template <class Visit>
  void for_each(Visit visit) {
    for (const auto& [place, store] : all_) visit(*find(store->id));
  }

 private:
  Collection<VectorStore> all_;
  search::ByText<std::unique_ptr<VectorStoreRecord>> records_;
};

}  // namespace assistants_mock::mock_server::store
