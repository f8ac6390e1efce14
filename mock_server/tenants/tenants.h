#pragma once
// All worlds of a server: finds or makes the one that a request is for (address.h), and steers and
// inspects one of them or all. Requests without a key and without a name in their path share a
// world that refuses them.
//
// Where a parameter says `whose`, it is a tenant's name; empty means all there are. Steering one
// that is not there yet makes it, so that a test can prepare a world before its client speaks.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "assistants_mock/server_state.h"
#include "mock_server/api/api_error.h"
#include "mock_server/tenants/address.h"
#include "mock_server/tenants/tenant.h"

namespace assistants_mock::mock_server::tenants {

struct TenantsOptions {
  api::ApiOptions api = {};  // with the limits, and the keys that are let in
  // Beside the default scenario and the shipped ones: what a name with a slash can choose.
  std::vector<std::shared_ptr<const scenarios::Scenario>> named = {};
  Listeners listeners = {};
};

class Tenants {
 public:
  using Instant = state_machine::Instant;
  using Duration = state_machine::Duration;
  using ScenarioPointer = std::shared_ptr<const scenarios::Scenario>;

  // Throws std::invalid_argument when the seeds of a scenario are wrong.
  Tenants(TenantsOptions options, const ScenarioPointer& scenario);

  // Where the machine's time rules: what now is, for what nobody's request brings up to date. To be
  // called before anything else.
  void follow(std::function<Instant()> clock) { clock_ = std::move(clock); }

  // `now` is given where the machine's time rules.
  api::Response handle(api::Request request, std::optional<Instant> now);

  // Whoever takes the body of such a request as it arrives, if that operation's are; what nobody
  // will look at, for want of a key that is let in, is not kept.
  std::shared_ptr<api::IncomingBody> open_body(const std::string& method, const std::string& target,
                                               const api::Headers& headers) const;

  // Whether keys are not configured, or the address has one of them.
  bool lets_in(const Address& address) const;

  // The name of the world that an address means. Where keys are configured, a name in the path is a
  // world of the key that comes with it, so that no key reaches another's.
  std::string world_of(const Address& address) const;

  // A request that is in no journal was refused; for the listeners.
  void tell_refused(const RecordedRequest& request) const { common_->listeners.tell(request); }

  // Something was refused before it was known whose it is.
  void record_refused(RecordedRequest request);

  // Steering. Throws api::ApiError: ours.limit for a tenant too many, ours.scenario for a name that
  // names a scenario which is not there.
  void advance_by(Duration by, const std::string& whose = {});
  // How long until something happens next, if anything does.
  std::optional<Duration> until_next(const std::string& whose = {}) const;
  // For real time: moves everybody, and tells when anything is due next.
  std::optional<Instant> advance_to(Instant now);
  // Throws std::invalid_argument when its seeds are wrong, store::DiskError when its files find no
  // room, and changes nothing then. For all: those that chose their scenario by name keep it,
  // unless it is one of this name.
  void play(const ScenarioPointer& scenario, const std::string& whose = {});
  // Makes it one that a name can choose; who chose one of this name plays it from now on.
  void name_scenario(const ScenarioPointer& scenario);
  // What that one plays, or would.
  ScenarioPointer scenario(const std::string& whose = {});
  // Throws std::invalid_argument for a fault that can never fire. For all: those to come included.
  void add_fault(const Fault& fault, const std::string& whose = {});
  void clear_faults(const std::string& whose = {});
  // Worlds end, with their streams; the next request begins a new one, with the scenario it had.
  void reset(const std::string& whose = {});

  // Inspecting. Of a tenant that is not there: nothing.
  std::vector<RecordedRequest> requests(const RequestQuery& query,
                                        const std::string& whose = {}) const;
  std::size_t count_requests(const RequestQuery& query, const std::string& whose = {}) const;
  std::vector<RunReport> runs(const RunQuery& query, const std::string& whose = {}) const;
  std::size_t count_runs(const RunQuery& query, const std::string& whose = {}) const;
  std::vector<ClockReading> clocks(const std::string& whose = {}) const;
  // Of one that is not there yet: those that it would begin with. Of all: those that newcomers
  // begin with as well, as nobody's.
  std::vector<FaultReport> faults(const std::string& whose = {});
  // All that were there since the server began, each once, with its counts over all keys.
  std::vector<FaultReport> fault_history() const;
  ServerState state() const;

  // Waits, for no longer than `patience` of the machine's time, until at least `count` fit. Whether
  // they did.
  bool wait_for_requests(const RequestQuery& query, std::size_t count,
                         std::chrono::milliseconds patience, const std::string& whose = {});
  bool wait_for_runs(const RunQuery& query, std::size_t count, std::chrono::milliseconds patience,
                     const std::string& whose = {});
  // Every wait ends, and every stream.
  void close();

 private:
  using TenantPointer = std::shared_ptr<Tenant>;

  // Makes the one that is not there yet.
  TenantPointer tenant(const std::string& name);
  // The same where steering_ is held already.
  TenantPointer steered_tenant(const std::string& name);
  // Set the rules, and tell who has to be told of them.
  void play_now(Tenant& tenant, const scenarios::RuleMatcher& rules,
                const api::SeedContents& contents) const;
  std::vector<TenantPointer> set_for_all(const scenarios::RuleMatcher& rules);
  std::vector<TenantPointer> set_for_one(const scenarios::RuleMatcher& rules,
                                         const std::string& whose);
  // Tells the history of faults that wait for keys to come.
  void know_faults(const std::vector<Fault>& faults, bool of_scenario);
  api::Response refuse(const api::Request& request, std::string tenant, const api::ApiError& error);
  std::vector<TenantPointer> present(const std::string& whose) const;
  // mutex_ must be held for these.
  std::vector<TenantPointer> present_locked(const std::string& whose) const;
  scenarios::RuleMatcher rules_for(const std::string& name);
  // Those that play what was chosen by this name; an empty one stands for no choice.
  std::vector<TenantPointer> players_of(std::string_view scenario) const;

  const TenantsOptions options_;
  const std::shared_ptr<Common> common_;
  std::function<Instant()> clock_;
  // Whoever steers comes after who steered before, wholly; so does a tenant that is made, whose
  // files may take long to index. Taken before mutex_, and by no request of a tenant that is there.
  std::mutex steering_;
  mutable std::mutex mutex_;
  scenarios::RuleMatcher rules_;                         // of whoever has not chosen
  std::map<std::string, scenarios::RuleMatcher> named_;  // that a name can choose, as far as read
  std::map<std::string, scenarios::RuleMatcher> replaced_;  // by play(), for one tenant
  std::map<std::string, TenantPointer> tenants_;
  std::vector<Fault> faults_for_all_;
  // What has passed by advance_by() for all since the epoch: worlds that begin later begin here, so
  // that all clocks of a test agree.
  Duration advanced_{};
};

}  // namespace assistants_mock::mock_server::tenants
