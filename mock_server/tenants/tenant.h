#pragma once
// One API key's world between threads: the one lock around it, and streams that wait for it.
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "assistants_mock/ended_run.h"
#include "assistants_mock/recorded_request.h"
#include "mock_server/api/api.h"
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

class Tenant : public std::enable_shared_from_this<Tenant> {
 public:
  using Instant = state_machine::Instant;

  Tenant(const api::ApiOptions& options, std::shared_ptr<const scenarios::Scenario> scenario,
         std::shared_ptr<RequestJournal> journal, Listeners listeners);

  // `now` is given where the machine's time rules.
  api::Response handle(api::Request request, std::optional<Instant> now);

  void advance_to(Instant now);
  void advance_by(state_machine::Duration by);
  std::optional<Instant> next_due() const;
  std::uint64_t unmatched_runs() const;
  void play(std::shared_ptr<const scenarios::Scenario> scenario);

  // Open streams end where they are.
  void close();

 private:
  class Stream;
  void tell_ended_runs();
  RecordedRequest entry_for(api::Request request, const api::Api::Handled& handled) const;
  // Requests take a few microseconds: giving way a few times is cheaper than going to sleep.
  std::unique_lock<std::mutex> locked();

  mutable std::mutex mutex_;
  std::condition_variable moved_;
  std::uint64_t moves_ = 0;
  bool closed_ = false;
  api::Api api_;
  std::shared_ptr<RequestJournal> journal_;
  Listeners listeners_;
  std::vector<EndedRun> ended_runs_;  // not told yet
};

}  // namespace assistants_mock::mock_server::tenants
