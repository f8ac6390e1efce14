#pragma once
// Faults and rate limits of every kind that the language can say.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/fault_order.h"
#include "scenarios/fault_words.h"
#include "scenarios/scenario.h"
#include "scenarios/stream_events.h"
#include "tests/scenarios/value_generators.h"

namespace assistants_mock::scenarios {

inline Times pick_times() {
  Times times;
  int last = 0;
  const int numbers = pick_number(0, 3);
  for (int number = 0; number < numbers; ++number)
    times.listed.push_back(last += pick_number(1, 10));
  if (times.listed.empty() || pick_truth()) times.from_then_on = last + pick_number(1, 5);
  // 1+ is every time, which a rule says by saying nothing.
  if (times == Times{.listed = {}, .from_then_on = 1}) times.from_then_on = 2;
  return times;
}

inline std::string pick_one(std::span<const std::string_view> words) {
  return std::string(
      words[static_cast<std::size_t>(pick_number(0, static_cast<int>(words.size()) - 1))]);
}
inline std::string pick_one(std::initializer_list<std::string_view> words) {
  return pick_one(std::span(words.begin(), words.size()));
}

// In streams of `operation`, or of any.
inline StreamFault pick_stream_fault(const Operation* operation) {
  using Outcome = StreamFault::Outcome;
  StreamFault stream;
  stream.outcome = static_cast<Outcome>(pick_number(0, 12));
  if (stream.outcome == Outcome::none) {
    stream.pieces = pick_number(1, 50);
    if (pick_rarely()) stream.pause = std::chrono::milliseconds{pick_number(1, 1'000)};
    return stream;
  }
  stream.nth = pick_number(1, 5);
  if (pick_truth()) {
    const StreamEvent& event = *find_stream_event(pick_one(stream_event_names));
    const bool comes = operation == nullptr || may_send(*operation, event);
    const bool suffers = stream.outcome == Outcome::swap               ? !event.last
                         : stream.outcome == Outcome::cut_in_character ? !event.ids_alone
                                                                       : true;
    if (comes && suffers) {
      stream.after = event.name;
      if (event.once) stream.nth = 1;
    }
  }
  while (stream.outcome == Outcome::rename && (stream.as.empty() || stream.as == stream.after))
    stream.as = pick_one(stream_event_names);
  if (pick_rarely()) stream.pieces = pick_number(1, 50);
  return stream;
}

inline void pick_replacement(Fault& fault) {
  switch (pick_number(0, 2)) {
    case 0:
      fault.error = pick_one(error_rows());
      break;
    case 1:
      fault.status = pick_number(200, 203);
      fault.body = pick_text();
      break;
    default:
      fault.connection = static_cast<Fault::Connection>(pick_number(1, 3));
  }
}

// One that mistakes_of() finds right.
inline Fault pick_fault() {
  Fault fault;
  const Operation& operation = operations()[static_cast<std::size_t>(pick_number(0, 50))];
  if (pick_truth()) fault.on = operation.request;
  if (pick_truth()) fault.times = pick_times();
  const bool names_run = fault.on != "*" && has_parameter(operation, "run_id");
  if (names_run && pick_truth()) fault.per = pick_one({"run_id", "thread_id"});
  if (names_run && pick_truth()) fault.run_status = pick_one({"queued", "requires_action"});
  if (pick_truth()) fault.delay = pick_duration();
  const bool streams = fault.on == "*" || (operation.stream && fault.run_status != "queued");
  if (streams && pick_truth()) {
    fault.stream = pick_stream_fault(fault.on == "*" ? nullptr : &operation);
    return fault;
  }
  pick_replacement(fault);
  if (fault.connection == Fault::Connection::kept && pick_truth())
    fault.headers = {{"retry-after", "2"}, {"x-odd", pick_one({"a: b", "\"", "1e3"})}};
  if (pick_rarely()) fault.keep_bytes = static_cast<std::size_t>(pick_number(0, 100));
  const bool is_cut = fault.connection != Fault::Connection::kept && fault.keep_bytes;
  fault.after_work = !is_cut && pick_truth();
  return fault;
}

// Each of them has a request that those before it leave to it.
inline std::vector<Fault> pick_faults() {
  std::vector<Fault> faults;
  FaultOrder order;
  for (int left = pick_number(0, 2); left > 0; --left) {
    Fault fault = pick_fault();
    if (order.leaves_nothing_to(fault)) continue;
    order.add(fault);
    faults.push_back(std::move(fault));
  }
  return faults;
}

inline RateLimit pick_rate_limit() {
  RateLimit limit;
  limit.requests_per_minute = pick_number(1, 1000);
  if (pick_truth()) limit.on = {"GET /threads/{thread_id}/runs/{run_id}"};
  if (limit.on.front() != "*" && pick_truth()) limit.per = "run_id";
  return limit;
}

}  // namespace assistants_mock::scenarios
