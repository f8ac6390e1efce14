#pragma once
// The vector store that a request's path names, and what its files are counted as.
#include <optional>

#include "tests/model/operation.h"

namespace assistants_mock::tests::model {

struct StorePlace {
  Store* store;
  std::optional<Expected> refusal = {};
};
StorePlace store_place(World& world, const Asked& asked);
// The same for what an expired store refuses (vs.expired.use).
StorePlace live_store_place(World& world, const Asked& asked);

Json counts(const Store& store, const Id& batch = {});
std::size_t usage_of(World& world, const StoreFile& file);

Json shown_store_file(World& world, const Store& store, const StoreFile& file);
// Of a store, or of a batch of it.
Expected list_files(World& world, const Asked& asked, const Store& store, const Id& batch);
void draw_files_page(Draw& draw, Asked& asked, const Store& store);

std::optional<Expected> check_attaching(World& world, const std::vector<Id>& ids);

}  // namespace assistants_mock::tests::model
