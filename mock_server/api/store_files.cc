// The files of a vector store, one by one: docs/wire/vector-stores.md.
#include "mock_server/api/api_error.h"
#include "mock_server/api/attachable_files.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/api/list_answer.h"
#include "mock_server/api/vector_stores.h"

namespace assistants_mock::mock_server::api {
namespace {

using state_machine::StoreFileStatus;

// Whether a file that was attached just now can be found by its id (a script's `found_after`).
bool is_found(const World& world, const store::StoreFile& file) {
  return file.created_at + world.indexer.rules().settings().found_after <= world.now;
}

}  // namespace

std::shared_ptr<const store::StoreFile> store_file_of(Call& call,
                                                      const store::VectorStoreRecord& record) {
  auto file = record.files.find(call.id("file_id"));
  if (!file || !is_found(call.world, *file))
    throw api_error::no_store_file(call.id("file_id"), record.store->id);
  return file;
}

Answer list_of_files(Call& call, const store::VectorStoreRecord& record,
                     std::string_view batch_id) {
  const auto& files = record.files;
  for (const std::string& cursor : {call.query.after, call.query.before})
    if (!cursor.empty() && !files.place_of(cursor))
      throw api_error::no_store_file(cursor, record.store->id);
  const store::PageRequest request = {call.query.limit, call.query.ascending, call.query.after,
                                      call.query.before};
  const auto wanted = [&](const store::StoreFile& file) {
    const bool of_batch = batch_id.empty() || file.batch_id == batch_id;
    const bool of_status =
        call.query.filter.empty() || call.query.filter == state_machine::name(file.status);
    return of_batch && of_status;
  };
  return {list_body(files.page(request, wanted), call.view())};
}

Answer list_store_files(Call& call) {
  return list_of_files(call, vector_store_of(call));
}

Answer create_store_file(Call& call) {
  store::VectorStoreRecord& record = vector_store_of(call);
  const std::vector<engine::Attachment> files = {
      {call.body.at("file_id").get<std::string>(), read_chunk_sizes(call.body),
       read_json(call.body, "attributes", Body::object())}};
  require_searchable(call.world, files);
  require_live(record);
  make_room(call.world, 1);

  call.world.indexer.attach(record, files, call.world.now);
  return {to_body(*record.files.find(files.front().file_id), call.view())};
}

Answer get_store_file(Call& call) {
  return {to_body(*store_file_of(call, vector_store_of(call)), call.view())};
}

Answer modify_store_file(Call& call) {
  store::VectorStoreRecord& record = vector_store_of(call);
  const auto file = store_file_of(call, record);
  require_live(record);
  call.world.indexer.set_attributes(record, *file,
                                    read_json(call.body, "attributes", Body::object()));
  return {to_body(*record.files.find(file->id), call.view())};
}

Answer delete_store_file(Call& call) {
  store::VectorStoreRecord& record = vector_store_of(call);
  const auto file = store_file_of(call, record);
  require_live(record);
  call.world.indexer.detach(record, file->id);
  return {deleted_body(file->id, "vector_store.file.deleted")};
}

// A file that is not completed has no text to show yet: an empty one (inferred).
Answer get_store_file_content(Call& call) {
  const auto file = store_file_of(call, vector_store_of(call));
  const auto text = call.world.indexer.text_of(file->id);
  const bool readable = file->status == StoreFileStatus::completed && text;
  return {content_page(readable ? *text : "")};
}

}  // namespace assistants_mock::mock_server::api
