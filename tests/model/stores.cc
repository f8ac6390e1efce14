#include "tests/model/stores.h"

#include "tests/model/lists.h"
#include "tests/model/refusals.h"
#include "tests/model/resources.h"

namespace assistants_mock::tests::model {
namespace {

std::string status_of(const Store& store) {
  if (store.expired) return "expired";  // V4
  return counts(store).at("in_progress") == 0 ? "completed" : "in_progress";
}

// "usage_bytes is 0 while its files are in progress" (vector-stores.md).
Json shown_store(World& world, const Store& store) {
  std::size_t bytes = 0;
  if (counts(store).at("in_progress") == 0)
    for (const StoreFile& file : store.files) bytes += usage_of(world, file);
  Json expires_after = nullptr;
  if (store.days) expires_after = {{"anchor", "last_active_at"}, {"days", *store.days}};
  return {{"id", store.id},
          {"object", "vector_store"},
          {"created_at", shown(store.created_at)},
          {"name", store.name},
          {"usage_bytes", bytes},
          {"file_counts", counts(store)},
          {"status", status_of(store)},
          {"expires_after", expires_after},
          {"expires_at", shown(store.expires_at())},
          {"last_active_at", shown(store.last_active_at)},
          {"metadata", store.metadata}};
}

void draw_expiry(Draw& draw, Asked& asked) {
  if (draw.one_in(2))
    asked.body["expires_after"] = {{"anchor", "last_active_at"}, {"days", draw.one_in(2) ? 7 : 1}};
}

void set_expiry(Store& store, const Asked& asked) {
  const Json* expiry = asked.field("expires_after");
  if (expiry == nullptr) return;
  store.days = std::nullopt;
  if (!expiry->is_null()) store.days = expiry->at("days").get<int>();
}

void set_metadata(Store& store, const Asked& asked) {
  if (const Json* metadata = asked.field("metadata"))
    store.metadata = metadata->is_null() ? Json::object() : *metadata;
  if (const Json* name = asked.field("name")) store.name = *name;
}

void draw_create(const World& world, Draw& draw, Asked& asked) {
  asked.body = Json::object();
  draw_expiry(draw, asked);
  if (draw.one_in(3)) asked.body["name"] = "Handbook";
  if (draw.one_in(4)) asked.body["metadata"] = {{"team", "red"}};
  if (!world.files.empty() && draw.one_in(2)) asked.body["file_ids"] = drawn_files(world, draw, 3);
}
Expected create(World& world, const Asked& asked) {
  const auto ids = asked.body.value("file_ids", Json::array()).get<std::vector<Id>>();
  if (auto refusal = check_attaching(world, ids)) return *refusal;
  Store& store = make_store(world, std::nullopt);
  set_metadata(store, asked);
  set_expiry(store, asked);
  for (const Id& id : ids) attach(world, store, id);
  return {.body = shown_store(world, store)};
}

void draw_one(const World& world, Draw& draw, Asked& asked) {
  asked.ids = {draw.id_of(world.stores, "vs_none")};
}
Expected get(World& world, const Asked& asked) {
  const StorePlace place = store_place(world, asked);
  return place.refusal ? *place.refusal : Expected{.body = shown_store(world, *place.store)};
}

void draw_modify(const World& world, Draw& draw, Asked& asked) {
  draw_one(world, draw, asked);
  asked.body = Json::object();
  draw_expiry(draw, asked);
  if (draw.one_in(6)) asked.body["expires_after"] = nullptr;
  if (draw.one_in(3)) asked.body["name"] = draw.one_in(3) ? Json(nullptr) : Json("Manual");
}
Expected modify(World& world, const Asked& asked) {
  const StorePlace place = live_store_place(world, asked);
  if (place.refusal) return *place.refusal;
  set_metadata(*place.store, asked);
  set_expiry(*place.store, asked);
  return {.body = shown_store(world, *place.store)};
}

Expected erase(World& world, const Asked& asked) {
  const StorePlace place = store_place(world, asked);
  if (place.refusal) return *place.refusal;
  place.store->deleted = true;
  return {.body = {{"id", place.store->id}, {"object", "vector_store.deleted"}, {"deleted", true}}};
}

// Every file says "cake" once, so that all are found and any may come first.
void draw_search(const World& world, Draw& draw, Asked& asked) {
  draw_one(world, draw, asked);
  asked.body = {{"query", "cake"}, {"max_num_results", 50}};
  if (draw.one_in(3)) asked.body["filters"] = {{"type", "eq"}, {"key", "lang"}, {"value", "en"}};
}
Expected search(World& world, const Asked& asked) {
  const StorePlace place = live_store_place(world, asked);
  if (place.refusal) return *place.refusal;
  place.store->last_active_at = world.now;
  Json found = Json::array();
  for (const StoreFile& file : place.store->files) {
    const bool fits =
        asked.field("filters") == nullptr || file.attributes.value("lang", "") == "en";
    if (file.deleted || file.status != "completed" || !fits) continue;
    found.push_back({{"file_id", file.id},
                     {"filename", find_file(world, file.id)->filename},
                     {"attributes", file.attributes}});
  }
  return {.body = {{"object", "vector_store.search_results.page"},
                   {"search_query", {"cake"}},
                   {"data", {{"$any_order", found}}},
                   {"has_more", false},
                   {"next_page", nullptr}}};
}

void draw_list(const World& world, Draw& draw, Asked& asked) {
  draw_paging(draw, asked, world.stores, "vs_none");
}
Expected list(World& world, const Asked& asked) {
  return listed(
      world.stores, asked, always<Store>,
      [&](const Store& store) { return shown_store(world, store); },
      [](const Id& id) { return refused("nf.vs", {id}); });
}

}  // namespace

StorePlace store_place(World& world, const Asked& asked) {
  Store* store = find(world.stores, asked.ids[0]);
  if (store == nullptr) return {nullptr, refused("nf.vs", {asked.ids[0]})};
  return {store};
}

StorePlace live_store_place(World& world, const Asked& asked) {
  StorePlace place = store_place(world, asked);
  if (!place.refusal && place.store->expired)
    place.refusal = refused("vs.expired.use", {place.store->id});
  return place;
}

Json counts(const Store& store, const Id& batch) {
  Json counted = {
      {"in_progress", 0}, {"completed", 0}, {"failed", 0}, {"cancelled", 0}, {"total", 0}};
  for (const StoreFile& file : store.files)
    if (!file.deleted && (batch.empty() || file.batch == batch))
      for (const std::string& name : {file.status, std::string("total")})
        counted[name] = counted[name].get<int>() + 1;
  return counted;
}

// Its bytes, and 1024 for its one chunk.
std::size_t usage_of(World& world, const StoreFile& file) {
  if (file.deleted || file.status != "completed") return 0;
  return find_file(world, file.id)->content.size() + 1024;
}

std::optional<Expected> check_attaching(World& world, const std::vector<Id>& ids) {
  if (auto refusal = check_files(world, ids)) return refusal;
  return check_retrieval(world, ids);
}

Operations store_operations() {
  using enum FieldKind;
  const std::string_view one = "/vector_stores/{vector_store_id}";
  return {
      {.id = "listVectorStores",
       .method = "GET",
       .path = "/vector_stores",
       .draw = draw_list,
       .answer = list,
       .parameters = paging,
       .beta = false},
      {.id = "createVectorStore",
       .method = "POST",
       .path = "/vector_stores",
       .weight = 3,
       .draw = draw_create,
       .answer = create,
       .fields = {{"file_ids", FieldKind::items, false, false},
                  {"name", text},
                  {"expires_after", object},
                  {"metadata", object}},
       .beta = false},
      {.id = "getVectorStore",
       .method = "GET",
       .path = one,
       .weight = 2,
       .draw = draw_one,
       .answer = get,
       .beta = false},
      {.id = "modifyVectorStore",
       .method = "POST",
       .path = one,
       .draw = draw_modify,
       .answer = modify,
       .fields = {{"name", text}, {"expires_after", object}, {"metadata", object}},
       .beta = false},
      {.id = "deleteVectorStore",
       .method = "DELETE",
       .path = one,
       .draw = draw_one,
       .answer = erase,
       .beta = false},
      {.id = "searchVectorStore",
       .method = "POST",
       .path = "/vector_stores/{vector_store_id}/search",
       .draw = draw_search,
       .answer = search,
       .fields = {{"query", open, true, false},
                  {"max_num_results", number, false, false},
                  {"filters", object}},
       .beta = false},
  };
}

}  // namespace assistants_mock::tests::model
