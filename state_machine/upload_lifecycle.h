#pragma once
// The life of an upload, as a table. Rows U1 to U4 of docs/wire/run-lifecycle.md.
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "state_machine/transition_table.h"

namespace assistants_mock::state_machine {

enum class UploadStatus {  // spelled as on the wire
  pending,                 // U1: where every upload begins; alone takes parts
  completed,
  cancelled,
  expired,
};
inline constexpr std::array<std::string_view, 4> upload_status_names = {"pending", "completed",
                                                                        "cancelled", "expired"};

enum class UploadEvent { parts_joined, cancel_requested, deadline_passed };
inline constexpr std::array<std::string_view, 3> upload_event_names = {
    "parts_joined", "cancel_requested", "deadline_passed"};

using UploadTransition = Transition<UploadStatus, UploadEvent>;

inline constexpr auto upload_transitions = [] {
  using enum UploadStatus;
  using enum UploadEvent;
  return std::to_array<UploadTransition>({
      {pending, parts_joined, completed, "U2"},
      {pending, cancel_requested, cancelled, "U3"},
      {pending, deadline_passed, expired, "U4"},
  });
}();

constexpr std::optional<UploadStatus> next(UploadStatus status, UploadEvent event) {
  return next(upload_transitions, status, event);
}
constexpr bool is_terminal(UploadStatus status) {
  return is_terminal(upload_transitions, status);
}
constexpr std::string_view name(UploadStatus status) {
  return upload_status_names[static_cast<std::size_t>(status)];
}
constexpr std::string_view name(UploadEvent event) {
  return upload_event_names[static_cast<std::size_t>(event)];
}

static_assert(has_one_outcome_each(upload_transitions));
static_assert(reaches_every_status<upload_status_names.size()>(upload_transitions,
                                                               UploadStatus::pending));
static_assert(always_can_end<upload_status_names.size()>(upload_transitions));

}  // namespace assistants_mock::state_machine
