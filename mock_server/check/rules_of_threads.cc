// Requests that the API refuses, and threads that a run has locked.
#include <algorithm>
#include <array>

#include "mock_server/check/rules.h"

namespace assistants_mock::mock_server::check {
namespace {

// Refusals that other rules speak of, and those that pass: too many requests, errors of the server,
// limits of the mock.
constexpr std::array<std::string_view, 7> not_of_the_request = {
    "lock.", "submit.", "cancel.", "rl.", "srv.", "ours.", "fault"};

bool is_of_the_request(const std::string& row) {
  return !row.empty() && std::ranges::none_of(not_of_the_request, [&](std::string_view start) {
    return row.starts_with(start);
  });
}

// The same was asked before and may have been done, unknown to the client: gone by now.
bool repeats_lost(const Evidence& evidence, std::size_t place) {
  const RecordedRequest& request = *evidence.exchanges()[place].request;
  for (std::size_t before = 0; before < place; ++before) {
    const Exchange& earlier = evidence.exchanges()[before];
    if (earlier.request->method == request.method && earlier.request->path == request.path &&
        earlier.granted() && earlier.may_be_retried())
      return true;
  }
  return false;
}

// Who asks whether something is there may be told that it is not.
bool was_a_question(const Evidence& evidence, std::size_t place) {
  const RecordedRequest& request = *evidence.exchanges()[place].request;
  if (request.method != "GET" || !request.refusal.starts_with("nf.")) return false;
  const auto& exchanges = evidence.exchanges();
  return std::none_of(exchanges.begin(), exchanges.begin() + static_cast<std::ptrdiff_t>(place),
                      [&](const Exchange& earlier) {
                        return earlier.request->path == request.path &&
                               earlier.request->refusal == request.refusal;
                      });
}

std::string error_message(const Exchange& exchange) {
  const auto message = Json::json_pointer("/error/message");
  const bool is_there = exchange.answer && exchange.answer->contains(message) &&
                        exchange.answer->at(message).is_string();
  return is_there ? exchange.answer->at(message).get<std::string>() : exchange.request->refusal;
}

std::string told_status(const RunOfCase& run, std::size_t before) {
  const Shown* last = Evidence::last_shown(run, before);
  return last == nullptr ? "" : last->status;
}

// `operation` was refused as locked, by a run that the client knew to be active. A run that it was
// never told of is forgiven once.
Judgement locked(const Evidence& evidence, std::string_view operation,
                 std::string_view row_beginning) {
  Judgement judgement;
  std::size_t forgiven = 0;
  for (std::size_t place = 0; place < evidence.exchanges().size(); ++place) {
    const Exchange& exchange = evidence.exchanges()[place];
    if (exchange.operation != operation) continue;
    const RunOfCase* active = evidence.active_run(exchange.thread_id, place);
    if (active == nullptr) continue;
    judgement.tested = true;
    if (exchange.is_faulty() || !exchange.request->refusal.starts_with(row_beginning)) continue;
    const std::string status = told_status(*active, place);
    const bool knew = !status.empty() || evidence.exchanges()[active->creator].streams;
    if (!knew && forgiven++ == 0) continue;
    judgement.broken = named(exchange) + " was refused: " + active->name() + " is active" +
                       (status.empty() ? "" : ", and was last shown as " + status);
    return judgement;
  }
  return judgement;
}

}  // namespace

Judgement refused_request(const Evidence& evidence, std::size_t) {
  Judgement judgement{.tested = !evidence.exchanges().empty()};
  for (std::size_t place = 0; place < evidence.exchanges().size(); ++place) {
    const Exchange& exchange = evidence.exchanges()[place];
    if (exchange.is_faulty() || !is_of_the_request(exchange.request->refusal)) continue;
    if (repeats_lost(evidence, place) || was_a_question(evidence, place)) continue;
    judgement.broken = named(exchange) + " was refused with " + std::to_string(exchange.status()) +
                       ": " + error_message(exchange);
    return judgement;
  }
  return judgement;
}

Judgement locked_message(const Evidence& evidence, std::size_t) {
  return locked(evidence, "createMessage", "lock.message");
}

Judgement locked_run(const Evidence& evidence, std::size_t) {
  return locked(evidence, "createRun", "lock.run");
}

}  // namespace assistants_mock::mock_server::check
