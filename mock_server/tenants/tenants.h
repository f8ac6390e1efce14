#pragma once
// A key is a tenant: finds or makes the world of each API key. Requests without a key share one
// that refuses them.
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "mock_server/tenants/tenant.h"

namespace assistants_mock::mock_server::tenants {

struct TenantsOptions {
  api::ApiOptions api = {};
  std::size_t max_keys = 1'000;
  Listeners listeners = {};
};

class Tenants {
 public:
  using Instant = state_machine::Instant;

  Tenants(TenantsOptions options, std::shared_ptr<const scenarios::Scenario> scenario,
          std::shared_ptr<RequestJournal> journal);

  api::Response handle(api::Request request, std::optional<Instant> now);

  void advance_by(state_machine::Duration by);
  // For real time: moves everybody, and tells when anything is due next.
  std::optional<Instant> advance_to(Instant now);
  std::uint64_t unmatched_runs() const;
  // Throws std::invalid_argument, and changes nothing, when its seeds are wrong.
  void play(std::shared_ptr<const scenarios::Scenario> scenario);

  // Every world ends, with its streams; the next request of a key begins a new one.
  void reset();

 private:
  std::shared_ptr<Tenant> tenant(const std::string& key);
  api::Response refuse_key(const api::Request& request);
  std::vector<std::shared_ptr<Tenant>> all() const;
  std::vector<std::shared_ptr<Tenant>> all_locked() const;  // mutex_ must be held

  mutable std::mutex mutex_;
  TenantsOptions options_;
  std::shared_ptr<const scenarios::Scenario> scenario_;
  std::shared_ptr<RequestJournal> journal_;
  std::map<std::string, std::shared_ptr<Tenant>> tenants_;
  // What has passed by advance_by() since the epoch: keys seen for the first time later begin here,
  // so that all clocks of a test agree.
  state_machine::Duration advanced_{};
};

}  // namespace assistants_mock::mock_server::tenants
