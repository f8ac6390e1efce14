#include "mock_server/tenants/request_journal.h"

#include <algorithm>

#include "mock_server/api/run_report.h"
#include "mock_server/tenants/request_match.h"

namespace assistants_mock::mock_server::tenants {
namespace {

std::size_t bytes_of(const JournalEntry& entry) {
  const RecordedRequest& request = entry.request;
  std::size_t bytes = sizeof(JournalEntry) + request.tenant.size() + request.method.size() +
                      request.path.size() + request.body.size() + request.answer.size();
  for (const auto* headers : {&request.headers, &request.answer_headers})
    for (const auto& [name, value] : *headers)
      bytes += sizeof name + sizeof value + name.size() + value.size();
  return bytes;
}

// `whole` is given where the text only tells of what it was.
void keep(std::string& text, std::size_t& whole, std::size_t most) {
  if (whole == 0) whole = text.size();
  if (text.size() > most) text = text.substr(0, most);  // a text cut in place keeps its memory
}

}  // namespace

RecordedRequest JournalEntry::told() const {
  RecordedRequest told = request;
  if (!origin) return told;
  told.rule = api::rule_of(*origin);
  told.why_not = api::why_not(*origin);
  told.unmatched = told.rule.empty();
  return told;
}

std::uint64_t RequestJournal::record(JournalEntry entry) {
  const std::uint64_t number = first_number_ + entries_.size();
  entry.request.number = number;
  keep(entry.request.body, entry.request.body_bytes, limits_.journal_body_bytes);
  keep(entry.request.answer, entry.request.answer_bytes, limits_.journal_body_bytes);
  bytes_ += bytes_of(entry);
  entries_.push_back(std::move(entry));
  drop_oldest();
  return number;
}

void RequestJournal::append_answer(std::uint64_t number, std::string_view bytes) {
  if (number < first_number_ || number - first_number_ >= entries_.size()) return;
  RecordedRequest& request = entries_[number - first_number_].request;
  request.answer_bytes += bytes.size();
  const std::size_t room = limits_.journal_body_bytes - request.answer.size();
  request.answer += bytes.substr(0, room);
  bytes_ += std::min(room, bytes.size());
  drop_oldest();
}

void RequestJournal::add_fault(std::uint64_t number, std::string_view what) {
  if (number < first_number_ || number - first_number_ >= entries_.size()) return;
  std::string& fault = entries_[number - first_number_].request.fault;
  fault.append(fault.empty() ? "" : ", ").append(what);
}

std::vector<JournalEntry> RequestJournal::find(const RequestQuery& query) const {
  std::vector<JournalEntry> found;
  for (std::size_t place = first_asked(query); place < entries_.size(); ++place) {
    if (found.size() == query.limit) break;
    if (fits(entries_[place], query)) found.push_back(entries_[place]);
  }
  return found;
}

std::size_t RequestJournal::count(const RequestQuery& query) const {
  std::size_t count = 0;
  for (std::size_t place = first_asked(query); place < entries_.size(); ++place)
    if (fits(entries_[place], query)) ++count;
  return count;
}

std::size_t RequestJournal::first_asked(const RequestQuery& query) const {
  if (query.after < first_number_) return 0;
  return static_cast<std::size_t>(
      std::min<std::uint64_t>(query.after - first_number_ + 1, entries_.size()));
}

void RequestJournal::drop_oldest() {
  while (!entries_.empty() &&
         (entries_.size() > limits_.journal_entries || bytes_ > limits_.journal_bytes)) {
    bytes_ -= bytes_of(entries_.front());
    entries_.pop_front();
    ++first_number_;
  }
}

}  // namespace assistants_mock::mock_server::tenants
