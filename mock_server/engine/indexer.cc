#include "mock_server/engine/indexer.h"

#include <algorithm>
#include <new>
#include <variant>

namespace assistants_mock::mock_server::engine {
namespace {

using state_machine::FileBatchEvent;
using state_machine::RunError;
using state_machine::StoreFileEvent;
using state_machine::StoreFileStatus;
using state_machine::VectorStoreEvent;
using store::FileBatch;
using store::FileCounts;
using store::StoreFile;
using store::VectorStore;
using store::VectorStoreRecord;

// What a chunk takes beside its text: a text of 21 bytes was seen to count 1045 (row F2).
constexpr std::uint64_t chunk_overhead = 1024;
// The attributes that filters can compare: texts, numbers and truth values.
search::Attributes filterable(const store::Json& attributes) {
  search::Attributes values;
  for (const auto& [key, value] : attributes.items()) {
    if (value.is_string()) values.emplace_back(key, value.get<std::string>());
    if (value.is_boolean()) values.emplace_back(key, value.get<bool>());
    if (value.is_number()) values.emplace_back(key, value.get<double>());
  }
  return values;
}

}  // namespace

VectorStoreRecord& Indexer::create(NewVectorStore made, Instant now, std::string id) {
  VectorStore store;
  store.id = id.empty() ? ids_.next_hex("vs_") : std::move(id);
  store.created_at = now;
  store.last_active_at = now;
  store.name = std::move(made.name);
  store.description = std::move(made.description);
  store.expires_after_days = made.expires_after_days;
  store.metadata = std::move(made.metadata);
  VectorStoreRecord& record = store_.vector_stores.add(std::move(store));
  store_.count(1);
  schedule_expiry(*record.store);
  attach(record, made.files, {}, now, made.indexed ? Speed::at_once : Speed::as_scripted);
  history_.forget(record.store->id);  // its first answer lags behind nothing
  return record;
}

void Indexer::attach(VectorStoreRecord& record, std::span<const Attachment> files, Instant now) {
  attach(record, files, {}, now);
}

std::shared_ptr<const FileBatch> Indexer::create_batch(VectorStoreRecord& record,
                                                       std::span<const Attachment> files,
                                                       Instant now) {
  FileBatch batch;
  batch.id = ids_.next_hex("vsfb_");
  batch.store_id = record.store->id;
  batch.created_at = now;
  const std::string id = batch.id;
  record.batches.add(std::make_shared<const FileBatch>(std::move(batch)));
  store_.count(1);
  attach(record, files, id, now);
  history_.forget(id);
  return record.batches.find(id);
}

void Indexer::attach(VectorStoreRecord& record, std::span<const Attachment> files,
                     const std::string& batch_id, Instant now, Speed speed) {
  now_ = std::max(now_, now);
  const auto in_all = static_cast<Duration::rep>(files.size());
  for (Duration::rep place = 0; place < in_all; ++place) {
    const Attachment& asked = files[static_cast<std::size_t>(place)];
    detach(record, asked.file_id);  // one that is there already begins anew
    StoreFile file;
    file.id = asked.file_id;
    file.store_id = record.store->id;
    file.batch_id = batch_id;
    file.created_at = now;
    file.chunk_sizes = asked.chunk_sizes;
    file.attributes = asked.attributes;
    file.filterable = filterable(asked.attributes);
    record.files.add(std::make_shared<const StoreFile>(std::move(file)));
    store_.count(1);
    count(record, batch_id, std::nullopt, StoreFileStatus::in_progress, 0);

    const IndexingRules::Fate fate = rules_.fate_of(store_.files.find(asked.file_id)->filename);
    if (!fate.takes) continue;
    const bool waits = waits_ == Waits::as_scripted && speed == Speed::as_scripted;
    const Duration takes = waits ? *fate.takes : Duration::zero();
    const Duration after_others = fate.scripted ? Duration::zero() : takes * place / in_all;
    const DueKey due = {now + takes + after_others, next_number_++};
    agenda_.emplace(due, Work{record.store->id, asked.file_id, fate.fail});
    due_.insert_or_assign({record.store->id, asked.file_id}, due);
  }
  if (!files.empty()) touch(record, now);
}

std::shared_ptr<const FileBatch> Indexer::cancel(VectorStoreRecord& record,
                                                 const FileBatch& batch) {
  const std::string id = batch.id;
  const auto status = state_machine::next(batch.status, FileBatchEvent::cancel_requested);
  if (!status) return record.batches.find(id);
  FileBatch cancelled = batch;
  cancelled.status = *status;
  record.batches.replace(std::make_shared<const FileBatch>(std::move(cancelled)));
  std::vector<std::string> open;
  for (const auto& [place, file] : record.files)
    if (file->batch_id == id && file->status == StoreFileStatus::in_progress)
      open.push_back(file->id);
  for (const std::string& file_id : open) {
    unschedule(record.store->id, file_id);
    end_file(record, file_id, StoreFileEvent::batch_cancelled);
  }
  return record.batches.find(id);
}

bool Indexer::detach(VectorStoreRecord& record, std::string_view file_id) {
  const auto file = record.files.find(file_id);
  if (!file) return false;
  unschedule(record.store->id, file->id);
  change_index(record, [&] { record.index.remove(file_id); });
  record.files.erase(file_id);
  store_.uncount(1);
  count(record, file->batch_id, file->status, std::nullopt,
        -static_cast<std::int64_t>(file->usage_bytes));
  settle_status(record, file->batch_id);
  return true;
}

void Indexer::forget_file(std::string_view file_id) {
  store_.vector_stores.for_each(
      [&](VectorStoreRecord& record) { static_cast<void>(detach(record, file_id)); });
  texts_.forget(file_id);
}

bool Indexer::erase(std::string_view store_id) {
  const VectorStoreRecord* record = store_.vector_stores.find(store_id);
  if (record == nullptr) return false;
  const std::string id = record->store->id;
  for (const auto& [place, file] : record->files) unschedule(id, file->id);
  for (const auto& [place, batch] : record->batches) history_.forget(batch->id);
  history_.forget(id);
  if (const auto expiry = expiry_of_.find(id); expiry != expiry_of_.end()) {
    expiries_.erase({expiry->second, id});
    expiry_of_.erase(expiry);
  }
  store_.uncount(1 + record->files.size() + record->batches.size());
  indexed_bytes_ -= record->index.bytes();
  return store_.vector_stores.erase(id);
}

void Indexer::touch(VectorStoreRecord& record, Instant now) {
  VectorStore store = *record.store;
  store.last_active_at = now;
  change(record, std::move(store));
}

void Indexer::set_attributes(VectorStoreRecord& record, const StoreFile& file, Json attributes) {
  StoreFile changed = file;
  changed.filterable = filterable(attributes);
  changed.attributes = std::move(attributes);
  record.files.replace(std::make_shared<const StoreFile>(std::move(changed)));
}

void Indexer::change(VectorStoreRecord& record, VectorStore changed) {
  schedule_expiry(changed);
  store_.vector_stores.replace(record, std::move(changed));
}

std::optional<Instant> Indexer::next_due() const {
  if (agenda_.empty()) return std::nullopt;
  return agenda_.begin()->first.first;
}

void Indexer::advance_to(Instant now) {
  while (!agenda_.empty() && agenda_.begin()->first.first <= now) {
    const auto [due, work] = *agenda_.begin();
    agenda_.erase(agenda_.begin());
    due_.erase({work.store_id, work.file_id});
    now_ = std::max(now_, due.first);
    expire(now_);
    finish(work);
  }
  now_ = std::max(now_, now);
  expire(now_);
}

void Indexer::finish(const Work& work) {
  VectorStoreRecord& record = *store_.vector_stores.find(work.store_id);
  const auto failed = [&](const RunError& error) {
    end_file(record, work.file_id, StoreFileEvent::errored, error);
  };
  if (work.fail) return failed(*work.fail);
  auto read = read_text(*store_.files.find(work.file_id));
  if (const auto* error = std::get_if<RunError>(&read)) return failed(*error);
  const auto text = std::get<FileTexts::Text>(std::move(read));
  const auto chunks = search::chunks_of(*text, record.files.find(work.file_id)->chunk_sizes);
  if (!index(record, work.file_id, text, chunks)) return failed(no_room());
  const std::uint64_t usage = text->size() + chunk_overhead * chunks.size();
  end_file(record, work.file_id, StoreFileEvent::indexed, std::nullopt, usage);
}

// Of all that the mock does, this needs the most memory.
std::variant<FileTexts::Text, RunError> Indexer::read_text(const store::File& file) {
  try {
    return texts_.of(file);
  } catch (const std::bad_alloc&) {
    return RunError{"server_error", "An internal error occurred."};
  }
}

// False when there is no room, which is known for certain only when the index is made.
bool Indexer::index(VectorStoreRecord& record, const std::string& file_id, FileTexts::Text text,
                    const std::vector<search::TextSpan>& chunks) {
  const auto fits = [&](std::size_t more) {
    return indexed_bytes_ + more <= limits_.indexed_bytes;
  };
  if (!fits(text->size())) drop_removed();
  if (!fits(text->size())) return false;
  change_index(record, [&] { record.index.add(file_id, std::move(text), chunks); });
  if (!fits(0)) drop_removed();
  if (fits(0)) return true;
  change_index(record, [&] {
    record.index.remove(file_id);
    record.index.drop_removed();
  });
  return false;
}

// What was taken out of the indexes is carried along until it is worth looking for; a file that
// finds no room is worth it.
void Indexer::drop_removed() {
  store_.vector_stores.for_each([&](VectorStoreRecord& record) {
    change_index(record, [&] { record.index.drop_removed(); });
  });
}

// ours: names the flag, as every bound of the mock does.
RunError Indexer::no_room() const {
  const LimitInfo& limit = limit_info(&Limits::indexed_bytes);
  return {"server_error", "The mock keeps at most " + amount(limit, limits_.indexed_bytes) +
                              " of " + std::string(limit.what) + "; " + std::string(limit.flag) +
                              " raises this."};
}

template <class Change>
void Indexer::change_index(VectorStoreRecord& record, Change change) {
  indexed_bytes_ -= record.index.bytes();
  change();
  indexed_bytes_ += record.index.bytes();
}

void Indexer::end_file(VectorStoreRecord& record, std::string_view file_id, StoreFileEvent event,
                       std::optional<RunError> error, std::uint64_t usage_bytes) {
  StoreFile file = *record.files.find(file_id);
  const StoreFileStatus before = file.status;
  file.status = *state_machine::next(before, event);
  file.last_error = std::move(error);
  file.usage_bytes = usage_bytes;
  const StoreFileStatus after = file.status;
  const std::string batch_id = file.batch_id;
  record.files.replace(std::make_shared<const StoreFile>(std::move(file)));
  count(record, batch_id, before, after, static_cast<std::int64_t>(usage_bytes));
  settle_status(record, batch_id);
}

void Indexer::count(VectorStoreRecord& record, const std::string& batch_id,
                    std::optional<StoreFileStatus> from, std::optional<StoreFileStatus> to,
                    std::int64_t usage_change) {
  const auto moved = [&](FileCounts counts) {
    if (from) counts.take(*from);
    if (to) counts.add(*to);
    return counts;
  };
  const Duration lag = rules_.settings().counters_lag;
  VectorStore store = *record.store;
  history_.changed(store.id, store.files, now_, lag);
  store.files = moved(store.files);
  store.usage_bytes += static_cast<std::uint64_t>(usage_change);
  if (!from)
    store.status =
        state_machine::next(store.status, VectorStoreEvent::file_attached).value_or(store.status);
  store_.vector_stores.replace(record, std::move(store));
  const auto batch = record.batches.find(batch_id);
  if (!batch) return;
  FileBatch changed = *batch;
  history_.changed(changed.id, changed.files, now_, lag);
  changed.files = moved(changed.files);
  record.batches.replace(std::make_shared<const FileBatch>(std::move(changed)));
}

// Whoever has no file under way any more is done.
void Indexer::settle_status(VectorStoreRecord& record, const std::string& batch_id) {
  if (record.store->files[StoreFileStatus::in_progress] == 0) {
    if (const auto done =
            state_machine::next(record.store->status, VectorStoreEvent::files_ended)) {
      VectorStore store = *record.store;
      store.status = *done;
      store_.vector_stores.replace(record, std::move(store));
    }
  }
  const auto batch = record.batches.find(batch_id);
  if (!batch || batch->files[StoreFileStatus::in_progress] != 0) return;
  if (const auto done = state_machine::next(batch->status, FileBatchEvent::files_ended)) {
    FileBatch ended = *batch;
    ended.status = *done;
    record.batches.replace(std::make_shared<const FileBatch>(std::move(ended)));
  }
}

void Indexer::unschedule(const std::string& store_id, const std::string& file_id) {
  const auto due = due_.find({store_id, file_id});
  if (due == due_.end()) return;
  agenda_.erase(due->second);
  due_.erase(due);
}

void Indexer::schedule_expiry(const VectorStore& store) {
  if (const auto before = expiry_of_.find(store.id); before != expiry_of_.end()) {
    expiries_.erase({before->second, store.id});
    expiry_of_.erase(before);
  }
  const auto at = store.expires_at();
  if (!at || is_terminal(store.status)) return;
  expiries_.emplace(*at, store.id);
  expiry_of_.emplace(store.id, *at);
}

void Indexer::expire(Instant now) {
  while (!expiries_.empty() && expiries_.begin()->first <= now) {
    VectorStoreRecord& record = *store_.vector_stores.find(expiries_.begin()->second);
    VectorStore store = *record.store;
    store.status = *state_machine::next(store.status, VectorStoreEvent::lifetime_passed);
    change(record, std::move(store));
  }
}

Instant Indexer::all_ended_at(const VectorStoreRecord& record, Instant up_to) const {
  std::size_t open = record.store->files[StoreFileStatus::in_progress];
  Instant last = Instant::min();
  for (auto due = due_.lower_bound({record.store->id, ""});
       due != due_.end() && due->first.first == record.store->id; ++due, --open)
    last = std::max(last, due->second.first);
  return open > 0 ? up_to : std::min(last, up_to);  // what has no date is stuck
}

}  // namespace assistants_mock::mock_server::engine
