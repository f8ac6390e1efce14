#include "mock_server/tenants/tenant.h"

#include <thread>

namespace assistants_mock::mock_server::tenants {
namespace {

EndedRun as_ended(const store::Run& run, bool matched) {
  EndedRun ended{.run_id = run.id,
                 .thread_id = run.thread_id,
                 .status = std::string(state_machine::name(run.state.status)),
                 .matched = matched};
  if (run.state.last_error)
    ended.reason = run.state.last_error->code + ": " + run.state.last_error->message;
  else
    ended.reason = run.state.incomplete_reason;
  return ended;
}

template <class News>
void tell_quietly(const std::function<void(const News&)>& listener, const News& news) {
  try {
    if (listener) listener(news);
  } catch (...) {  // NOLINT(bugprone-empty-catch): see Listeners
  }
}

}  // namespace

void Listeners::tell(const RecordedRequest& request) const {
  tell_quietly(on_request, request);
}
void Listeners::tell(const EndedRun& run) const {
  tell_quietly(on_run_end, run);
}

// A run's stream that waits for its tenant to move.
class Tenant::Stream : public api::EventStream {
 public:
  Stream(std::shared_ptr<Tenant> tenant, std::shared_ptr<api::RunStream> events,
         std::uint64_t journal_entry)
      : tenant_(std::move(tenant)), events_(std::move(events)), journal_entry_(journal_entry) {}

  State read(std::string& bytes, std::chrono::milliseconds patience) override {
    const std::size_t before = bytes.size();
    const State state = read_or_wait(bytes, patience);
    if (bytes.size() > before)
      tenant_->journal_->append_answer(journal_entry_, std::string_view(bytes).substr(before));
    return state;
  }

 private:
  State read_or_wait(std::string& bytes, std::chrono::milliseconds patience) {
    const std::size_t before = bytes.size();
    std::unique_lock lock(tenant_->mutex_);
    State state = events_->read(bytes, patience);
    if (state == State::open && bytes.size() == before && !tenant_->closed_) {
      const std::uint64_t seen = tenant_->moves_;
      tenant_->moved_.wait_for(lock, patience,
                               [&] { return tenant_->closed_ || tenant_->moves_ != seen; });
      state = events_->read(bytes, patience);
    }
    return state == State::open && tenant_->closed_ ? State::cut : state;
  }

  std::shared_ptr<Tenant> tenant_;
  std::shared_ptr<api::RunStream> events_;
  std::uint64_t journal_entry_;
};

Tenant::Tenant(const api::ApiOptions& options, std::shared_ptr<const scenarios::Scenario> scenario,
               std::shared_ptr<RequestJournal> journal, Listeners listeners)
    : api_(options, std::move(scenario)),
      journal_(std::move(journal)),
      listeners_(std::move(listeners)) {
  if (listeners_.on_run_end)
    api_.on_run_end([this](const store::Run& run, bool matched) {
      ended_runs_.push_back(as_ended(run, matched));
    });
}

api::Response Tenant::handle(api::Request request, std::optional<Instant> now) {
  api::Api::Handled handled;
  std::optional<RecordedRequest> told;  // a copy for the listener, if there is one
  std::uint64_t number = 0;
  {
    const auto lock = locked();
    if (now) api_.advance_to(*now);
    handled = api_.handle(request);
    RecordedRequest entry = entry_for(std::move(request), handled);
    if (listeners_.on_request) told = entry;
    number = journal_->record(std::move(entry));
    ++moves_;
  }
  moved_.notify_all();
  if (told) listeners_.tell(*told);
  tell_ended_runs();
  if (handled.stream)
    handled.response.stream =
        std::make_shared<Stream>(shared_from_this(), std::move(handled.stream), number);
  return std::move(handled.response);
}

std::unique_lock<std::mutex> Tenant::locked() {
  constexpr int tries = 100;
  std::unique_lock lock(mutex_, std::try_to_lock);
  for (int left = tries; left > 0 && !lock.owns_lock(); --left) {
    std::this_thread::yield();
    static_cast<void>(lock.try_lock());
  }
  if (!lock.owns_lock()) lock.lock();
  return lock;
}

void Tenant::advance_to(Instant now) {
  {
    const std::lock_guard lock(mutex_);
    api_.advance_to(now);
    ++moves_;
  }
  moved_.notify_all();
  tell_ended_runs();
}

void Tenant::advance_by(state_machine::Duration by) {
  {
    const std::lock_guard lock(mutex_);
    api_.advance_to(api_.now() + by);
    ++moves_;
  }
  moved_.notify_all();
  tell_ended_runs();
}

std::optional<Tenant::Instant> Tenant::next_due() const {
  const std::lock_guard lock(mutex_);
  return api_.next_due();
}

std::uint64_t Tenant::unmatched_runs() const {
  const std::lock_guard lock(mutex_);
  return api_.unmatched_runs();
}

void Tenant::play(std::shared_ptr<const scenarios::Scenario> scenario) {
  const std::lock_guard lock(mutex_);
  api_.play(std::move(scenario));
}

void Tenant::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  moved_.notify_all();
}

void Tenant::tell_ended_runs() {
  if (!listeners_.on_run_end) return;
  std::vector<EndedRun> ended;
  {
    const std::lock_guard lock(mutex_);
    ended.swap(ended_runs_);
  }
  for (const EndedRun& run : ended) listeners_.tell(run);
}

RecordedRequest Tenant::entry_for(api::Request request, const api::Api::Handled& handled) const {
  return {.at = api_.now(),
          .method = std::move(request.method),
          .path = std::move(request.target),
          .body = std::move(request.body),
          .status = handled.response.status,
          .answer = handled.response.body,
          .refusal = handled.refusal};
}

}  // namespace assistants_mock::mock_server::tenants
