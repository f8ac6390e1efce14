#include "mock_server/check/case_watch.h"

#include <nlohmann/json.hpp>

#include "mock_server/api/routes.h"
#include "mock_server/check/evidence.h"

namespace assistants_mock::mock_server::check {

void CaseWatch::note(const RecordedRequest& request) {
  const std::lock_guard lock(mutex_);
  times_[{request.tenant, request.number}] = clock_.passed();
  if (times_.size() > most_requests)
    stop("it made more than " + std::to_string(most_requests) + " requests", request.number);
  note_run(request);
}

void CaseWatch::note_run(const RecordedRequest& request) {
  if (request.method != "GET" || request.status != 200 || !request.fault.empty() ||
      !api::path_fits("/threads/{thread_id}/runs/{run_id}", request.path))
    return;
  const auto run = nlohmann::json::parse(request.answer, nullptr, false);
  if (!run.is_object() || !is_final(run.value("status", ""))) return;
  if (++polls_after_end_[request.path] > most_polls_after_end)
    stop("it went on polling a run that was " + run.value("status", ""), request.number);
}

void CaseWatch::end() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

void CaseWatch::stop(std::string reason, std::optional<std::uint64_t> last_number) {
  if (!reason_.empty()) return;
  reason_ = std::move(reason);
  last_number_ = last_number;
  changed_.notify_all();
}

bool CaseWatch::should_stop(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto settled = [&] { return ended_ || !reason_.empty(); };
  const auto left = time_limit_ - std::chrono::floor<std::chrono::milliseconds>(clock_.passed());
  changed_.wait_for(lock, std::min(patience, std::max(left, std::chrono::milliseconds{0})),
                    settled);
  if (!settled() && clock_.passed() >= time_limit_)
    stop("it did not end within " + std::to_string(time_limit_.count()) + " ms", std::nullopt);
  return !ended_ && !reason_.empty();
}

std::string CaseWatch::reason() const {
  const std::lock_guard lock(mutex_);
  return reason_;
}

void CaseWatch::drop_later(std::vector<RecordedRequest>& requests) const {
  const std::lock_guard lock(mutex_);
  if (last_number_)
    std::erase_if(requests, [&](const auto& request) { return request.number > *last_number_; });
}

std::vector<MachineTime> CaseWatch::answered(const std::vector<RecordedRequest>& requests) const {
  const std::lock_guard lock(mutex_);
  std::vector<MachineTime> times;
  times.reserve(requests.size());
  for (const RecordedRequest& request : requests) {
    const auto time = times_.find({request.tenant, request.number});
    times.push_back(time == times_.end() ? MachineTime{} : time->second);
  }
  return times;
}

}  // namespace assistants_mock::mock_server::check
