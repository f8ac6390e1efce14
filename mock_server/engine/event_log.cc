#include "mock_server/engine/event_log.h"

#include <algorithm>
#include <array>

namespace assistants_mock::mock_server::engine {

using state_machine::MessageStatus;
using state_machine::RunStatus;
using state_machine::StepStatus;

EventName event_for(RunStatus status) {
  using enum EventName;
  constexpr std::array events = {run_queued,     run_in_progress, run_requires_action,
                                 run_cancelling, run_cancelled,   run_failed,
                                 run_completed,  run_incomplete,  run_expired};
  static_assert(events.size() == state_machine::run_status_names.size());
  static_assert(std::ranges::equal(events, state_machine::run_status_names, {},
                                   [](EventName event) { return name(event).substr(11); }));
  return events[static_cast<std::size_t>(status)];
}

EventName event_for(StepStatus ended) {
  using enum EventName;
  constexpr std::array events = {step_in_progress, step_completed, step_failed, step_cancelled,
                                 step_expired};
  static_assert(std::ranges::equal(events, state_machine::step_status_names, {},
                                   [](EventName event) { return name(event).substr(16); }));
  return events[static_cast<std::size_t>(ended)];
}

EventName event_for(MessageStatus ended) {
  using enum EventName;
  constexpr std::array events = {message_in_progress, message_completed, message_incomplete};
  static_assert(std::ranges::equal(events, state_machine::message_status_names, {},
                                   [](EventName event) { return name(event).substr(15); }));
  return events[static_cast<std::size_t>(ended)];
}

bool ends_stream(EventName event) {
  using enum EventName;
  constexpr std::array ends = {run_requires_action, run_completed, run_incomplete, run_failed,
                               run_cancelled,       run_expired,   error};
  return std::ranges::find(ends, event) != ends.end();
}

}  // namespace assistants_mock::mock_server::engine
