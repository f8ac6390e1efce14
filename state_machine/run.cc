#include "state_machine/run.h"

#include <algorithm>

namespace assistants_mock::state_machine {
namespace {

void enter(Run& run, const RunFact& fact, Instant now) {
  switch (run.status) {
    case RunStatus::queued:
    case RunStatus::cancelling:
      break;
    case RunStatus::in_progress:
      run.started_at = now;
      break;
    case RunStatus::requires_action:
      run.required_calls = fact.calls;
      break;
    case RunStatus::cancelled:
      run.cancelled_at = now;
      break;
    case RunStatus::failed:
      run.failed_at = now;
      run.last_error = fact.error;
      break;
    case RunStatus::incomplete:
      run.completed_at = now;  // T8: the service dates it as if it were complete
      run.incomplete_reason = fact.incomplete_reason;
      break;
    case RunStatus::completed:
    case RunStatus::expired:  // T13: the one capture there is has completed_at set
      run.completed_at = now;
      break;
  }
}

}  // namespace

Run created(Instant now) {
  Run run;
  run.created_at = now;
  run.expires_at = now + run_lifetime;
  return run;
}

bool apply(Run& run, const RunFact& fact, Instant now) {
  const auto to = next(run.status, fact.event);
  if (!to) return false;
  run.status = *to;
  run.required_calls.clear();
  enter(run, fact, now);
  if (is_terminal(run.status)) run.expires_at.reset();
  return true;
}

bool answers_all_calls(const Run& run, const std::vector<std::string>& call_ids) {
  return call_ids.size() == run.required_calls.size() &&
         std::ranges::all_of(run.required_calls, [&](const ToolCall& call) {
           return std::ranges::count(call_ids, call.id) == 1;
         });
}

}  // namespace assistants_mock::state_machine
