#include "mock_server/tenants/tenants.h"

#include <algorithm>

#include "mock_server/api/api_error.h"

namespace assistants_mock::mock_server::tenants {
namespace {

// The key of a request; empty when there is none, which its world refuses in the right order.
std::string key_of(const api::Request& request) {
  try {
    return std::string(api::bearer_key(request.headers));
  } catch (const api::ApiError&) {
    return "";
  }
}

}  // namespace

Tenants::Tenants(TenantsOptions options, std::shared_ptr<const scenarios::Scenario> scenario,
                 std::shared_ptr<RequestJournal> journal)
    : options_(std::move(options)), scenario_(std::move(scenario)), journal_(std::move(journal)) {
  api::require_valid_seeds(*scenario_);
}

api::Response Tenants::handle(api::Request request, std::optional<Instant> now) {
  const auto tenant = this->tenant(key_of(request));
  if (!tenant) return refuse_key(request);
  return tenant->handle(std::move(request), now);
}

// No world of its own answers, so its refusal is recorded here; it happens at no time.
api::Response Tenants::refuse_key(const api::Request& request) {
  const api::ApiError error =
      api::api_error::mock_limit("API keys", options_.max_keys, "--max-keys");
  api::Response response{.status = error.status,
                         .headers = {{"Content-Type", "application/json"}},
                         .body = api::to_body(error)};
  const RecordedRequest entry{.at = {},
                              .method = request.method,
                              .path = request.target,
                              .body = request.body,
                              .status = response.status,
                              .answer = response.body,
                              .refusal = std::string(error.row)};
  journal_->record(entry);
  options_.listeners.tell(entry);
  return response;
}

std::shared_ptr<Tenant> Tenants::tenant(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = tenants_.find(key);
  if (found != tenants_.end()) return found->second;
  const std::size_t keys = tenants_.size() - tenants_.count("");  // none is no key
  if (!key.empty() && keys >= options_.max_keys) return nullptr;
  api::ApiOptions options = options_.api;
  options.world.seed = store::seed_for(options.world.seed, key);
  options.epoch += advanced_;
  return tenants_
      .emplace(key, std::make_shared<Tenant>(options, scenario_, journal_, options_.listeners))
      .first->second;
}

std::vector<std::shared_ptr<Tenant>> Tenants::all() const {
  const std::lock_guard lock(mutex_);
  return all_locked();
}

std::vector<std::shared_ptr<Tenant>> Tenants::all_locked() const {
  std::vector<std::shared_ptr<Tenant>> all;
  for (const auto& [key, tenant] : tenants_) all.push_back(tenant);
  return all;
}

void Tenants::advance_by(state_machine::Duration by) {
  std::vector<std::shared_ptr<Tenant>> present;
  {
    // Under one lock: a key that comes in between begins at the new time and is not moved again.
    const std::lock_guard lock(mutex_);
    advanced_ += by;
    present = all_locked();
  }
  for (const auto& tenant : present) tenant->advance_by(by);
}

std::optional<Tenants::Instant> Tenants::advance_to(Instant now) {
  std::optional<Instant> next;
  for (const auto& tenant : all()) {
    tenant->advance_to(now);
    const auto due = tenant->next_due();
    if (due && (!next || *due < *next)) next = due;
  }
  return next;
}

std::uint64_t Tenants::unmatched_runs() const {
  std::uint64_t runs = 0;
  for (const auto& tenant : all()) runs += tenant->unmatched_runs();
  return runs;
}

void Tenants::play(std::shared_ptr<const scenarios::Scenario> scenario) {
  api::require_valid_seeds(*scenario);
  std::vector<std::shared_ptr<Tenant>> present;
  {
    const std::lock_guard lock(mutex_);
    scenario_ = scenario;
    present = all_locked();
  }
  for (const auto& tenant : present) tenant->play(scenario);
}

void Tenants::reset() {
  std::map<std::string, std::shared_ptr<Tenant>> gone;
  {
    const std::lock_guard lock(mutex_);
    gone.swap(tenants_);
    advanced_ = {};
  }
  for (const auto& [key, tenant] : gone) tenant->close();
}

}  // namespace assistants_mock::mock_server::tenants
