#include "mock_server/tenants/tenants.h"

#include <algorithm>

#include "assistants_mock/scenario_book.h"
#include "mock_server/api/error_answer.h"

namespace assistants_mock::mock_server::tenants {
namespace {

using scenarios::RuleMatcher;

// One that comes with the program, by its name; null when there is none.
std::shared_ptr<const scenarios::Scenario> shipped(std::string_view name) {
  const auto library = scenarios::ScenarioBook::library_names();
  if (std::ranges::find(library, name) == library.end()) return nullptr;
  return scenarios::ScenarioBook::shipped(name).shared();
}

TenantsOptions with_shared_streams(TenantsOptions options) {
  options.api.streams = std::make_shared<api::OpenStreams>();
  return options;
}

}  // namespace

Tenants::Tenants(TenantsOptions options, const ScenarioPointer& scenario)
    : options_(with_shared_streams(std::move(options))),
      common_(std::make_shared<Common>()),
      rules_(scenario) {
  common_->listeners = options_.listeners;
  api::require_valid_seeds(*scenario);
  for (const ScenarioPointer& one : options_.named) {
    api::require_valid_seeds(*one);
    named_.insert_or_assign(one->name, RuleMatcher(one));
  }
  named_.insert_or_assign(scenario->name, rules_);
}

api::Response Tenants::handle(api::Request request, std::optional<Instant> now) {
  const Address address = take_address(request);
  try {
    const auto tenant = this->tenant(lets_in(address) ? address.tenant : "");
    return tenant->handle(std::move(request), now);
  } catch (const api::ApiError& error) {
    return refuse(request, address.tenant, error);
  }
}

// A key that is not let in makes no world: that of nobody refuses it.
bool Tenants::lets_in(const Address& address) const {
  return options_.api.keys == nullptr || options_.api.keys->contains(address.key);
}

// No world of its own answers, so nobody's journal has its refusal.
api::Response Tenants::refuse(const api::Request& request, std::string tenant,
                              const api::ApiError& error) {
  api::Response response = error_answer(error, "");
  record_refused({.at = {},
                  .tenant = std::move(tenant),
                  .method = request.method,
                  .path = request.target,
                  .headers = request.headers,
                  .body = request.body,
                  .status = response.status,
                  .answer = response.body,
                  .refusal = std::string(error.row)});
  return response;
}

void Tenants::record_refused(RecordedRequest request) {
  tenant("")->record(std::move(request));
}

Tenants::TenantPointer Tenants::tenant(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto found = tenants_.find(name);
  if (found != tenants_.end()) return found->second;
  const Limits& limits = options_.api.world.limits;
  const std::size_t keys = tenants_.size() - tenants_.count("");  // nobody is no key
  if (!name.empty() && keys >= limits.keys) throw api::api_error::over_limit(limits, &Limits::keys);
  RuleMatcher rules = rules_for(name);
  api::ApiOptions options = options_.api;
  options.world.seed = store::seed_for(options.world.seed, name);
  options.epoch += advanced_;
  return tenants_.emplace(name, std::make_shared<Tenant>(name, options, std::move(rules), common_))
      .first->second;
}

RuleMatcher Tenants::rules_for(const std::string& name) {
  if (const auto own = replaced_.find(name); own != replaced_.end()) return own->second;
  const std::string_view chosen = scenario_of(name);
  if (chosen.empty()) return rules_;
  const auto known = named_.find(std::string(chosen));
  if (known != named_.end()) return known->second;
  if (const auto scenario = shipped(chosen))
    return named_.emplace(chosen, RuleMatcher(scenario)).first->second;
  std::vector<std::string_view> names = scenarios::ScenarioBook::library_names();
  for (const auto& [known_name, rules] : named_) names.push_back(known_name);
  throw api::api_error::no_scenario(chosen, names);
}

std::vector<Tenants::TenantPointer> Tenants::present(const std::string& whose) const {
  const std::lock_guard lock(mutex_);
  return present_locked(whose);
}

std::vector<Tenants::TenantPointer> Tenants::present_locked(const std::string& whose) const {
  std::vector<TenantPointer> all;
  for (const auto& [name, tenant] : tenants_)
    if (whose.empty() || name == whose) all.push_back(tenant);
  return all;
}

std::vector<Tenants::TenantPointer> Tenants::steered(const std::string& whose) {
  if (whose.empty()) return present(whose);
  return {tenant(whose)};
}

void Tenants::advance_by(Duration by, const std::string& whose) {
  std::vector<TenantPointer> moved;
  if (whose.empty()) {
    // Under one lock: a world that comes in between begins at the new time and is not moved again.
    const std::lock_guard lock(mutex_);
    advanced_ += by;
    moved = present_locked(whose);
  } else {
    moved = {tenant(whose)};
  }
  for (const auto& tenant : moved) tenant->advance_by(by);
}

std::optional<Tenants::Duration> Tenants::until_next(const std::string& whose) const {
  std::optional<Duration> shortest;
  for (const auto& tenant : present(whose)) {
    const auto due = tenant->next_due();
    if (!due) continue;
    const Duration left = std::max(*due - tenant->now(), Duration::zero());
    shortest = std::min(shortest.value_or(left), left);
  }
  return shortest;
}

std::optional<Tenants::Instant> Tenants::advance_to(Instant now) {
  std::optional<Instant> next;
  for (const auto& tenant : present({})) {
    auto due = tenant->next_due();
    if (due && *due <= now) {
      tenant->advance_to(now);
      due = tenant->next_due();
    }
    if (due) next = std::min(next.value_or(*due), *due);
  }
  return next;
}

void Tenants::play(const ScenarioPointer& scenario, const std::string& whose) {
  api::require_valid_seeds(*scenario);
  const RuleMatcher rules(scenario);
  if (!whose.empty()) {
    const auto tenant = this->tenant(whose);
    {
      const std::lock_guard lock(mutex_);
      replaced_.insert_or_assign(whose, rules);
    }
    tenant->play(rules);
    return;
  }
  std::vector<TenantPointer> players;
  {
    const std::lock_guard lock(mutex_);
    rules_ = rules;
    players = players_of("");
  }
  for (const auto& tenant : players) tenant->play(rules);
  name_scenario(scenario);
}

void Tenants::name_scenario(const ScenarioPointer& scenario) {
  api::require_valid_seeds(*scenario);
  const RuleMatcher rules(scenario);
  std::vector<TenantPointer> players;
  {
    const std::lock_guard lock(mutex_);
    named_.insert_or_assign(scenario->name, rules);
    players = players_of(scenario->name);
  }
  for (const auto& tenant : players) tenant->play(rules);
}

std::vector<Tenants::TenantPointer> Tenants::players_of(std::string_view scenario) const {
  std::vector<TenantPointer> players;
  for (const auto& [name, tenant] : tenants_)
    if (!replaced_.contains(name) && scenario_of(name) == scenario) players.push_back(tenant);
  return players;
}

Tenants::ScenarioPointer Tenants::scenario(const std::string& whose) const {
  const std::lock_guard lock(mutex_);
  if (const auto own = replaced_.find(whose); own != replaced_.end()) return own->second.shared();
  const auto named = named_.find(std::string(scenario_of(whose)));
  return named == named_.end() ? rules_.shared() : named->second.shared();
}

void Tenants::add_fault(const Fault& fault, const std::string& whose) {
  api::require_valid(fault);
  for (const auto& tenant : steered(whose)) tenant->add_fault(fault);
}

void Tenants::clear_faults(const std::string& whose) {
  for (const auto& tenant : steered(whose)) tenant->clear_faults();
}

void Tenants::reset(const std::string& whose) {
  std::vector<TenantPointer> gone;
  {
    const std::lock_guard lock(mutex_);
    gone = present_locked(whose);
    for (const auto& tenant : gone) tenants_.erase(tenant->name());
    if (whose.empty()) {
      advanced_ = {};
      replaced_.clear();
    }
  }
  for (const auto& tenant : gone) tenant->close();
}

std::vector<RecordedRequest> Tenants::requests(const RequestQuery& query,
                                               const std::string& whose) const {
  std::vector<JournalEntry> entries;
  for (const auto& tenant : present(whose))
    std::ranges::move(tenant->read([&](const api::Api&, const RequestJournal& journal) {
      return journal.find(query);
    }),
                      std::back_inserter(entries));
  std::ranges::sort(entries, {}, &JournalEntry::sequence);
  std::vector<RecordedRequest> told;
  told.reserve(entries.size());
  for (const JournalEntry& entry : entries) told.push_back(entry.told());
  return told;
}

std::size_t Tenants::count_requests(const RequestQuery& query, const std::string& whose) const {
  std::size_t count = 0;
  for (const auto& tenant : present(whose))
    count += tenant->read(
        [&](const api::Api&, const RequestJournal& journal) { return journal.count(query); });
  return count;
}

std::vector<RunReport> Tenants::runs(const RunQuery& query, const std::string& whose) const {
  std::vector<RunReport> all;
  for (const auto& tenant : present(whose)) {
    auto reports =
        tenant->read([&](const api::Api& api, const RequestJournal&) { return api.runs(query); });
    for (RunReport& report : reports) {
      report.tenant = tenant->name();
      all.push_back(std::move(report));
    }
  }
  return all;
}

std::size_t Tenants::count_runs(const RunQuery& query, const std::string& whose) const {
  std::size_t count = 0;
  for (const auto& tenant : present(whose))
    count += tenant->read(
        [&](const api::Api& api, const RequestJournal&) { return api.count_runs(query); });
  return count;
}

std::vector<ClockReading> Tenants::clocks(const std::string& whose) const {
  std::vector<ClockReading> clocks;
  for (const auto& tenant : present(whose))
    clocks.push_back({tenant->name(), tenant->now(), tenant->next_due()});
  return clocks;
}

std::vector<FaultReport> Tenants::faults(const std::string& whose) const {
  std::vector<FaultReport> all;
  for (const auto& tenant : present(whose))
    std::ranges::move(tenant->read([](const api::Api& api, const RequestJournal&) {
      return api.faults().reports();
    }),
                      std::back_inserter(all));
  return all;
}

ServerState Tenants::state() const {
  ServerState state;
  state.open_streams = options_.api.streams->count();
  for (const auto& tenant : present({})) {
    state.tenants += tenant->name().empty() ? 0 : 1;
    tenant->read([&](const api::Api& api, const RequestJournal& journal) {
      state.objects += api.objects();
      state.unmatched_runs += api.unmatched_runs();
      state.requests += journal.recorded();
      return true;
    });
  }
  return state;
}

bool Tenants::wait_for_requests(const RequestQuery& query, std::size_t count,
                                std::chrono::milliseconds patience, const std::string& whose) {
  return common_->changes.wait(patience, [&] { return count_requests(query, whose) >= count; });
}

bool Tenants::wait_for_runs(const RunQuery& query, std::size_t count,
                            std::chrono::milliseconds patience, const std::string& whose) {
  return common_->changes.wait(patience, [&] { return count_runs(query, whose) >= count; });
}

void Tenants::close() {
  common_->changes.close();
  for (const auto& tenant : present({})) tenant->close();
}

}  // namespace assistants_mock::mock_server::tenants
