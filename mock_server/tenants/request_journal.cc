#include "mock_server/tenants/request_journal.h"

namespace assistants_mock::mock_server::tenants {
namespace {

std::size_t bytes_of(const RecordedRequest& request) {
  return sizeof(RecordedRequest) + request.path.size() + request.body.size() +
         request.answer.size();
}

}  // namespace

std::uint64_t RequestJournal::record(RecordedRequest request) {
  const std::lock_guard lock(mutex_);
  bytes_ += bytes_of(request);
  entries_.push_back(std::move(request));
  const std::uint64_t number = first_number_ + entries_.size() - 1;
  drop_oldest();
  return number;
}

void RequestJournal::append_answer(std::uint64_t number, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  if (number < first_number_ || number - first_number_ >= entries_.size()) return;
  entries_[number - first_number_].answer += bytes;
  bytes_ += bytes.size();
  drop_oldest();
}

std::vector<RecordedRequest> RequestJournal::requests() const {
  const std::lock_guard lock(mutex_);
  return {entries_.begin(), entries_.end()};
}

void RequestJournal::clear() {
  const std::lock_guard lock(mutex_);
  first_number_ += entries_.size();
  entries_.clear();
  bytes_ = 0;
}

void RequestJournal::drop_oldest() {
  while (!entries_.empty() && (entries_.size() > max_entries_ || bytes_ > max_bytes_)) {
    bytes_ -= bytes_of(entries_.front());
    entries_.pop_front();
    ++first_number_;
  }
}

}  // namespace assistants_mock::mock_server::tenants
