#include "mock_server/tenants/tenants.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "assistants_mock/scenario_book.h"
#include "mock_server/api/error_answer.h"
#include "mock_server/api/routes.h"
#include "mock_server/api/seeds.h"

namespace assistants_mock::mock_server::tenants {
namespace {

using scenarios::RuleMatcher;

// One that comes with the program, by its name; null when there is none.
std::shared_ptr<const scenarios::Scenario> shipped(std::string_view name) {
  const auto library = scenarios::ScenarioBook::library_names();
  if (std::ranges::find(library, name) == library.end()) return nullptr;
  return scenarios::ScenarioBook::shipped(name).shared();
}

TenantsOptions with_what_is_shared(TenantsOptions options) {
  options.api.streams = std::make_shared<api::OpenStreams>();
  if (!options.api.blobs)
    options.api.blobs = std::make_shared<store::BlobDirectory>(
        std::filesystem::path(), options.api.world.limits.stored_bytes);
  options.api.fault_history = std::make_shared<api::FaultHistory>();
  return options;
}

}  // namespace

Tenants::Tenants(TenantsOptions options, const ScenarioPointer& scenario)
    : options_(with_what_is_shared(std::move(options))),
      common_(std::make_shared<Common>()),
      rules_(scenario) {
  know_faults(scenario->faults, true);
  common_->listeners = options_.listeners;
  api::require_valid_seeds(*scenario);
  for (const ScenarioPointer& one : options_.named) {
    api::require_valid_seeds(*one);
    named_.insert_or_assign(one->name, RuleMatcher(one));
    know_faults(one->faults, true);
  }
  if (options_.api.keys == nullptr) return;
  for (const std::string& key : *options_.api.keys) {
    if (key.empty()) throw std::invalid_argument("an API key that is let in cannot be empty");
    try {
      rules_for(key);
    } catch (const api::ApiError& error) {
      throw std::invalid_argument("key " + key + ": " + error.message);
    }
  }
}

api::Response Tenants::handle(api::Request request, std::optional<Instant> now) {
  const Address address = take_address(request);
  try {
    const auto tenant = this->tenant(lets_in(address) ? world_of(address) : "");
    return tenant->handle(std::move(request), now);
  } catch (const api::ApiError& error) {
    return refuse(request, address.tenant, error);
  } catch (const store::DiskError& error) {  // of the files that a new key begins with
    return refuse(request, address.tenant, api::api_error::disk_failed(error.what()));
  }
}

std::shared_ptr<api::IncomingBody> Tenants::open_body(const std::string& method,
                                                      const std::string& target,
                                                      const api::Headers& headers) const {
  api::Request head{.method = method, .target = target, .headers = {}};
  take_address(head);
  const std::string_view path = std::string_view(head.target).substr(0, head.target.find('?'));
  const api::FormSchema* schema = api::form_of(method, path);
  if (schema == nullptr) return nullptr;
  auto form = std::make_shared<api::FormUpload>(*schema, headers, options_.api.world.limits,
                                                options_.api.blobs);
  head.headers = headers;
  const Address address = take_address(head);
  if (address.key.empty() || !lets_in(address)) form->refuse(api::api_error::auth_missing());
  return form;
}

// A key that is not let in makes no world: that of nobody refuses it.
bool Tenants::lets_in(const Address& address) const {
  return options_.api.keys == nullptr || options_.api.keys->contains(address.key);
}

std::string Tenants::world_of(const Address& address) const {
  if (!address.by_path || options_.api.keys == nullptr) return address.tenant;
  return address.tenant + '@' + address.key;
}

// No world of its own answers, so nobody's journal has its refusal.
api::Response Tenants::refuse(const api::Request& request, std::string tenant,
                              const api::ApiError& error) {
  api::Response response = error_answer(error);
  record_refused({.at = {},
                  .tenant = std::move(tenant),
                  .method = request.method,
                  .path = request.target,
                  .headers = request.headers,
                  .body = request.incoming ? request.incoming->summary() : request.body,
                  .body_bytes = request.incoming ? request.incoming->size() : 0,
                  .status = response.status,
                  .answer = response.body,
                  .refusal = std::string(error.row)});
  return response;
}

void Tenants::record_refused(RecordedRequest request) {
  const auto nobody = tenant("");
  if (clock_) nobody->advance_to(clock_());
  nobody->record(std::move(request));
}

Tenants::TenantPointer Tenants::tenant(const std::string& name) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = tenants_.find(name);
    if (found != tenants_.end()) return found->second;
  }
  const std::lock_guard steering(steering_);
  return steered_tenant(name);
}

Tenants::TenantPointer Tenants::steered_tenant(const std::string& name) {
  std::unique_lock lock(mutex_);
  const auto found = tenants_.find(name);
  if (found != tenants_.end()) return found->second;
  const Limits& limits = options_.api.world.limits;
  const std::size_t keys = tenants_.size() - tenants_.count("");  // nobody is no key
  if (!name.empty() && keys >= limits.keys) throw api::api_error::over_limit(limits, &Limits::keys);
  // Nobody's world only refuses, and brings no files along that might find no room.
  RuleMatcher rules =
      name.empty() ? RuleMatcher(std::make_shared<const scenarios::Scenario>()) : rules_for(name);
  api::ApiOptions options = options_.api;
  options.world.seed = store::seed_for(options.world.seed, name);
  options.epoch = clock_ ? clock_() : options.epoch + advanced_;
  const std::vector<Fault> faults = faults_for_all_;
  lock.unlock();  // nobody else waits for the files that its scenario brings along
  auto made = std::make_shared<Tenant>(name, options, std::move(rules), common_);
  made->add_faults(faults);
  lock.lock();
  return tenants_.emplace(name, std::move(made)).first->second;
}

RuleMatcher Tenants::rules_for(const std::string& name) {
  if (const auto own = replaced_.find(name); own != replaced_.end()) return own->second;
  const std::string_view chosen = scenario_of(name);
  if (chosen.empty() || chosen == rules_.scenario().name) return rules_;
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

std::vector<RecordedRequest> Tenants::requests(const RequestQuery& query,
                                               const std::string& whose) const {
  std::vector<JournalEntry> entries;
  for (const auto& tenant : present(whose))
    std::ranges::move(tenant->read([&](const api::Api&, const RequestJournal& journal) {
      return journal.find(query);
    }),
                      std::back_inserter(entries));
  std::ranges::sort(entries, {}, &JournalEntry::sequence);
  if (entries.size() > query.limit)
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(query.limit), entries.end());
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
      if (all.size() >= query.limit) break;
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
  for (const auto& tenant : present(whose)) {
    if (clock_) tenant->advance_to(clock_());
    clocks.push_back({tenant->name(), tenant->now(), tenant->next_due()});
  }
  return clocks;
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

// Entries that were counted are not looked at again.
bool Tenants::wait_for_requests(const RequestQuery& query, std::size_t count,
                                std::chrono::milliseconds patience, const std::string& whose) {
  struct Counted {
    std::uint64_t up_to = 0;
    std::size_t fitting = 0;
  };
  std::map<TenantPointer, Counted> counted;
  return common_->changes.wait(patience, [&] {
    std::size_t fitting = 0;
    for (const auto& tenant : present(whose)) {
      Counted& so_far = counted[tenant];
      so_far.fitting += tenant->read([&](const api::Api&, const RequestJournal& journal) {
        RequestQuery news = query;
        news.after = std::max(query.after, std::exchange(so_far.up_to, journal.recorded()));
        return journal.count(news);
      });
      fitting += so_far.fitting;
    }
    return fitting >= count;
  });
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
