#include "mock_server/api/fault_list.h"

#include <algorithm>
#include <stdexcept>

#include "mock_server/api/error_answer.h"
#include "mock_server/api/error_catalogue.h"
#include "scenarios/nearest_word.h"

namespace assistants_mock::mock_server::api {
namespace {

class CutAnswer : public EventStream {
 public:
  State read(std::string&, std::chrono::milliseconds) override { return State::cut; }
};

const ErrorSample* sample_of(std::string_view row) {
  const auto samples = error_catalogue();
  const auto found =
      std::ranges::find(samples, row, [](const auto& one) { return one.sample.row; });
  return found == samples.end() ? nullptr : &*found;
}

bool is_on(std::string_view on, const Route& route) {
  return on.size() == route.method.size() + 1 + route.path.size() && on.starts_with(route.method) &&
         on[route.method.size()] == ' ' && on.ends_with(route.path);
}

bool is_turn(const Fault& fault, int time) {
  return std::ranges::find(fault.times, time) != fault.times.end() ||
         (fault.from_then_on && time >= *fault.from_then_on);
}

void require_known_request(const std::string& on) {
  if (on == "*") return;
  const auto all = routes();
  if (std::ranges::any_of(all, [&](const Route& route) { return is_on(on, route); })) return;
  std::vector<std::string> names;
  for (const Route& route : all)
    names.push_back(std::string(route.method) + ' ' + std::string(route.path));
  const std::vector<std::string_view> words(names.begin(), names.end());
  throw std::invalid_argument("on: there is no operation '" + on + "'" +
                              scenarios::did_you_mean(on, words) + " (every request is \"*\")");
}

// As HTTP has them (RFC 9110, section 5): what else is given would not reach the client.
void require_sendable(const std::pair<std::string, std::string>& header) {
  constexpr std::string_view letters =
      "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const auto& [name, value] = header;
  if (name.empty() || name.find_first_not_of(letters) != std::string::npos)
    throw std::invalid_argument("headers: '" + name + "' is no name of a header");
  if (std::ranges::any_of(value, [](unsigned char code) { return code < 0x20 || code == 0x7f; }))
    throw std::invalid_argument("headers: the value of '" + name + "' has control characters");
  const Headers framing = {{"content-length", ""}, {"transfer-encoding", ""}};
  if (has_header(framing, name))
    throw std::invalid_argument("headers: '" + name + "' is set by the mock itself");
}

void require_known_row(const std::string& row) {
  if (row.starts_with("http."))
    throw std::invalid_argument("error: '" + row +
                                "' is refused before the API is reached; lay a "
                                "status instead");
  if (sample_of(row) != nullptr) return;
  std::vector<std::string_view> rows;
  for (const ErrorSample& one : error_catalogue()) rows.push_back(one.sample.row);
  throw std::invalid_argument("error: there is no row '" + row + "' in docs/wire/errors.md" +
                              scenarios::did_you_mean(row, rows));
}

}  // namespace

void require_valid(const Fault& fault) {
  require_known_request(fault.on);
  if (fault.times.empty() && !fault.from_then_on)
    throw std::invalid_argument("times: it lists no time, so the fault would never fire");
  if (std::ranges::any_of(fault.times, [](int time) { return time < 1; }) ||
      fault.from_then_on.value_or(1) < 1)
    throw std::invalid_argument("times: requests are counted from 1");
  const int ways = (fault.error.empty() ? 0 : 1) + (fault.status ? 1 : 0) +
                   (fault.cut == Fault::Cut::none ? 0 : 1);
  if (ways != 1)
    throw std::invalid_argument("a fault says what happens by one of error, status and cut");
  if (!fault.error.empty()) require_known_row(fault.error);
  if (fault.status && (*fault.status < 200 || *fault.status > 599))
    throw std::invalid_argument("status: from 200 to 599");
  if ((fault.status == 204 || fault.status == 304) && !fault.body.empty())
    throw std::invalid_argument("body: an answer of status 204 or 304 has no body");
  std::ranges::for_each(fault.headers, require_sendable);
  if (!fault.status && !(fault.headers.empty() && fault.body.empty()))
    throw std::invalid_argument("headers and body belong to a status");
}

void FaultList::add(Fault fault, const Limits& limits) {
  if (faults_.size() >= limits.faults) throw api_error::over_limit(limits, &Limits::faults);
  faults_.push_back({.fault = std::move(fault)});
}

const Fault* FaultList::next(const Route& route) {
  FaultReport* due = nullptr;
  for (FaultReport& report : faults_) {
    if (report.fault.on != "*" && !is_on(report.fault.on, route)) continue;
    if (is_turn(report.fault, ++report.asked) && due == nullptr) due = &report;
  }
  if (due == nullptr) return nullptr;
  ++due->fired;
  return &due->fault;
}

FaultAnswer answer_of(const Fault& fault, const std::string& request_id) {
  if (fault.cut != Fault::Cut::none) return {{.stream = std::make_shared<CutAnswer>()}, "fault"};
  if (!fault.error.empty()) {
    const ErrorSample& sample = *sample_of(fault.error);
    return {error_answer(sample.sample, request_id), sample.sample.row};
  }
  Response response{.status = *fault.status, .headers = fault.headers, .body = fault.body};
  if (!has_header(response.headers, "x-request-id"))
    response.headers.emplace_back("x-request-id", request_id);
  if (!has_header(response.headers, "Content-Type"))
    response.headers.emplace_back("Content-Type", "application/json");
  return {std::move(response), "fault"};
}

}  // namespace assistants_mock::mock_server::api
