// Tool calls and their outputs, and cancelling.
#include "mock_server/check/rules.h"

namespace assistants_mock::mock_server::check {
namespace {

constexpr std::string_view submit = "submitToolOuputsToRun";  // OpenAPI: operationId, as spelled
constexpr std::string_view cancel = "cancelRun";

// Where the client was surely shown that the run waits for the outputs of its last round, the first
// and the last time.
struct ShownWaiting {
  std::size_t first = 0;
  std::size_t last = 0;
};
std::optional<ShownWaiting> shown_waiting(const RunOfCase& run) {
  std::optional<ShownWaiting> round;
  for (const Shown& shown : run.shown) {
    if (!shown.surely) continue;
    if (shown.status != "requires_action") {
      if (!is_final(shown.status)) round.reset();  // what was answered, or another round to come
      continue;
    }
    if (!round) round = ShownWaiting{.first = shown.exchange};
    round->last = shown.exchange;
  }
  return round;
}

// It looked once more before it would have answered, and the run had expired.
bool had_no_time(const RunOfCase& run, std::size_t last_shown) {
  const Shown* before = Evidence::last_shown(run, last_shown);
  return (before == nullptr || before->status != "requires_action") &&
         Evidence::shown_end(run, true).has_value();
}

bool acted_after(const Evidence& evidence, const RunOfCase& run, std::size_t shown) {
  for (std::size_t place = shown + 1; place < evidence.exchanges().size(); ++place) {
    const Exchange& exchange = evidence.exchanges()[place];
    if (exchange.run_id == run.id && (exchange.operation == submit || exchange.operation == cancel))
      return true;
  }
  return false;
}

// The very same was done before, and the client was not told so.
bool repeats_lost_act(const Evidence& evidence, std::size_t place) {
  const RecordedRequest& request = *evidence.exchanges()[place].request;
  for (std::size_t before = place; before-- > 0;) {
    const Exchange& earlier = evidence.exchanges()[before];
    if (earlier.request->path != request.path || earlier.request->body != request.body) continue;
    if (earlier.granted()) return earlier.is_lost();
    if (!earlier.is_faulty()) return false;  // by then it was told
  }
  return false;
}

// An act on a run that its status refused. The client is to blame when it was shown a status that
// `refuses` by the latest sure answer, or when it happens to it a second time; what it repeats
// since the answer was lost is forgiven whenever that is.
Judgement refused_by_status(const Evidence& evidence, std::string_view operation,
                            std::string_view row_beginning, bool (*refuses)(std::string_view)) {
  Judgement judgement;
  std::map<std::string, std::size_t> forgiven;
  for (std::size_t place = 0; place < evidence.exchanges().size(); ++place) {
    const Exchange& exchange = evidence.exchanges()[place];
    if (exchange.operation != operation) continue;
    judgement.tested = true;
    const RunOfCase* run = evidence.run(exchange.run_id);
    if (run == nullptr || exchange.is_faulty() ||
        !exchange.request->refusal.starts_with(row_beginning))
      continue;
    const Shown* last = Evidence::last_shown(*run, place);
    const bool knew = last != nullptr && refuses(last->status);
    if (!knew && (repeats_lost_act(evidence, place) || forgiven[run->id]++ == 0)) continue;
    judgement.broken = named(exchange) + " was refused: " + run->name() +
                       (knew ? " was last shown as " + last->status + ", by " +
                                   named(evidence.exchanges()[last->exchange])
                             : " had refused the same before");
    return judgement;
  }
  return judgement;
}

}  // namespace

Judgement unanswered_calls(const Evidence& evidence, std::size_t) {
  Judgement judgement;
  for (const RunOfCase& run : evidence.runs()) {
    const auto shown = shown_waiting(run);
    if (!shown) continue;
    judgement.tested = true;
    const bool is_left =
        (run.status == "requires_action" && !evidence.was_deleted(run.thread_id)) ||
        (run.status == "expired" && !had_no_time(run, shown->last));
    if (!is_left || acted_after(evidence, run, shown->first)) continue;
    if (run.rounds.empty() || run.rounds.back().functions.empty()) continue;
    const RoundOfCalls& round = run.rounds.back();
    judgement.broken = run.name() + " asked for the outputs of " + std::to_string(round.calls) +
                       (round.calls == 1 ? " call (" : " calls (") + round.functions.front() +
                       "), as " + named(evidence.exchanges()[shown->last]) +
                       " was told; none was sent, nor was the run cancelled";
    return judgement;
  }
  return judgement;
}

Judgement wrong_call_ids(const Evidence& evidence, std::size_t) {
  Judgement judgement;
  for (const Exchange& exchange : evidence.exchanges()) {
    if (exchange.operation != submit) continue;
    judgement.tested = true;
    if (!exchange.refused_as("submit.ids")) continue;
    const auto message = Json::json_pointer("/error/message");
    judgement.broken = named(exchange) + " was refused: " +
                       (exchange.answer ? exchange.answer->value(message, "") : std::string());
    return judgement;
  }
  return judgement;
}

Judgement late_outputs(const Evidence& evidence, std::size_t) {
  return refused_by_status(evidence, submit, "submit.status",
                           [](std::string_view shown) { return shown != "requires_action"; });
}

Judgement late_cancel(const Evidence& evidence, std::size_t) {
  return refused_by_status(evidence, cancel, "cancel.", [](std::string_view shown) {
    return is_final(shown) || shown == "cancelling";
  });
}

}  // namespace assistants_mock::mock_server::check
