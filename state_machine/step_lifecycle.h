#pragma once
// The life of a run step, as a table. Rows S1 to S5 of docs/wire/run-lifecycle.md.
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "state_machine/transition_table.h"

namespace assistants_mock::state_machine {

enum class StepStatus {  // spelled as on the wire; no queued and no incomplete among them
  in_progress,           // S1: where every step begins
  completed,
  failed,
  cancelled,
  expired,
};
inline constexpr std::array<std::string_view, 5> step_status_names = {
    "in_progress", "completed", "failed", "cancelled", "expired"};

enum class StepEvent { finished, run_failed, run_cancelled, run_expired };
inline constexpr std::array<std::string_view, 4> step_event_names = {
    "finished", "run_failed", "run_cancelled", "run_expired"};

using StepTransition = Transition<StepStatus, StepEvent>;

inline constexpr auto step_transitions = [] {
  using enum StepStatus;
  using enum StepEvent;
  return std::to_array<StepTransition>({
      {in_progress, finished, completed, "S2"},  // also when the run is cut short
      {in_progress, run_failed, failed, "S3"},
      {in_progress, run_cancelled, cancelled, "S4"},
      {in_progress, run_expired, expired, "S5"},
  });
}();

constexpr std::optional<StepStatus> next(StepStatus status, StepEvent event) {
  return next(step_transitions, status, event);
}
constexpr bool is_terminal(StepStatus status) {
  return is_terminal(step_transitions, status);
}
constexpr std::string_view name(StepStatus status) {
  return step_status_names[static_cast<std::size_t>(status)];
}
constexpr std::string_view name(StepEvent event) {
  return step_event_names[static_cast<std::size_t>(event)];
}

static_assert(has_one_outcome_each(step_transitions));
static_assert(reaches_every_status<step_status_names.size()>(step_transitions,
                                                             StepStatus::in_progress));
static_assert(always_can_end<step_status_names.size()>(step_transitions));

}  // namespace assistants_mock::state_machine
