#pragma once
// The life of a file in a vector store, as a table. Rows F1 to F4 of docs/wire/vector-stores.md.
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "state_machine/transition_table.h"

namespace assistants_mock::state_machine {

enum class StoreFileStatus {  // spelled as on the wire
  in_progress,                // F1: where every file begins when it is attached
  completed,
  failed,
  cancelled,
};
inline constexpr std::array<std::string_view, 4> store_file_status_names = {
    "in_progress", "completed", "failed", "cancelled"};

enum class StoreFileEvent { indexed, errored, batch_cancelled };
inline constexpr std::array<std::string_view, 3> store_file_event_names = {"indexed", "errored",
                                                                           "batch_cancelled"};

using StoreFileTransition = Transition<StoreFileStatus, StoreFileEvent>;

inline constexpr auto store_file_transitions = [] {
  using enum StoreFileStatus;
  using enum StoreFileEvent;
  return std::to_array<StoreFileTransition>({
      {in_progress, indexed, completed, "F2"},
      {in_progress, errored, failed, "F3"},
      {in_progress, batch_cancelled, cancelled, "F4"},
  });
}();

constexpr std::optional<StoreFileStatus> next(StoreFileStatus status, StoreFileEvent event) {
  return next(store_file_transitions, status, event);
}
constexpr bool is_terminal(StoreFileStatus status) {
  return is_terminal(store_file_transitions, status);
}
constexpr std::string_view name(StoreFileStatus status) {
  return store_file_status_names[static_cast<std::size_t>(status)];
}
constexpr std::string_view name(StoreFileEvent event) {
  return store_file_event_names[static_cast<std::size_t>(event)];
}

static_assert(has_one_outcome_each(store_file_transitions));
static_assert(reaches_every_status<store_file_status_names.size()>(store_file_transitions,
                                                                   StoreFileStatus::in_progress));
static_assert(always_can_end<store_file_status_names.size()>(store_file_transitions));

}  // namespace assistants_mock::state_machine
