#pragma once
// The life of a file batch, as a table. Rows B1 to B3 of docs/wire/vector-stores.md. The schema
// knows a `failed` too, which nobody has seen: a batch whose files all failed was completed.
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "state_machine/transition_table.h"

namespace assistants_mock::state_machine {

enum class FileBatchStatus {  // spelled as on the wire
  in_progress,                // B1: where every batch begins
  completed,
  cancelled,
};
inline constexpr std::array<std::string_view, 3> file_batch_status_names = {
    "in_progress", "completed", "cancelled"};

enum class FileBatchEvent { files_ended, cancel_requested };
inline constexpr std::array<std::string_view, 2> file_batch_event_names = {"files_ended",
                                                                           "cancel_requested"};

using FileBatchTransition = Transition<FileBatchStatus, FileBatchEvent>;

inline constexpr auto file_batch_transitions = [] {
  using enum FileBatchStatus;
  using enum FileBatchEvent;
  return std::to_array<FileBatchTransition>({
      {in_progress, files_ended, completed, "B2"},
      {in_progress, cancel_requested, cancelled, "B3"},
  });
}();

constexpr std::optional<FileBatchStatus> next(FileBatchStatus status, FileBatchEvent event) {
  return next(file_batch_transitions, status, event);
}
constexpr bool is_terminal(FileBatchStatus status) {
  return is_terminal(file_batch_transitions, status);
}
constexpr std::string_view name(FileBatchStatus status) {
  return file_batch_status_names[static_cast<std::size_t>(status)];
}
constexpr std::string_view name(FileBatchEvent event) {
  return file_batch_event_names[static_cast<std::size_t>(event)];
}

static_assert(has_one_outcome_each(file_batch_transitions));
static_assert(reaches_every_status<file_batch_status_names.size()>(file_batch_transitions,
                                                                   FileBatchStatus::in_progress));
static_assert(always_can_end<file_batch_status_names.size()>(file_batch_transitions));

}  // namespace assistants_mock::state_machine
