// Vector stores themselves: docs/wire/vector-stores.md.
#include "mock_server/api/vector_stores.h"

#include "mock_server/api/api_error.h"
#include "mock_server/api/attachable_files.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/api/list_answer.h"

namespace assistants_mock::mock_server::api {
namespace {

std::optional<int> read_lifetime(const Body& body) {
  const Body* expires_after = field(body, "expires_after");
  return expires_after ? std::optional(expires_after->at("days").get<int>()) : std::nullopt;
}

Answer shown(const Call& call, const store::VectorStoreRecord& record) {
  return {to_body(call.world.indexer.shown(*record.store, call.world.now), call.view())};
}

}  // namespace

store::VectorStoreRecord& vector_store_of(Call& call) {
  auto* record = call.world.store.vector_stores.find(call.id("vector_store_id"));
  if (record == nullptr) throw api_error::no_vector_store(call.id("vector_store_id"));
  return *record;
}

store::VectorStoreRecord& live_vector_store_of(Call& call) {
  store::VectorStoreRecord& record = vector_store_of(call);
  require_live(record);
  return record;
}

void require_live(const store::VectorStoreRecord& record) {
  if (is_terminal(record.store->status)) throw api_error::vector_store_expired(record.store->id);
}

Answer list_vector_stores(Call& call) {
  const auto& stores = call.world.store.vector_stores.all();
  auto page = stores.page(page_request(call.query, stores, api_error::no_vector_store));
  for (auto& store : page.items)
    store = std::make_shared<const store::VectorStore>(
        call.world.indexer.shown(*store, call.world.now));
  return {list_body(page, call.view())};
}

Answer create_vector_store(Call& call) {
  engine::NewVectorStore made;
  made.name = read_text(call.body, "name");
  made.description = read_text(call.body, "description");
  made.expires_after_days = read_lifetime(call.body);
  made.metadata = read_metadata(call.body);
  made.files = read_attachments(call.body);
  require_searchable(call.world, made.files);
  make_room(call.world, 1 + made.files.size());

  return shown(call, call.world.indexer.create(std::move(made), call.world.now));
}

Answer get_vector_store(Call& call) {
  return shown(call, vector_store_of(call));
}

Answer modify_vector_store(Call& call) {
  store::VectorStoreRecord& record = live_vector_store_of(call);
  store::VectorStore changed = *record.store;
  if (has(call.body, "name")) changed.name = read_text(call.body, "name");
  if (has(call.body, "expires_after")) changed.expires_after_days = read_lifetime(call.body);
  if (has(call.body, "metadata")) changed.metadata = read_metadata(call.body);

  call.world.indexer.change(record, std::move(changed));
  return shown(call, record);
}

Answer delete_vector_store(Call& call) {
  const std::string id = vector_store_of(call).store->id;
  call.world.indexer.erase(id);
  return {deleted_body(id, "vector_store.deleted")};
}

}  // namespace assistants_mock::mock_server::api
