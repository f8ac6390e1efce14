#include "mock_server/api/fault_list.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "mock_server/api/error_answer.h"
#include "mock_server/api/error_catalogue.h"
#include "mock_server/api/letter_case.h"
#include "scenarios/fault_check.h"
#include "scenarios/fault_words.h"

namespace assistants_mock::mock_server::api {
namespace {

const ErrorSample& sample_of(std::string_view row) {
  const auto samples = error_catalogue();
  return *std::ranges::find(samples, row, [](const auto& one) { return one.sample.row; });
}

const Route* route_of(std::string_view on) {
  const scenarios::Operation* operation = scenarios::find_operation(on);
  if (operation == nullptr) return nullptr;
  const auto all = routes();
  return &*std::ranges::find(all, operation->id, &Route::operation);
}

const std::string* path_id(const RouteMatch& match, std::string_view name) {
  const auto found =
      std::ranges::find(match.path_ids, name, &std::pair<std::string_view, std::string>::first);
  return found == match.path_ids.end() ? nullptr : &found->second;
}

Delivery::Ending ending_of(Fault::Connection connection) {
  static_assert(static_cast<int>(Fault::Connection::hanging) ==
                static_cast<int>(Delivery::Ending::hanging));
  return static_cast<Delivery::Ending>(connection);
}

}  // namespace

void require_valid(const Fault& fault) {
  std::string all;
  for (const scenarios::FaultMistake& mistake : scenarios::mistakes_of(fault))
    all += (all.empty() ? "" : "\n") + std::string(mistake.key) +
           (mistake.key.empty() ? "" : ": ") + mistake.what;
  if (!all.empty()) throw std::invalid_argument(all);
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

void FaultList::enter(Fault fault, bool of_scenario) {
  const Route* route = route_of(fault.on);
  if (route != nullptr) fault.on = std::string(route->method) + ' ' + std::string(route->path);
  faults_.push_back(
      {.report = {.fault = std::move(fault), .of_scenario = of_scenario}, .route = route});
}

void FaultList::play(const std::vector<Fault>& faults) {
  std::erase_if(faults_, [](const Entry& entry) { return entry.report.of_scenario; });
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
      faults_, [](const Entry& entry) { return !entry.report.fault.run_status.empty(); });
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

void FaultList::add(Fault fault, const Limits& limits) {
  if (added() >= limits.faults) throw api_error::over_limit(limits, &Limits::faults);
  enter(std::move(fault), false);
  index();
}

std::size_t FaultList::added() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(faults_, [](const Entry& entry) { return !entry.report.of_scenario; }));
}

std::vector<FaultReport> FaultList::reports() const {
  std::vector<FaultReport> reports;
  for (const Entry& entry : faults_) reports.push_back(entry.report);
  return reports;
}

bool FaultList::looks_at(const Entry& entry, const Asked& asked) {
  const std::string& wanted = entry.report.fault.run_status;
  return wanted.empty() || (asked.status && state_machine::name(*asked.status) == wanted);
}

const Fault* FaultList::next(const Asked& asked, bool in_stream) {
  const auto own = on_route_.find(asked.match.route);
  Entry* due = nullptr;
  for (const std::size_t place : own == on_route_.end() ? on_any_route_ : own->second) {
    Entry& entry = faults_[place];
    const Fault& fault = entry.report.fault;
    if (fault.stream.has_value() != in_stream || !looks_at(entry, asked)) continue;
    ++entry.report.asked;
    const int time =
        fault.per.empty() ? entry.report.asked : entry.apart.next(*path_id(asked.match, fault.per));
    if (due == nullptr && lists(fault.times, time)) due = &entry;
  }
  if (due == nullptr) return nullptr;
  ++due->report.fired;
  return &due->report.fault;
}

const Fault* FaultList::next(const Asked& asked) {
  return next(asked, false);
}

const Fault* FaultList::next_in_stream(const Asked& asked) {
  return next(asked, true);
}

bool replaces_answer(const Fault& fault) {
  return !fault.error.empty() || fault.status ||
         (fault.connection != Fault::Connection::kept && !fault.keep_bytes);
}

FaultAnswer answer_of(const Fault& fault, const std::string& request_id) {
  if (!fault.error.empty()) {
    const ErrorSample& sample = sample_of(fault.error);
    return {error_answer(sample.sample, request_id), sample.sample.row};
  }
  // What a connection that ends without an answer would have answered, nobody sees.
  Response response{.status = fault.status.value_or(500), .headers = {}, .body = fault.body};
  response.headers.emplace_back("x-request-id", request_id);
  response.headers.emplace_back("Content-Type", "application/json");
  return {std::move(response), "fault"};
}

void damage(Response& response, const Fault& fault) {
  for (const auto& given : fault.headers) {
    std::erase_if(response.headers, [&](const auto& header) {
      return equals_without_case(header.first, given.first);
    });
    response.headers.push_back(given);
  }
  // A fault of its stream may have done something already.
  Delivery& delivery = response.delivery;
  delivery.delay += fault.delay;
  if (fault.keep_bytes) delivery.keep_bytes = fault.keep_bytes;
  if (fault.connection != Fault::Connection::kept) delivery.ending = ending_of(fault.connection);
}

}  // namespace assistants_mock::mock_server::api
