#pragma once
// Vector stores at work: attaches files, lets each end at its own time with its own result, keeps
// the counters of stores and batches in step with their files, and lets stores expire. Like the
// run engine it never sleeps and never asks what time it is: whoever acts catches up first.
//
// How long a file takes and how it ends is the scenario's `indexing` (docs/scenarios.md). A file
// that no rule speaks of takes a second, and ends by what searchable_text() makes of its content;
// several of one request end one by one, spread over as long again.
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "assistants_mock/limits.h"
#include "mock_server/engine/counter_history.h"
#include "mock_server/engine/file_texts.h"
#include "mock_server/engine/indexing_rules.h"
#include "mock_server/engine/run_engine.h"
#include "mock_server/store/id_source.h"
#include "mock_server/store/store.h"

namespace assistants_mock::mock_server::engine {

// A file that is to be in a store, and how.
struct Attachment {
  std::string file_id;
  search::ChunkSizes chunk_sizes = {};
  store::Json attributes = store::Json::object();
};

// What a store is made of.
struct NewVectorStore {
  std::optional<std::string> name = {};
  std::optional<std::string> description = {};
  std::optional<int> expires_after_days = {};
  store::Metadata metadata = {};
  std::vector<Attachment> files = {};
  bool indexed = false;  // its files end at once, but for those that are stuck
};

class Indexer {
 public:
  // `store` and `ids` must outlive it. Of what is searched it keeps at most
  // Limits::indexed_bytes; a file beyond them fails.
  Indexer(store::Store& store, store::IdSource& ids, Waits waits, const Limits& limits)
      : store_(store), ids_(ids), waits_(waits), limits_(limits) {}

  // From now on files end as these rules say; those under way keep what they were given.
  void follow(IndexingRules rules) { rules_ = std::move(rules); }
  const IndexingRules& rules() const { return rules_; }

  // The files of attachments must exist; the store must not have expired.
  store::VectorStoreRecord& create(NewVectorStore made, Instant now, std::string id = {});
  void attach(store::VectorStoreRecord& record, std::span<const Attachment> files, Instant now);
  std::shared_ptr<const store::FileBatch> create_batch(store::VectorStoreRecord& record,
                                                       std::span<const Attachment> files,
                                                       Instant now);
  // B3. The batch as it is then: one that has ended stays as it was.
  std::shared_ptr<const store::FileBatch> cancel(store::VectorStoreRecord& record,
                                                 const store::FileBatch& batch);
  // Takes a file out of a store, and out of its batch. False when it is not there.
  bool detach(store::VectorStoreRecord& record, std::string_view file_id);
  // The same for every store: the file itself is gone.
  void forget_file(std::string_view file_id);
  bool erase(std::string_view store_id);

  // It was used: its expiry moves.
  void touch(store::VectorStoreRecord& record, Instant now);
  void set_attributes(store::VectorStoreRecord& record, const store::StoreFile& file,
                      store::Json attributes);
  // New settings of a store; its expiry follows.
  void change(store::VectorStoreRecord& record, store::VectorStore changed);

  std::optional<Instant> next_due() const;
  // Makes everything happen that is due by `now`, expiry included.
  void advance_to(Instant now);

  // When all files of a store will have ended, at the latest `up_to`; the beginning of time when
  // they have.
  Instant all_ended_at(const store::VectorStoreRecord& record, Instant up_to) const;

  // A store or batch as a client is shown it at `now`: its counters may lag.
  template <class Counted>
  Counted shown(Counted counted, Instant now) const {
    return history_.as_of(now - rules_.settings().counters_lag, std::move(counted));
  }

  // The text of a file that is completed in some store; null otherwise.
  FileTexts::Text text_of(std::string_view file_id) const { return texts_.known(file_id); }

 private:
  using Json = store::Json;
  // Due time, then order of attaching.
  using DueKey = std::pair<Instant, std::uint64_t>;
  struct Work {
    std::string store_id;
    std::string file_id;
    std::optional<state_machine::RunError> fail;
  };
  using WorkKey = std::pair<std::string, std::string>;  // store, file

  // How fast files end that are attached now.
  enum class Speed { as_scripted, at_once };
  void attach(store::VectorStoreRecord& record, std::span<const Attachment> files,
              const std::string& batch_id, Instant now, Speed speed = Speed::as_scripted);
  void end_file(store::VectorStoreRecord& record, std::string_view file_id,
                state_machine::StoreFileEvent event,
                std::optional<state_machine::RunError> error = std::nullopt,
                std::uint64_t usage_bytes = 0);
  void finish(const Work& work);
  bool index(store::VectorStoreRecord& record, const std::string& file_id, FileTexts::Text text,
             const std::vector<search::TextSpan>& chunks);
  state_machine::RunError no_room() const;
  void drop_removed();
  std::variant<FileTexts::Text, state_machine::RunError> read_text(const store::File& file);
  // Changes a store's index and keeps count of what all indexes hold.
  template <class Change>
  void change_index(store::VectorStoreRecord& record, Change change);
  // Counts a file out of one status and into another, for its store and its batch; nothing means
  // that it comes or goes.
  void count(store::VectorStoreRecord& record, const std::string& batch_id,
             std::optional<state_machine::StoreFileStatus> from,
             std::optional<state_machine::StoreFileStatus> to, std::int64_t usage_change);
  void settle_status(store::VectorStoreRecord& record, const std::string& batch_id);
  void unschedule(const std::string& store_id, const std::string& file_id);
  void expire(Instant now);
  void schedule_expiry(const store::VectorStore& store);

  store::Store& store_;
  store::IdSource& ids_;
  Waits waits_;
  Limits limits_;
  IndexingRules rules_;
  std::size_t indexed_bytes_ = 0;  // of all stores
  std::map<DueKey, Work> agenda_;
  std::map<WorkKey, DueKey> due_;  // of files that will end by themselves
  std::set<std::pair<Instant, std::string>> expiries_;
  std::map<std::string, Instant, std::less<>> expiry_of_;
  CounterHistory history_;
  FileTexts texts_;
  std::uint64_t next_number_ = 0;
  Instant now_{};
};

}  // namespace assistants_mock::mock_server::engine
