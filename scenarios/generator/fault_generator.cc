#include "scenarios/generator/fault_generator.h"

#include <chrono>
#include <string>

#include "scenarios/fault_check.h"
#include "scenarios/fault_order.h"
#include "scenarios/fault_words.h"
#include "scenarios/generator/pick.h"

namespace assistants_mock::scenarios {
namespace {

using namespace std::chrono_literals;
using Connection = Fault::Connection;
using Outcome = StreamFault::Outcome;

// Asked by every client that has a conversation.
const std::vector<std::string>& usual_operations() {
  static const std::vector<std::string> operations = {
      "createAssistant", "createThread", "createMessage",        "createRun",
      "getRun",          "listMessages", "submitToolOuputsToRun"};
  return operations;
}

// One thing that goes wrong, all but its place.
using Mishap = void (*)(Fault&);

// The SDKs wait as long as a header says before they ask again; without one, for half a second and
// more, which is as right and takes as long in a check.
void told_to_wait(Fault& fault) {
  fault.headers = {{"retry-after-ms", std::to_string(pick_of(std::array{30, 60, 100}))}};
}
void told_mostly(Fault& fault) {
  if (!one_in(6)) return told_to_wait(fault);
  if (!one_in(3)) fault.headers = {{"retry-after", "1"}};
}

void limited(Fault& fault) {
  fault.error = "rl.rpm";
  told_mostly(fault);
}
void broken(Fault& fault) {
  fault.error = "srv.500";
  told_mostly(fault);
}
void overloaded(Fault& fault) {
  fault.error = "srv.503";
  told_mostly(fault);
}
void broken_after_work(Fault& fault) {
  fault.error = "srv.500";
  fault.after_work = true;
  told_to_wait(fault);
}
void limited_for_good(Fault& fault) {
  fault.error = "rl.rpm";
  fault.headers = {{"retry-after-ms", "2"}};
  fault.times = {.listed = {}, .from_then_on = pick_between(1, 2)};
}
// A key that is withdrawn: whoever asks again is refused again.
void refused_for_good(Fault& fault) {
  fault.error = "auth.wrong";
  fault.times = {.listed = {}, .from_then_on = pick_between(1, 2)};
}
void closed(Fault& fault) {
  fault.connection = Connection::closed;
}
void reset(Fault& fault) {
  fault.connection = Connection::reset;
}
void lost(Fault& fault) {
  fault.connection = Connection::closed;
  fault.after_work = true;
}
void late(Fault& fault) {
  fault.delay = 30ms;
}
void page_of_html(Fault& fault) {
  fault.status = pick_of(std::array{200, 200, 404, 502});
  fault.headers = {{"content-type", "text/html"}};
  fault.body = "<html><body>Sorry.</body></html>";
}
void empty_object(Fault& fault) {
  fault.status = 200;
  fault.headers = {{"content-type", "application/json"}};
  fault.body = "{}";
}
void broken_off(Fault& fault) {
  fault.keep_bytes = static_cast<std::size_t>(pick_of(std::array{0, 1, 40}));
}
void never_answered(Fault& fault) {
  fault.connection = Connection::hanging;
}

constexpr std::array<Weighted<Mishap>, 14> mishaps = {Weighted<Mishap>{{0, 6, 4}, limited},
                                                      {{0, 4, 3}, broken},
                                                      {{0, 2, 1}, overloaded},
                                                      {{0, 2, 2}, broken_after_work},
                                                      {{0, 2, 1}, limited_for_good},
                                                      {{0, 2, 1}, refused_for_good},
                                                      {{0, 2, 2}, closed},
                                                      {{0, 1, 1}, reset},
                                                      {{0, 4, 3}, lost},
                                                      {{0, 1, 1}, late},
                                                      {{0, 0, 2}, page_of_html},
                                                      {{0, 0, 2}, empty_object},
                                                      {{0, 0, 2}, broken_off},
                                                      {{0, 0, 1}, never_answered}};

constexpr std::array<Weighted<Outcome>, 13> stream_mishaps = {
    Weighted<Outcome>{{0, 4, 3}, Outcome::cut},
    {{0, 1, 1}, Outcome::reset},
    {{0, 2, 2}, Outcome::end},
    {{0, 2, 2}, Outcome::cut_inside},
    {{0, 1, 1}, Outcome::cut_in_character},
    {{0, 2, 2}, Outcome::error},
    {{0, 1, 1}, Outcome::bare_error},
    {{0, 2, 2}, Outcome::unknown_event},
    {{0, 1, 1}, Outcome::none},
    {{0, 0, 2}, Outcome::repeat},
    {{0, 0, 2}, Outcome::swap},
    {{0, 0, 1}, Outcome::rename},
    {{0, 0, 1}, Outcome::hang}};

constexpr std::array<std::string_view, 5> places = {"*", "thread.message.delta",
                                                    "thread.run.queued", "thread.run.in_progress",
                                                    "thread.message.created"};

constexpr std::array<std::string_view, 3> other_names = {
    "thread.run.completed", "thread.message.completed", "thread.run.step.in_progress"};

StreamFault pick_stream_fault(CaseProfile profile) {
  StreamFault stream{.outcome = pick_weighted(stream_mishaps, profile)};
  if (stream.outcome == Outcome::none) {
    stream.pieces = pick_of(std::array{1, 7, 50});
    return stream;
  }
  stream.after = stream.outcome == Outcome::cut_in_character ? "thread.message.delta"
                                                             : std::string(pick_of(places));
  if (stream.after == "*") stream.nth = pick_between(1, 12);
  if (stream.after == "thread.message.delta") stream.nth = pick_between(1, 3);
  if (stream.outcome == Outcome::rename) stream.as = pick_of(other_names);
  return stream;
}

Times pick_times() {
  const int first = pick_between(1, 3);
  if (one_in(3)) return {.listed = {first, first + 1}};
  return {.listed = {first}};
}

// As scenarios are read: by method and path.
std::string pick_operation(const std::vector<std::string>& ids) {
  const Operation* operation = find_operation(pick_of(ids));
  return operation == nullptr ? "*" : std::string(operation->request);
}

Fault pick_fault(CaseProfile profile, const ClientTraits& traits) {
  Fault fault;
  fault.times = pick_times();
  if (!traits.streamed.empty() && one_in(2)) {
    fault.on = pick_operation(traits.streamed);
    fault.stream = pick_stream_fault(profile);
    return fault;
  }
  fault.on = pick_operation(traits.operations.empty() ? usual_operations() : traits.operations);
  pick_weighted(mishaps, profile)(fault);
  return fault;
}

}  // namespace

std::vector<Fault> pick_faults(CaseProfile profile, const ClientTraits& traits) {
  static constexpr std::array<Weighted<int>, 3> counts = {
      Weighted<int>{{1, 2, 1}, 0}, {{0, 5, 3}, 1}, {{0, 2, 2}, 2}};
  std::vector<Fault> faults;
  FaultOrder order;
  for (int left = pick_weighted(counts, profile); left > 0; --left) {
    Fault fault = pick_fault(profile, traits);
    if (!mistakes_of(fault).empty() || order.leaves_nothing_to(fault)) continue;
    order.add(fault);
    faults.push_back(std::move(fault));
  }
  return faults;
}

}  // namespace assistants_mock::scenarios
