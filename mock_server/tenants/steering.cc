// What a test does to its tenants: scenarios, faults, time, a new start. One such act at a time.
#include <algorithm>

#include "mock_server/api/api_error.h"
#include "mock_server/api/seeds.h"
#include "mock_server/tenants/tenants.h"

namespace assistants_mock::mock_server::tenants {

using scenarios::RuleMatcher;

void Tenants::advance_by(Duration by, const std::string& whose) {
  const std::lock_guard steering(steering_);
  std::vector<TenantPointer> moved;
  if (whose.empty()) {
    // Under one lock: a world that comes in between begins at the new time and is not moved again.
    const std::lock_guard lock(mutex_);
    advanced_ += by;
    moved = present_locked(whose);
  } else {
    moved = {steered_tenant(whose)};
  }
  for (const auto& tenant : moved) tenant->advance_by(by);
}

void Tenants::play(const ScenarioPointer& scenario, const std::string& whose) {
  api::require_valid_seeds(*scenario);
  const api::SeedContents contents = api::keep_seeds(*options_.api.blobs, *scenario);
  const RuleMatcher rules(scenario);
  const std::lock_guard steering(steering_);
  for (const auto& tenant : whose.empty() ? set_for_all(rules) : set_for_one(rules, whose))
    play_now(*tenant, rules, contents);
}

// Whose time is that of the machine may have heard nothing of it for long.
void Tenants::play_now(Tenant& tenant, const RuleMatcher& rules,
                       const api::SeedContents& contents) const {
  if (clock_) tenant.advance_to(clock_());
  tenant.play(rules, contents);
}

std::vector<Tenants::TenantPointer> Tenants::set_for_all(const RuleMatcher& rules) {
  know_faults(rules.scenario().faults, true);
  const std::lock_guard lock(mutex_);
  rules_ = rules;
  named_.erase(rules.scenario().name);  // whoever chooses this name plays these
  std::vector<TenantPointer> players = players_of("");
  std::ranges::move(players_of(rules.scenario().name), std::back_inserter(players));
  return players;
}

// Who is not there yet begins with these rules, and need not be told.
std::vector<Tenants::TenantPointer> Tenants::set_for_one(const RuleMatcher& rules,
                                                         const std::string& whose) {
  std::unique_lock lock(mutex_);
  const Limits& limits = options_.api.world.limits;
  if (!replaced_.contains(whose) && replaced_.size() >= limits.keys)
    throw api::api_error::over_limit(limits, &Limits::keys);
  const auto present = tenants_.find(whose);
  if (present != tenants_.end()) {
    replaced_.insert_or_assign(whose, rules);
    return {present->second};
  }
  const auto before = replaced_.find(whose);
  const auto kept = before == replaced_.end() ? std::nullopt : std::optional(before->second);
  replaced_.insert_or_assign(whose, rules);
  lock.unlock();
  try {
    steered_tenant(whose);
  } catch (...) {
    lock.lock();
    replaced_.erase(whose);
    if (kept) replaced_.emplace(whose, *kept);
    throw;
  }
  return {};
}

void Tenants::name_scenario(const ScenarioPointer& scenario) {
  api::require_valid_seeds(*scenario);
  const api::SeedContents contents = api::keep_seeds(*options_.api.blobs, *scenario);
  const RuleMatcher rules(scenario);
  know_faults(scenario->faults, true);
  const std::lock_guard steering(steering_);
  std::vector<TenantPointer> players;
  {
    const std::lock_guard lock(mutex_);
    const Limits& limits = options_.api.world.limits;
    if (!named_.contains(scenario->name) && named_.size() >= limits.keys)
      throw api::api_error::over_limit(limits, &Limits::keys);
    named_.insert_or_assign(scenario->name, rules);
    players = players_of(scenario->name);
  }
  for (const auto& tenant : players) play_now(*tenant, rules, contents);
}

std::vector<Tenants::TenantPointer> Tenants::players_of(std::string_view scenario) const {
  std::vector<TenantPointer> players;
  for (const auto& [name, tenant] : tenants_)
    if (!name.empty() && !replaced_.contains(name) && scenario_of(name) == scenario)
      players.push_back(tenant);
  return players;
}

Tenants::ScenarioPointer Tenants::scenario(const std::string& whose) {
  const std::lock_guard lock(mutex_);
  return rules_for(whose).shared();
}

// None of them gets it when one has no room. A tenant may be busy for long, so none is asked while
// all others would have to wait; steering_ keeps newcomers out meanwhile.
void Tenants::add_fault(const Fault& fault, const std::string& whose) {
  api::require_valid(fault);
  const std::lock_guard steering(steering_);
  if (!whose.empty()) return steered_tenant(whose)->add_faults({fault});
  const Limits& limits = options_.api.world.limits;
  const auto all = present({});
  const auto is_full = [&](const TenantPointer& tenant) {
    return tenant->read([&](const api::Api& api, const RequestJournal&) {
      return api.faults().added() >= limits.faults;
    });
  };
  if (faults_for_all_.size() >= limits.faults || std::ranges::any_of(all, is_full))
    throw api::api_error::over_limit(limits, &Limits::faults);
  {
    const std::lock_guard lock(mutex_);
    faults_for_all_.push_back(fault);
  }
  know_faults({fault}, false);
  for (const auto& tenant : all) tenant->add_faults({fault});
}

void Tenants::clear_faults(const std::string& whose) {
  const std::lock_guard steering(steering_);
  if (!whose.empty()) return steered_tenant(whose)->clear_faults();
  {
    const std::lock_guard lock(mutex_);
    faults_for_all_.clear();
  }
  for (const auto& tenant : present({})) tenant->clear_faults();
}

// Nobody's world refuses before any fault is looked at.
std::vector<FaultReport> Tenants::faults(const std::string& whose) {
  std::vector<FaultReport> all;
  for (const auto& tenant : present(whose))
    if (!tenant->name().empty()) std::ranges::move(tenant->faults(), std::back_inserter(all));
  if (!whose.empty() && !all.empty()) return all;
  const std::lock_guard lock(mutex_);
  if (tenants_.contains(whose) && !whose.empty()) return all;
  const auto add = [&](const Fault& fault, bool of_scenario) {
    all.push_back({.fault = api::with_request_named(fault), .of_scenario = of_scenario});
  };
  for (const Fault& fault : rules_for(whose).scenario().faults) add(fault, true);
  for (const Fault& fault : faults_for_all_) add(fault, false);
  return all;
}

std::vector<FaultReport> Tenants::fault_history() const {
  return options_.api.fault_history->reports();
}

void Tenants::know_faults(const std::vector<Fault>& faults, bool of_scenario) {
  for (const Fault& fault : faults)
    options_.api.fault_history->of(api::with_request_named(fault), of_scenario);
}

void Tenants::reset(const std::string& whose) {
  const std::lock_guard steering(steering_);
  std::vector<TenantPointer> gone;
  {
    const std::lock_guard lock(mutex_);
    gone = present_locked(whose);
    for (const auto& tenant : gone) tenants_.erase(tenant->name());
    if (whose.empty()) {
      advanced_ = {};
      replaced_.clear();
      faults_for_all_.clear();
    }
  }
  for (const auto& tenant : gone) tenant->close();
}

}  // namespace assistants_mock::mock_server::tenants
