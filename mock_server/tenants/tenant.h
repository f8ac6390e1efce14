#pragma once
// One world between threads: its name, its journal, the one lock around it, and the streams that
// wait for it.
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "assistants_mock/ended_run.h"
#include "assistants_mock/recorded_request.h"
#include "mock_server/api/api.h"
#include "mock_server/tenants/changes.h"
#include "mock_server/tenants/request_journal.h"

namespace assistants_mock::mock_server::tenants {

// Told of each answer and of each run that ended, outside every lock. What they throw is dropped:
// the act that they are told of has happened.
struct Listeners {
  std::function<void(const RecordedRequest&)> on_request = {};
  std::function<void(const EndedRun&)> on_run_end = {};

  void tell(const RecordedRequest& request) const;
  void tell(const EndedRun& run) const;
};

// What all tenants of a server share.
struct Common {
  Listeners listeners = {};
  Changes changes = {};
  std::atomic<std::uint64_t> sequence = 0;  // of requests
};

class Tenant : public std::enable_shared_from_this<Tenant> {
 public:
  using Instant = state_machine::Instant;

  Tenant(std::string name, const api::ApiOptions& options, scenarios::RuleMatcher rules,
         std::shared_ptr<Common> common);

  const std::string& name() const { return name_; }

  // `now` is given where the machine's time rules.
  api::Response handle(api::Request request, std::optional<Instant> now);

  // Puts an answer that was made elsewhere into this tenant's journal.
  void record(RecordedRequest request);

  void advance_to(Instant now);
  void advance_by(state_machine::Duration by);
  Instant now() const;
  // When it moves next by itself; may be asked at any time at no cost.
  std::optional<Instant> next_due() const;

  // What happened in it: `ask(const api::Api&, const RequestJournal&)` under its lock.
  template <class Ask>
  auto read(Ask ask) const {
    const std::lock_guard lock(mutex_);
    return ask(api_, journal_);
  }

  // As Api::play().
  void play(scenarios::RuleMatcher rules, const api::SeedContents& contents);
  // Throws api::ApiError (ours.limit) when there are too many; the faults must be valid.
  void add_faults(const std::vector<Fault>& faults);
  void clear_faults();
  std::vector<FaultReport> faults() const;

  // Open streams end where they are.
  void close();

 private:
  class Stream;
  struct Sleeper;  // what a stream sleeps on; lives as long as anybody may wake it

  // Does `act` under the lock, then wakes and tells whoever has to know. Gives what `act` gives.
  template <class Act>
  auto move(Act act);
  void wake_streams_of(const engine::EventLog& log);
  JournalEntry entry_for(api::Request request, const api::Api::Handled& handled);
  // Requests take a few microseconds: giving way a few times is cheaper than going to sleep.
  std::unique_lock<std::mutex> locked();

  const std::string name_;
  const std::shared_ptr<Common> common_;
  const Limits limits_;
  mutable std::mutex mutex_;
  bool closed_ = false;
  api::Api api_;
  RequestJournal journal_;
  std::unordered_multimap<const engine::EventLog*, std::shared_ptr<Sleeper>> open_streams_;
  std::vector<std::shared_ptr<Sleeper>> moved_;  // not woken yet
  std::vector<EndedRun> ended_runs_;             // not told yet
  std::atomic<Instant::rep> next_due_;
};

}  // namespace assistants_mock::mock_server::tenants
