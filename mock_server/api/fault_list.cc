#include "mock_server/api/fault_list.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "mock_server/api/api_error.h"
#include "scenarios/fault_check.h"
#include "scenarios/fault_words.h"

namespace assistants_mock::mock_server::api {
namespace {}  // namespace

void require_valid(const Fault& fault) {
  std::string all;
  for (const scenarios::FaultMistake& mistake : scenarios::mistakes_of(fault))
    all += (all.empty() ? "" : "\n") + std::string(mistake.key) +
           (mistake.key.empty() ? "" : ": ") + mistake.what;
  if (!all.empty()) throw std::invalid_argument(all);
}

Fault with_request_named(Fault fault) {
  if (const scenarios::Operation* operation = scenarios::find_operation(fault.on))
    fault.on = std::string(operation->request);
  return fault;
}

int FaultList::Counts::next(const std::string& id) {
  const auto [count, is_new] = counts_.try_emplace(id, 0);
  if (is_new) {
    order_.push_back(id);
    if (order_.size() > counted_apart) {
      counts_.erase(order_.front());
      order_.pop_front();
    }
  }
  return ++count->second;
}

void FaultList::enter(const Fault& fault, bool of_scenario) {
  Entry entry{.fault = with_request_named(fault), .of_scenario = of_scenario};
  entry.route = route_named(entry.fault.on);
  entry.of_all_keys = history_->of(entry.fault, of_scenario);
  faults_.push_back(std::move(entry));
}

void FaultList::play(const std::vector<Fault>& faults) {
  std::erase_if(faults_, [](const Entry& entry) { return entry.of_scenario; });
  std::vector<Entry> laid = std::exchange(faults_, {});
  for (const Fault& fault : faults) enter(fault, true);
  std::ranges::move(laid, std::back_inserter(faults_));
  index();
}

void FaultList::clear() {
  faults_.clear();
  index();
}

void FaultList::index() {
  looks_at_status_ = std::ranges::any_of(
      faults_, [](const Entry& entry) { return !entry.fault.run_status.empty(); });
  on_route_.clear();
  for (const Entry& entry : faults_)
    if (entry.route != nullptr) on_route_.try_emplace(entry.route);
  on_any_route_.clear();
  for (std::size_t place = 0; place < faults_.size(); ++place) {
    const Route* route = faults_[place].route;
    if (route == nullptr) on_any_route_.push_back(place);
    for (auto& [own, places] : on_route_)
      if (route == nullptr || route == own) places.push_back(place);
  }
}

void FaultList::add(const std::vector<Fault>& faults, const Limits& limits) {
  if (added() + faults.size() > limits.faults) throw api_error::over_limit(limits, &Limits::faults);
  for (const Fault& fault : faults) enter(fault, false);
  index();
}

std::size_t FaultList::added() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(faults_, [](const Entry& entry) { return !entry.of_scenario; }));
}

FaultReport FaultList::report_of(const Entry& entry) {
  return {.fault = entry.fault,
          .asked = entry.counts->asked,
          .fired = entry.counts->fired,
          .of_scenario = entry.of_scenario};
}

std::vector<FaultReport> FaultList::reports() const {
  std::vector<FaultReport> reports;
  for (const Entry& entry : faults_) reports.push_back(report_of(entry));
  return reports;
}

bool FaultList::looks_at(const Entry& entry, const Asked& asked) {
  const std::string& wanted = entry.fault.run_status;
  return wanted.empty() || (asked.status && state_machine::name(*asked.status) == wanted);
}

FaultList::Entry* FaultList::due(const Asked& asked, bool in_stream) {
  const auto own = on_route_.find(asked.match.route);
  Entry* due = nullptr;
  for (const std::size_t place : own == on_route_.end() ? on_any_route_ : own->second) {
    Entry& entry = faults_[place];
    const Fault& fault = entry.fault;
    if (fault.stream.has_value() != in_stream || !looks_at(entry, asked)) continue;
    ++entry.of_all_keys->asked;
    const int asked_so_far = ++entry.counts->asked;
    const int time =
        fault.per.empty() ? asked_so_far : entry.apart.next(*asked.match.id(fault.per));
    if (due == nullptr && lists(fault.times, time)) due = &entry;
  }
  return due;
}

const Fault* FaultList::next(const Asked& asked) {
  const Entry* entry = due(asked, false);
  if (entry == nullptr) return nullptr;
  ++entry->counts->fired;
  ++entry->of_all_keys->fired;
  return &entry->fault;
}

FaultList::InStream FaultList::next_in_stream(const Asked& asked) {
  const Entry* entry = due(asked, true);
  if (entry == nullptr) return {};
  return {&entry->fault, [own = entry->counts, all = entry->of_all_keys] {
            ++own->fired;
            ++all->fired;
          }};
}

}  // namespace assistants_mock::mock_server::api
