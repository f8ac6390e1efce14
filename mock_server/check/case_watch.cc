#include "mock_server/check/case_watch.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "mock_server/api/routes.h"
#include "mock_server/check/evidence.h"

namespace assistants_mock::mock_server::check {
namespace {

// A message of the user, or a thread that begins with some.
bool says_something(const RecordedRequest& request) {
  return request.granted && request.method == "POST" &&
         (api::path_fits("/threads/{thread_id}/messages", request.path) ||
          api::path_fits("/threads", request.path) ||
          api::path_fits("/threads/runs", request.path));
}

}  // namespace

void CaseWatch::note(const RecordedRequest& request) {
  const std::lock_guard lock(mutex_);
  times_[{request.tenant, request.number}] = clock_.passed();
  noted_ = std::max(noted_, request.number);
  since_message_ = says_something(request) ? 0 : since_message_ + 1;
  if (since_message_ > limits_.requests)
    stop("it made more than " + std::to_string(limits_.requests) +
         " requests for one message of the user");
  note_run(request);
}

void CaseWatch::note_run(const RecordedRequest& request) {
  if (request.method != "GET" || request.status != 200 || !request.fault.empty() ||
      !api::path_fits("/threads/{thread_id}/runs/{run_id}", request.path))
    return;
  const auto run = nlohmann::json::parse(request.answer, nullptr, false);
  if (!run.is_object() || !is_final(run.value("status", ""))) return;
  if (limits_.polls_after_end && ++polls_after_end_[request.path] > *limits_.polls_after_end)
    stop("it went on polling a run that was " + run.value("status", ""));
}

void CaseWatch::end() {
  const std::lock_guard lock(mutex_);
  ended_ = true;
  changed_.notify_all();
}

void CaseWatch::stop(std::string reason) {
  if (!reason_.empty()) return;
  reason_ = std::move(reason);
  last_number_ = noted_;
  changed_.notify_all();
}

bool CaseWatch::should_stop(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  const auto settled = [&] { return ended_ || !reason_.empty(); };
  const auto left = limits_.time - std::chrono::floor<std::chrono::milliseconds>(clock_.passed());
  changed_.wait_for(lock, std::min(patience, std::max(left, std::chrono::milliseconds{0})),
                    settled);
  if (!settled() && clock_.passed() >= limits_.time)
    stop("it did not end within " + std::to_string(limits_.time.count()) + " ms");
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
