#include "mock_server/api/wire_vector_stores.h"

#include "mock_server/api/wire_parts.h"

namespace assistants_mock::mock_server::api {
namespace {

using state_machine::StoreFileStatus;

void count(JsonWriter& out, std::string_view key, std::size_t value) {
  out.member(key, static_cast<std::int64_t>(value));
}

void write_counts(JsonWriter& out, const store::FileCounts& files) {
  out.key("file_counts");
  out.begin_object();
  for (const auto status : {StoreFileStatus::in_progress, StoreFileStatus::completed,
                            StoreFileStatus::failed, StoreFileStatus::cancelled})
    count(out, state_machine::name(status), files[status]);
  count(out, "total", files.total());
  out.end_object();
}

// The schema has no null for a store that never expires; the service sent one, and so does every
// profile.
void write_expiry(JsonWriter& out, const store::VectorStore& store) {
  if (store.expires_after_days) {
    out.key("expires_after");
    out.begin_object();
    out.member("anchor", "last_active_at");
    out.member("days", std::int64_t{*store.expires_after_days});
    out.end_object();
  } else {
    out.null_member("expires_after");
  }
  write_date(out, "expires_at", store.expires_at());
}

void write_chunking(JsonWriter& out, const search::ChunkSizes& sizes) {
  out.key("chunking_strategy");
  out.begin_object();
  out.member("type", "static");
  out.key("static");
  out.begin_object();
  count(out, "max_chunk_size_tokens", sizes.max_chunk_size_tokens);
  count(out, "chunk_overlap_tokens", sizes.chunk_overlap_tokens);
  out.end_object();
  out.end_object();
}

void write_texts(JsonWriter& out, std::string_view key, std::string_view text) {
  out.key(key);
  out.begin_array();
  out.begin_object();
  out.member("type", "text");
  out.member("text", text);
  out.end_object();
  out.end_array();
}

// No operation takes the token of a next page, so there is never one.
void end_page(JsonWriter& out) {
  out.member("has_more", false);
  out.null_member("next_page");
  out.end_object();
}

}  // namespace

void write(JsonWriter& out, const store::VectorStore& store, const View&) {
  out.begin_object();
  out.member("id", store.id);
  out.member("object", "vector_store");
  write_date(out, "created_at", store.created_at);
  out.member("name", store.name);  // null too, for which the schema has no place
  out.member("description", store.description);
  // Row V3: told when all files have ended.
  const bool in_progress = store.files[state_machine::StoreFileStatus::in_progress] != 0;
  out.member("usage_bytes", in_progress ? 0 : static_cast<std::int64_t>(store.usage_bytes));
  write_counts(out, store.files);
  out.member("status", state_machine::name(store.status));
  write_expiry(out, store);
  write_date(out, "last_active_at", store.last_active_at);
  out.key("metadata");
  out.begin_object();
  for (const auto& [key, value] : store.metadata) out.member(key, value);
  out.end_object();
  out.end_object();
}

void write(JsonWriter& out, const store::StoreFile& file, const View&) {
  out.begin_object();
  out.member("id", file.id);
  out.member("object", "vector_store.file");
  out.member("usage_bytes", static_cast<std::int64_t>(file.usage_bytes));
  write_date(out, "created_at", file.created_at);
  out.member("vector_store_id", file.store_id);
  out.member("status", state_machine::name(file.status));
  if (file.last_error) {
    out.key("last_error");
    out.begin_object();
    out.member("code", file.last_error->code);
    out.member("message", file.last_error->message);
    out.end_object();
  } else {
    out.null_member("last_error");
  }
  write_chunking(out, file.chunk_sizes);
  out.member("attributes", file.attributes);
  out.end_object();
}

void write(JsonWriter& out, const store::FileBatch& batch, const View& view) {
  out.begin_object();
  out.member("id", batch.id);
  // The schema's enum and the service differ by a letter.
  out.member("object", view.profile == WireProfile::recorded ? "vector_store.file_batch"
                                                             : "vector_store.files_batch");
  write_date(out, "created_at", batch.created_at);
  out.member("status", state_machine::name(batch.status));
  out.member("vector_store_id", batch.store_id);
  write_counts(out, batch.files);
  out.end_object();
}

std::string search_page(const std::vector<std::string>& queries,
                        const std::vector<scenarios::FoundChunk>& results) {
  std::string body;
  JsonWriter out(body, Layout::indented);
  out.begin_object();
  out.member("object", "vector_store.search_results.page");
  out.key("search_query");
  out.begin_array();
  for (const std::string& query : queries) out.text(query);
  out.end_array();
  out.key("data");
  out.begin_array();
  for (const scenarios::FoundChunk& result : results) {
    out.begin_object();
    out.member("file_id", result.file_id);
    out.member("filename", result.filename);
    out.member("score", result.score);
    out.member("attributes", result.attributes);
    write_texts(out, "content", result.text);
    out.end_object();
  }
  out.end_array();
  end_page(out);
  return body;
}

std::string content_page(std::string_view text) {
  std::string body;
  JsonWriter out(body, Layout::indented);
  out.begin_object();
  out.member("object", "vector_store.file_content.page");
  write_texts(out, "data", text);
  end_page(out);
  return body;
}

}  // namespace assistants_mock::mock_server::api
