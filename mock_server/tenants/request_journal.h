#pragma once
// What one tenant was asked and answered, newest kept: bounded in entries and in bytes. Not for
// several threads at once.
#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

#include "assistants_mock/limits.h"
#include "assistants_mock/recorded_request.h"
#include "mock_server/engine/event_log.h"

namespace assistants_mock::mock_server::tenants {

struct JournalEntry {
  std::uint64_t sequence = 0;  // among the requests of all tenants
  RecordedRequest request;  // without what `origin` tells, which is put into words when asked for
  std::shared_ptr<const engine::RunOrigin> origin = nullptr;

  RecordedRequest told() const;
};

class RequestJournal {
 public:
  explicit RequestJournal(const Limits& limits) : limits_(limits) {}

  // Numbers the entry, for append_answer, and keeps no more of its texts than the limits allow.
  std::uint64_t record(JournalEntry entry);

  // More of a streamed answer; nothing happens when the entry has gone.
  void append_answer(std::uint64_t number, std::string_view bytes);

  // What a fault did inside such an answer, likewise.
  void add_fault(std::uint64_t number, std::string_view what);

  // Oldest first, no more than the query's limit.
  std::vector<JournalEntry> find(const RequestQuery& query) const;
  std::size_t count(const RequestQuery& query) const;

  // How many were recorded since the start, those that have gone included.
  std::uint64_t recorded() const { return first_number_ + entries_.size() - 1; }

 private:
  void drop_oldest();
  std::size_t first_asked(const RequestQuery& query) const;

  Limits limits_;
  std::deque<JournalEntry> entries_;
  std::uint64_t first_number_ = 1;
  std::size_t bytes_ = 0;
};

}  // namespace assistants_mock::mock_server::tenants
