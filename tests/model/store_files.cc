#include "tests/model/lists.h"
#include "tests/model/refusals.h"
#include "tests/model/resources.h"
#include "tests/model/stores.h"

namespace assistants_mock::tests::model {
namespace {

// Where a file of a store is asked for.
struct FilePlace {
  Store* store;
  StoreFile* file;
  std::optional<Expected> refusal = {};
};
FilePlace file_place(World& world, const Asked& asked) {
  const StorePlace place = store_place(world, asked);
  if (place.refusal) return {nullptr, nullptr, place.refusal};
  StoreFile* file = find(place.store->files, asked.ids[1]);
  if (file == nullptr)
    return {place.store, nullptr, refused("nf.vsfile", {asked.ids[1], place.store->id})};
  return {place.store, file};
}
FilePlace live_file_place(World& world, const Asked& asked) {
  FilePlace place = file_place(world, asked);
  if (!place.refusal && place.store->expired)
    place.refusal = refused("vs.expired.use", {place.store->id});
  return place;
}

Json drawn_attributes(Draw& draw) {
  if (draw.one_in(3)) return {{"lang", "de"}};
  return {{"lang", "en"}};
}

void draw_create(const World& world, Draw& draw, Asked& asked) {
  asked.ids = {draw.id_of(world.stores, "vs_none")};
  asked.body = {{"file_id", draw.id_of(world.files, "file-none")}};
  if (draw.one_in(2)) asked.body["attributes"] = drawn_attributes(draw);
}
Expected create(World& world, const Asked& asked) {
  StorePlace place = store_place(world, asked);
  if (place.refusal) return *place.refusal;
  const Id id = asked.body.at("file_id");
  if (auto refusal = check_attaching(world, {id})) return *refusal;
  place = live_store_place(world, asked);
  if (place.refusal) return *place.refusal;
  const Json attributes = asked.body.value("attributes", Json());
  attach(world, *place.store, id, attributes.is_null() ? Json::object() : attributes);
  return {.body = shown_store_file(world, *place.store, place.store->files.back())};
}

void draw_one(const World& world, Draw& draw, Asked& asked) {
  const Store* store = draw.latest(world.stores);
  if (store == nullptr) return;
  asked.ids = {draw.one_in(24) ? "vs_none" : store->id};
  asked.ids.push_back(draw.id_of(store->files, "file-none"));
}
Expected get(World& world, const Asked& asked) {
  const FilePlace place = file_place(world, asked);
  if (place.refusal) return *place.refusal;
  return {.body = shown_store_file(world, *place.store, *place.file)};
}

void draw_modify(const World& world, Draw& draw, Asked& asked) {
  draw_one(world, draw, asked);
  asked.body = {{"attributes", draw.one_in(4) ? Json(nullptr) : drawn_attributes(draw)}};
}
Expected modify(World& world, const Asked& asked) {
  const FilePlace place = live_file_place(world, asked);
  if (place.refusal) return *place.refusal;
  const Json& attributes = asked.body.at("attributes");
  place.file->attributes = attributes.is_null() ? Json::object() : attributes;
  return {.body = shown_store_file(world, *place.store, *place.file)};
}

// "detaching from it" is refused by a store that has expired (vector-stores.md).
Expected erase(World& world, const Asked& asked) {
  const FilePlace place = live_file_place(world, asked);
  if (place.refusal) return *place.refusal;
  place.file->deleted = true;
  settle_batches(*place.store);
  return {
      .body = {{"id", place.file->id}, {"object", "vector_store.file.deleted"}, {"deleted", true}}};
}

Expected content(World& world, const Asked& asked) {
  const FilePlace place = file_place(world, asked);
  if (place.refusal) return *place.refusal;
  // "a page of one item, once it is completed; an empty one before" (vector-stores.md)
  std::string text;
  if (place.file->status == "completed") text = find_file(world, place.file->id)->content;
  return {.body = {{"object", "vector_store.file_content.page"},
                   {"data", {{{"type", "text"}, {"text", text}}}},
                   {"has_more", false},
                   {"next_page", nullptr}}};
}

void draw_list(const World& world, Draw& draw, Asked& asked) {
  const Store* store = draw.latest(world.stores);
  if (store == nullptr) return;
  asked.ids = {draw.one_in(24) ? "vs_none" : store->id};
  draw_files_page(draw, asked, *store);
}
Expected list(World& world, const Asked& asked) {
  const StorePlace place = store_place(world, asked);
  return place.refusal ? *place.refusal : list_files(world, asked, *place.store, {});
}

}  // namespace

Json shown_store_file(World& world, const Store& store, const StoreFile& file) {
  Json error = nullptr;
  if (file.status == "failed") error = {{"code", "server_error"}, {"message", file.error}};
  return {{"id", file.id},
          {"object", "vector_store.file"},
          {"usage_bytes", usage_of(world, file)},
          {"created_at", shown(file.created_at)},
          {"vector_store_id", store.id},
          {"status", file.status},
          {"last_error", error},
          {"chunking_strategy",
           {{"type", "static"},
            {"static", {{"max_chunk_size_tokens", 800}, {"chunk_overlap_tokens", 400}}}}},
          {"attributes", file.attributes}};
}

void draw_files_page(Draw& draw, Asked& asked, const Store& store) {
  static const std::vector<std::string> statuses = {"in_progress", "completed", "failed",
                                                    "cancelled"};
  draw_paging(draw, asked, store.files, "file-none");
  if (draw.one_in(4)) asked.query.emplace_back("filter", draw.one_of(statuses));
}

Expected list_files(World& world, const Asked& asked, const Store& store, const Id& batch) {
  const std::string status = asked.in_query("filter");
  return listed(
      store.files, asked,
      [&](const StoreFile& file) {
        return (batch.empty() || file.batch == batch) && (status.empty() || file.status == status);
      },
      [&](const StoreFile& file) { return shown_store_file(world, store, file); },
      [&](const Id& id) {
        return refused("nf.vsfile", {id, store.id});
      });
}

Operations store_file_operations() {
  std::vector<std::string_view> parameters = paging;
  parameters.push_back("filter");
  const std::string_view all = "/vector_stores/{vector_store_id}/files";
  const std::string_view one = "/vector_stores/{vector_store_id}/files/{file_id}";
  return {
      {.id = "listVectorStoreFiles",
       .method = "GET",
       .path = all,
       .weight = 2,
       .draw = draw_list,
       .answer = list,
       .parameters = parameters,
       .beta = false},
      {.id = "createVectorStoreFile",
       .method = "POST",
       .path = all,
       .weight = 4,
       .draw = draw_create,
       .answer = create,
       .fields = {{"file_id", FieldKind::id, true, false}, {"attributes", FieldKind::object}},
       .beta = false},
      {.id = "getVectorStoreFile",
       .method = "GET",
       .path = one,
       .draw = draw_one,
       .answer = get,
       .beta = false},
      {.id = "updateVectorStoreFileAttributes",
       .method = "POST",
       .path = one,
       .draw = draw_modify,
       .answer = modify,
       .fields = {{"attributes", FieldKind::object, true, true}},
       .beta = false},
      {.id = "deleteVectorStoreFile",
       .method = "DELETE",
       .path = one,
       .draw = draw_one,
       .answer = erase,
       .beta = false},
      {.id = "retrieveVectorStoreFileContent",
       .method = "GET",
       .path = "/vector_stores/{vector_store_id}/files/{file_id}/content",
       .draw = draw_one,
       .answer = content,
       .beta = false},
  };
}

}  // namespace assistants_mock::tests::model
