#pragma once
// A run's part that the lifecycle governs: its status, its dates, what it waits for and how it
// ended. apply() is the only code that sets any of them, so the fields always fit the status as in
// section "Fields per status" of docs/wire/run-lifecycle.md.
#include <optional>
#include <string>
#include <vector>

#include "state_machine/instant.h"
#include "state_machine/run_lifecycle.h"

namespace assistants_mock::state_machine {

// A run that has not ended this long after its creation expires; neither submitting outputs nor
// further rounds move that moment (T1, T13).
inline constexpr Duration run_lifetime = std::chrono::seconds{600};

// A function call that the run waits for. `arguments` is text and need not be valid JSON.
struct ToolCall {
  std::string id;
  std::string function;
  std::string arguments;
  bool operator==(const ToolCall&) const = default;
};

// `code` is usually server_error, rate_limit_exceeded or invalid_prompt; the service was seen to
// send others, so it is free text.
struct RunError {
  std::string code;
  std::string message;
  bool operator==(const RunError&) const = default;
};

struct Run {
  RunStatus status = RunStatus::queued;
  Instant created_at{};
  std::optional<Instant> expires_at;  // set until the run ends
  std::optional<Instant> started_at;  // overwritten at every pick-up (T5)
  std::optional<Instant> completed_at;
  std::optional<Instant> cancelled_at;
  std::optional<Instant> failed_at;
  std::vector<ToolCall> required_calls;  // not empty exactly in requires_action
  std::optional<RunError> last_error;    // set exactly in failed
  std::string incomplete_reason;         // not empty exactly in incomplete
  bool operator==(const Run&) const = default;
};

// T1. The moment of expiry is fixed here and never moves.
Run created(Instant now);

// Something that happened to a run, with what it brought along.
struct RunFact {
  RunEvent event;
  std::vector<ToolCall> calls = {};    // tools_called
  RunError error = {};                 // errored
  std::string incomplete_reason = {};  // cut_short
};

// Moves `run` by one row of the table and sets the fields that the row changes. Returns false, and
// leaves `run` as it was, when no row fits.
bool apply(Run& run, const RunFact& fact, Instant now);

// Whether outputs for these calls answer the run: every open call has to be answered once, in one
// request, and nothing else (row submit.ids of docs/wire/errors.md).
bool answers_all_calls(const Run& run, const std::vector<std::string>& call_ids);

}  // namespace assistants_mock::state_machine
