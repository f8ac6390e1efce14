#pragma once
// Vector stores, their files and file batches as plain structs (OpenAPI: VectorStoreObject,
// VectorStoreFileObject, VectorStoreFileBatchObject). How they look on the wire is api's business.
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "mock_server/search/attribute_filter.h"
#include "mock_server/search/chunking.h"
#include "mock_server/store/resources.h"
#include "state_machine/file_batch_lifecycle.h"
#include "state_machine/run.h"
#include "state_machine/store_file_lifecycle.h"
#include "state_machine/vector_store_lifecycle.h"

namespace assistants_mock::mock_server::store {

// How many files there are in each status.
class FileCounts {
 public:
  std::size_t operator[](state_machine::StoreFileStatus status) const {
    return counts_[static_cast<std::size_t>(status)];
  }
  std::size_t total() const { return counts_[0] + counts_[1] + counts_[2] + counts_[3]; }
  void add(state_machine::StoreFileStatus status) { ++counts_[static_cast<std::size_t>(status)]; }
  void take(state_machine::StoreFileStatus status) { --counts_[static_cast<std::size_t>(status)]; }
  bool operator==(const FileCounts&) const = default;

 private:
  std::array<std::size_t, state_machine::store_file_status_names.size()> counts_{};
};

struct VectorStore {
  std::string id;
  Instant created_at{};
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::uint64_t usage_bytes = 0;
  FileCounts files;
  state_machine::VectorStoreStatus status = state_machine::VectorStoreStatus::completed;
  std::optional<int> expires_after_days;  // since it was last active
  Instant last_active_at{};
  Metadata metadata;

  std::optional<Instant> expires_at() const {
    if (!expires_after_days) return std::nullopt;
    return last_active_at + std::chrono::days{*expires_after_days};
  }
};

// A file in one store. Its id is the file's own.
struct StoreFile {
  std::string id;
  std::string store_id;
  std::string batch_id;  // empty: attached by itself
  Instant created_at{};
  std::uint64_t usage_bytes = 0;  // 0 until it is indexed
  state_machine::StoreFileStatus status = state_machine::StoreFileStatus::in_progress;
  std::optional<state_machine::RunError> last_error;
  search::ChunkSizes chunk_sizes;
  Json attributes = Json::object();  // as sent
  search::Attributes filterable;     // the same, as filters read them
};

struct FileBatch {
  std::string id;
  std::string store_id;
  Instant created_at{};
  FileCounts files;
  state_machine::FileBatchStatus status = state_machine::FileBatchStatus::in_progress;
};

}  // namespace assistants_mock::mock_server::store
