#pragma once
// What was asked and answered, newest kept: bounded in entries and in bytes.
#include <cstdint>
#include <deque>
#include <mutex>
#include <string_view>
#include <vector>

#include "assistants_mock/recorded_request.h"

namespace assistants_mock::mock_server::tenants {

class RequestJournal {
 public:
  RequestJournal(std::size_t max_entries, std::size_t max_bytes)
      : max_entries_(max_entries), max_bytes_(max_bytes) {}

  // The number of the entry, for append_answer.
  std::uint64_t record(RecordedRequest request);

  // More of a streamed answer; nothing happens when the entry has gone.
  void append_answer(std::uint64_t number, std::string_view bytes);

  std::vector<RecordedRequest> requests() const;
  void clear();

 private:
  void drop_oldest();

  mutable std::mutex mutex_;
  std::deque<RecordedRequest> entries_;
  std::uint64_t first_number_ = 0;
  std::size_t bytes_ = 0;
  std::size_t max_entries_;
  std::size_t max_bytes_;
};

}  // namespace assistants_mock::mock_server::tenants
