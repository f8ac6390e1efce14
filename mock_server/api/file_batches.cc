// Files that were attached together: docs/wire/vector-stores.md, "File batches".
#include "mock_server/api/api_error.h"
#include "mock_server/api/attachable_files.h"
#include "mock_server/api/vector_stores.h"

namespace assistants_mock::mock_server::api {
namespace {

std::shared_ptr<const store::FileBatch> batch_of(Call& call,
                                                 const store::VectorStoreRecord& record) {
  auto batch = record.batches.find(call.id("batch_id"));
  if (!batch) throw api_error::no_file_batch(call.id("batch_id"));
  return batch;
}

store::FileBatch as_shown(const Call& call, const store::FileBatch& batch) {
  return call.world.indexer.shown(batch, call.world.now);
}

}  // namespace

Answer create_file_batch(Call& call) {
  store::VectorStoreRecord& record = vector_store_of(call);
  const std::vector<engine::Attachment> files = read_attachments(call.body);
  require_searchable(call.world, files);
  require_live(record);
  make_room(call.world, 1 + files.size());

  const auto batch = call.world.indexer.create_batch(record, files, call.world.now);
  return {to_body(as_shown(call, *batch), call.view())};
}

Answer get_file_batch(Call& call) {
  const store::VectorStoreRecord& record = vector_store_of(call);
  store::FileBatch batch = as_shown(call, *batch_of(call, record));
  // The service showed the store's id from November 2025 on (openai-python#2724).
  if (call.world.indexer.rules().settings().polled_batch_shows_store) batch.id = record.store->id;
  return {to_body(batch, call.view())};
}

Answer cancel_file_batch(Call& call) {
  store::VectorStoreRecord& record = vector_store_of(call);
  const auto batch = call.world.indexer.cancel(record, *batch_of(call, record));
  return {to_body(as_shown(call, *batch), call.view())};
}

Answer list_batch_files(Call& call) {
  const store::VectorStoreRecord& record = vector_store_of(call);
  return list_of_files(call, record, batch_of(call, record)->id);
}

}  // namespace assistants_mock::mock_server::api
