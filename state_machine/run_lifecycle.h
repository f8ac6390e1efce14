#pragma once
// The life of a run, as a table. What decides which status may follow which is in this file; a
// clock, an id, JSON or a lock never is. Callers report what happened (RunEvent); next() answers
// where the run is now. T1, T2…: rows of docs/wire/run-lifecycle.md.
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "state_machine/transition_table.h"

namespace assistants_mock::state_machine {

enum class RunStatus {  // spelled as on the wire (OpenAPI: RunObject.status)
  queued,               // T1: where every run begins
  in_progress,
  requires_action,
  cancelling,
  cancelled,
  failed,
  completed,
  incomplete,
  expired,
};
inline constexpr std::array<std::string_view, 9> run_status_names = {
    "queued", "in_progress", "requires_action", "cancelling", "cancelled",
    "failed", "completed",   "incomplete",      "expired"};

enum class RunEvent {  // facts, in the past tense; never a wish for a status
  picked_up,
  tools_called,
  tool_outputs_submitted,
  answered,
  cut_short,
  errored,
  cancel_requested,
  cancel_settled,
  deadline_passed,
};
inline constexpr std::array<std::string_view, 9> run_event_names = {
    "picked_up", "tools_called",     "tool_outputs_submitted", "answered",       "cut_short",
    "errored",   "cancel_requested", "cancel_settled",         "deadline_passed"};

using RunTransition = Transition<RunStatus, RunEvent>;

inline constexpr auto run_transitions = [] {
  using enum RunStatus;
  using enum RunEvent;
  return std::to_array<RunTransition>({
      {queued, picked_up, in_progress, "T2"},  // T5 when tool outputs brought it back to queued
      {queued, cancel_requested, cancelling, "T9"},
      {queued, deadline_passed, expired, "T14"},
      {in_progress, tools_called, requires_action, "T3"},
      {in_progress, answered, completed, "T6"},
      {in_progress, errored, failed, "T7"},
      {in_progress, cut_short, incomplete, "T8"},
      {in_progress, cancel_requested, cancelling, "T9"},
      {in_progress, deadline_passed, expired, "T14"},
      {requires_action, tool_outputs_submitted, queued, "T4"},  // never straight to in_progress
      {requires_action, cancel_requested, cancelling, "T10"},
      {requires_action, deadline_passed, expired, "T13"},
      {cancelling, cancel_settled, cancelled, "T11"},
      {cancelling, answered, completed, "T12"},  // the cancel came too late
      {cancelling, errored, failed, "T12"},
      {cancelling, cut_short, incomplete, "T12"},
      {cancelling, deadline_passed, expired, "T15"},
  });
}();

constexpr std::optional<RunStatus> next(RunStatus status, RunEvent event) {
  return next(run_transitions, status, event);
}
constexpr bool is_terminal(RunStatus status) {
  return is_terminal(run_transitions, status);
}
constexpr std::string_view name(RunStatus status) {
  return run_status_names[static_cast<std::size_t>(status)];
}
constexpr std::string_view name(RunEvent event) {
  return run_event_names[static_cast<std::size_t>(event)];
}

// What must hold of the table itself; a wrong row does not compile.
static_assert(has_one_outcome_each(run_transitions));
static_assert(reaches_every_status<run_status_names.size()>(run_transitions, RunStatus::queued));
static_assert(always_can_end<run_status_names.size()>(run_transitions));
static_assert(!next(RunStatus::requires_action, RunEvent::picked_up),
              "a run passes through queued on its way back to work (T4, T5)");

}  // namespace assistants_mock::state_machine
