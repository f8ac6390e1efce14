#include <algorithm>

#include "tests/model/lists.h"
#include "tests/model/refusals.h"
#include "tests/model/resources.h"
#include "tests/model/stores.h"

namespace assistants_mock::tests::model {
namespace {

Json shown_batch(const Store& store, const Batch& batch) {
  return {{"id", batch.id},
          {"object", "vector_store.files_batch"},
          {"created_at", shown(batch.created_at)},
          {"status", batch.status},
          {"vector_store_id", store.id},
          {"file_counts", counts(store, batch.id)}};
}

void draw_create(const World& world, Draw& draw, Asked& asked) {
  asked.ids = {draw.id_of(world.stores, "vs_none")};
  const std::vector<Id> ids = drawn_files(world, draw, 3);
  asked.body = Json::object();
  if (draw.one_in(3)) {
    asked.body["files"] = Json::array();
    for (const Id& id : ids)
      asked.body["files"].push_back({{"file_id", id}, {"attributes", {{"lang", "en"}}}});
    return;
  }
  asked.body["file_ids"] = ids;
  if (draw.one_in(3)) asked.body["attributes"] = {{"lang", "en"}};
}
Expected create(World& world, const Asked& asked) {
  StorePlace place = store_place(world, asked);
  if (place.refusal) return *place.refusal;
  std::vector<Id> ids;
  Json attributes = asked.body.value("attributes", Json());
  if (attributes.is_null()) attributes = Json::object();
  if (const Json* files = asked.field("files")) {
    for (const Json& file : *files) ids.push_back(file.at("file_id"));
    attributes = {{"lang", "en"}};
  } else {
    ids = asked.body.value("file_ids", Json::array()).get<std::vector<Id>>();
  }
  if (auto refusal = check_attaching(world, ids)) return *refusal;
  place = live_store_place(world, asked);
  if (place.refusal) return *place.refusal;
  Store& store = *place.store;
  const Id id = world.next_id("vsfb");
  store.batches.push_back({.id = id, .created_at = world.now});
  for (const Id& file : ids) attach(world, store, file, attributes, id);
  // B1: all of them are counted in_progress, however small.
  return {.body = shown_batch(store, store.batches.back())};
}

struct BatchPlace {
  Store* store;
  Batch* batch;
  std::optional<Expected> refusal = {};
};
BatchPlace batch_place(World& world, const Asked& asked) {
  const StorePlace place = store_place(world, asked);
  if (place.refusal) return {nullptr, nullptr, place.refusal};
  const auto batch = std::ranges::find(place.store->batches, asked.ids[1], &Batch::id);
  if (batch == place.store->batches.end())
    return {place.store, nullptr, refused("nf.vsbatch", {asked.ids[1]})};
  return {place.store, &*batch};
}

// Returns its store; null when there is none.
const Store* draw_batch(const World& world, Draw& draw, Asked& asked) {
  std::vector<const Store*> stores;
  for (const Store& store : world.stores)
    if (!store.deleted && !store.batches.empty()) stores.push_back(&store);
  if (stores.empty()) {
    draw.impossible();
    return nullptr;
  }
  const Store* store = stores[stores.size() - 1 - draw.below(stores.size())];
  const std::size_t place = draw.below(store->batches.size());
  asked.ids = {store->id, draw.one_in(24) ? "vsfb_none" : store->batches[place].id};
  return store;
}
void draw_one(const World& world, Draw& draw, Asked& asked) {
  draw_batch(world, draw, asked);
}
Expected get(World& world, const Asked& asked) {
  const BatchPlace place = batch_place(world, asked);
  return place.refusal ? *place.refusal : Expected{.body = shown_batch(*place.store, *place.batch)};
}

// One that has ended is given back as it is (batch.cancel.done).
Expected cancel_batch(World& world, const Asked& asked) {
  const BatchPlace place = batch_place(world, asked);
  if (place.refusal) return *place.refusal;
  if (place.batch->status == "in_progress") {
    place.batch->status = "cancelled";  // B3, F4
    for (StoreFile& file : place.store->files)
      if (!file.deleted && file.batch == place.batch->id && file.status == "in_progress")
        file.status = "cancelled";
  }
  return {.body = shown_batch(*place.store, *place.batch)};
}

void draw_list(const World& world, Draw& draw, Asked& asked) {
  if (const Store* store = draw_batch(world, draw, asked)) draw_files_page(draw, asked, *store);
}
Expected list(World& world, const Asked& asked) {
  const BatchPlace place = batch_place(world, asked);
  if (place.refusal) return *place.refusal;
  return list_files(world, asked, *place.store, place.batch->id);
}

}  // namespace

Operations batch_operations() {
  using enum FieldKind;
  std::vector<std::string_view> parameters = paging;
  parameters.push_back("filter");
  return {
      {.id = "createVectorStoreFileBatch",
       .method = "POST",
       .path = "/vector_stores/{vector_store_id}/file_batches",
       .weight = 3,
       .draw = draw_create,
       .answer = create,
       .fields = {{"file_ids", FieldKind::items, true, false, "files"},
                  {"files", FieldKind::items, false, false},
                  {"attributes", object}},
       .beta = false},
      {.id = "getVectorStoreFileBatch",
       .method = "GET",
       .path = "/vector_stores/{vector_store_id}/file_batches/{batch_id}",
       .draw = draw_one,
       .answer = get,
       .beta = false},
      {.id = "cancelVectorStoreFileBatch",
       .method = "POST",
       .path = "/vector_stores/{vector_store_id}/file_batches/{batch_id}/cancel",
       .draw = draw_one,
       .answer = cancel_batch,
       .beta = false},
      {.id = "listFilesInVectorStoreBatch",
       .method = "GET",
       .path = "/vector_stores/{vector_store_id}/file_batches/{batch_id}/files",
       .draw = draw_list,
       .answer = list,
       .parameters = parameters,
       .beta = false},
  };
}

}  // namespace assistants_mock::tests::model
