#include "mock_server/tenants/tenant.h"

#include <algorithm>
#include <condition_variable>
#include <limits>
#include <thread>

namespace assistants_mock::mock_server::tenants {
namespace {

using state_machine::Instant;

constexpr Instant::rep never = std::numeric_limits<Instant::rep>::max();

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

// As much of the body as a fault lets out.
std::string sent_of(const api::Api::Handled& handled) {
  if (handled.cut) return {};
  const std::string& body = handled.response.body;
  return body.substr(0, handled.response.delivery.keep_bytes.value_or(body.size()));
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

// Woken without the tenant's lock, which whoever wakes up needs.
struct Tenant::Sleeper {
  std::condition_variable woken;
  bool moved = false;  // under the tenant's lock
};

// A run's stream that sleeps until its own run moves.
class Tenant::Stream : public api::EventStream {
 public:
  Stream(std::shared_ptr<Tenant> tenant, std::shared_ptr<api::RunStream> events,
         std::uint64_t journal_entry, const api::Api::Handled& handled)
      : tenant_(std::move(tenant)),
        events_(std::move(events)),
        journal_entry_(journal_entry),
        kept_(
            handled.response.delivery.keep_bytes.value_or(std::numeric_limits<std::size_t>::max())),
        fault_(handled.stream_fault) {
    const std::lock_guard lock(tenant_->mutex_);
    tenant_->open_streams_.emplace(&events_->log(), sleeper_);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() override {
    const std::lock_guard lock(tenant_->mutex_);
    const auto [first, last] = tenant_->open_streams_.equal_range(&events_->log());
    tenant_->open_streams_.erase(
        std::find_if(first, last, [this](const auto& open) { return open.second == sleeper_; }));
  }

  State read(std::string& bytes, std::chrono::milliseconds patience) override {
    const std::size_t before = bytes.size();
    std::unique_lock lock(tenant_->mutex_);
    State state = events_->read(bytes, patience);
    if (state == State::open && bytes.size() == before && !tenant_->closed_) {
      sleeper_->moved = false;
      sleeper_->woken.wait_for(lock, patience, [&] { return tenant_->closed_ || sleeper_->moved; });
      state = events_->read(bytes, patience);
    }
    const std::string_view news = std::string_view(bytes).substr(before, kept_);
    kept_ -= news.size();
    if (!fault_.empty() && events_->is_damaged())
      tenant_->journal_.add_fault(journal_entry_, std::exchange(fault_, {}));
    if (!news.empty()) tenant_->journal_.append_answer(journal_entry_, news);
    return state == State::open && tenant_->closed_ ? State::cut : state;
  }

 private:
  std::shared_ptr<Tenant> tenant_;
  std::shared_ptr<api::RunStream> events_;
  std::uint64_t journal_entry_;
  std::size_t kept_;   // as much as a fault lets out from here on
  std::string fault_;  // that has not struck yet
  std::shared_ptr<Sleeper> sleeper_ = std::make_shared<Sleeper>();
};

Tenant::Tenant(std::string name, const api::ApiOptions& options, scenarios::RuleMatcher rules,
               std::shared_ptr<Common> common)
    : name_(std::move(name)),
      common_(std::move(common)),
      limits_(options.world.limits),
      api_(options, std::move(rules)),
      journal_(limits_),
      next_due_(never) {
  api_.on_run_move([this](const engine::EventLog& log) { wake_streams_of(log); });
  if (common_->listeners.on_run_end)
    api_.on_run_end([this](const store::Run& run, bool matched) {
      ended_runs_.push_back(as_ended(run, matched));
    });
}

template <class Act>
auto Tenant::move(Act act) {
  std::vector<EndedRun> ended;
  std::vector<std::shared_ptr<Sleeper>> moved;
  const auto result = [&] {
    const auto lock = locked();
    auto done = act();
    ended.swap(ended_runs_);
    moved.swap(moved_);
    const auto due = api_.next_due();
    next_due_ = due ? due->time_since_epoch().count() : never;
    return done;
  }();
  for (const auto& sleeper : moved) sleeper->woken.notify_one();
  common_->changes.tell();
  for (const EndedRun& run : ended) common_->listeners.tell(run);
  return result;
}

api::Response Tenant::handle(api::Request request, std::optional<Instant> now) {
  api::Api::Handled handled;
  std::optional<RecordedRequest> told;  // a copy for the listener, if there is one
  const std::uint64_t number = move([&] {
    if (now) api_.advance_to(*now);
    handled = api_.handle(request);
    JournalEntry entry = entry_for(std::move(request), handled);
    if (common_->listeners.on_request) told = entry.told();
    return journal_.record(std::move(entry));
  });
  if (told) {
    told->number = number;
    common_->listeners.tell(*told);
  }
  if (handled.stream)
    handled.response.stream =
        std::make_shared<Stream>(shared_from_this(), std::move(handled.stream), number, handled);
  return std::move(handled.response);
}

void Tenant::record(RecordedRequest request) {
  RecordedRequest told;
  told.number = move([&] {
    request.at = api_.now();
    told = request;
    return journal_.record({.sequence = common_->sequence++, .request = std::move(request)});
  });
  common_->listeners.tell(told);
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
  move([&] {
    api_.advance_to(now);
    return true;
  });
}

void Tenant::advance_by(state_machine::Duration by) {
  move([&] {
    api_.advance_to(api_.now() + by);
    return true;
  });
}

Instant Tenant::now() const {
  return read([](const api::Api& api, const RequestJournal&) { return api.now(); });
}

std::optional<Instant> Tenant::next_due() const {
  const Instant::rep due = next_due_;
  if (due == never) return std::nullopt;
  return Instant{Instant::duration{due}};
}

void Tenant::play(scenarios::RuleMatcher rules, const api::SeedContents& contents) {
  move([&] {
    api_.play(std::move(rules), contents);
    return true;
  });
}

void Tenant::add_faults(const std::vector<Fault>& faults) {
  const std::lock_guard lock(mutex_);
  api_.faults().add(faults, limits_);
}

void Tenant::clear_faults() {
  const std::lock_guard lock(mutex_);
  api_.faults().clear();
}

std::vector<FaultReport> Tenant::faults() const {
  return read([&](const api::Api& api, const RequestJournal&) {
    auto reports = api.faults().reports();
    for (FaultReport& report : reports) report.tenant = name_;
    return reports;
  });
}

void Tenant::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  for (const auto& [log, sleeper] : open_streams_) sleeper->woken.notify_one();
}

void Tenant::wake_streams_of(const engine::EventLog& log) {
  const auto [first, last] = open_streams_.equal_range(&log);
  for (auto open = first; open != last; ++open) {
    if (open->second->moved) continue;  // it was told, and has not looked yet
    open->second->moved = true;
    moved_.push_back(open->second);
  }
}

// Of a body that was not held its summary is kept.
JournalEntry Tenant::entry_for(api::Request request, const api::Api::Handled& handled) {
  const auto& incoming = request.incoming;
  return {.sequence = common_->sequence++,
          .request = {.at = api_.now(),
                      .tenant = name_,
                      .method = std::move(request.method),
                      .path = std::move(request.target),
                      .headers = std::move(request.headers),
                      .body = incoming ? incoming->summary() : std::move(request.body),
                      .body_bytes = incoming ? incoming->size() : 0,
                      .status = handled.cut ? 0 : handled.response.status,
                      .answer = sent_of(handled),
                      .answer_bytes = handled.response.length.value_or(0),
                      .answer_headers = handled.response.status >= 400 ? handled.response.headers
                                                                       : api::Headers{},
                      .refusal = handled.refusal,
                      .granted = handled.granted,
                      .fault = handled.fault},
          .origin = handled.origin};
}

}  // namespace assistants_mock::mock_server::tenants
