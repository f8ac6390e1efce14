#pragma once
// The life of an assistant's message, as a table; a user's message is born completed. Rows M1 to
// M3 of docs/wire/run-lifecycle.md.
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "state_machine/transition_table.h"

namespace assistants_mock::state_machine {

enum class MessageStatus { in_progress, completed, incomplete };  // spelled as on the wire
inline constexpr std::array<std::string_view, 3> message_status_names = {"in_progress", "completed",
                                                                         "incomplete"};

enum class MessageEvent { finished, cut_short };
inline constexpr std::array<std::string_view, 2> message_event_names = {"finished", "cut_short"};

using MessageTransition = Transition<MessageStatus, MessageEvent>;

inline constexpr auto message_transitions = [] {
  using enum MessageStatus;
  using enum MessageEvent;
  return std::to_array<MessageTransition>({
      {in_progress, finished, completed, "M2"},
      {in_progress, cut_short, incomplete, "M3"},
  });
}();

// Why a message stayed incomplete (OpenAPI: MessageObject.incomplete_details.reason).
enum class MessageCut { content_filter, max_tokens, run_cancelled, run_expired, run_failed };
inline constexpr std::array<std::string_view, 5> message_cut_names = {
    "content_filter", "max_tokens", "run_cancelled", "run_expired", "run_failed"};

constexpr std::optional<MessageStatus> next(MessageStatus status, MessageEvent event) {
  return next(message_transitions, status, event);
}
constexpr bool is_terminal(MessageStatus status) {
  return is_terminal(message_transitions, status);
}
constexpr std::string_view name(MessageStatus status) {
  return message_status_names[static_cast<std::size_t>(status)];
}
constexpr std::string_view name(MessageEvent event) {
  return message_event_names[static_cast<std::size_t>(event)];
}
constexpr std::string_view name(MessageCut cut) {
  return message_cut_names[static_cast<std::size_t>(cut)];
}

static_assert(has_one_outcome_each(message_transitions));
static_assert(reaches_every_status<message_status_names.size()>(message_transitions,
                                                                MessageStatus::in_progress));
static_assert(always_can_end<message_status_names.size()>(message_transitions));

}  // namespace assistants_mock::state_machine
