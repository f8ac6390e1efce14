#include "mock_server/store/vector_stores.h"

#include <utility>

namespace assistants_mock::mock_server::store {

VectorStoreRecord& VectorStores::add(VectorStore store) {
  auto record = std::make_unique<VectorStoreRecord>();
  record->store = std::make_shared<const VectorStore>(std::move(store));
  all_.add(record->store);
  return *records_.emplace(record->store->id, std::move(record)).first->second;
}

VectorStoreRecord* VectorStores::find(std::string_view id) {
  const auto found = records_.find(id);
  return found == records_.end() ? nullptr : found->second.get();
}

const VectorStoreRecord* VectorStores::find(std::string_view id) const {
  const auto found = records_.find(id);
  return found == records_.end() ? nullptr : found->second.get();
}

void VectorStores::replace(VectorStoreRecord& record, VectorStore store) {
  record.store = std::make_shared<const VectorStore>(std::move(store));
  all_.replace(record.store);
}

bool VectorStores::erase(std::string_view id) {
  const auto found = records_.find(id);
  if (found == records_.end()) return false;
  all_.erase(id);
  records_.erase(found);
  return true;
}

}  // namespace assistants_mock::mock_server::store
