#pragma once
// The life of a vector store, as a table. Rows V1 to V4 of docs/wire/vector-stores.md. A store
// whose files all failed is completed: it has no status of its own for that.
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "state_machine/transition_table.h"

namespace assistants_mock::state_machine {

enum class VectorStoreStatus {  // spelled as on the wire
  completed,                    // V1: where every store begins; one with files moves on at once
  in_progress,
  expired,
};
inline constexpr std::array<std::string_view, 3> vector_store_status_names = {
    "completed", "in_progress", "expired"};

enum class VectorStoreEvent { file_attached, files_ended, lifetime_passed };
inline constexpr std::array<std::string_view, 3> vector_store_event_names = {
    "file_attached", "files_ended", "lifetime_passed"};

using VectorStoreTransition = Transition<VectorStoreStatus, VectorStoreEvent>;

inline constexpr auto vector_store_transitions = [] {
  using enum VectorStoreStatus;
  using enum VectorStoreEvent;
  return std::to_array<VectorStoreTransition>({
      {completed, file_attached, in_progress, "V2"},
      {in_progress, file_attached, in_progress, "V2"},
      {in_progress, files_ended, completed, "V3"},  // all ended, or the last of them was taken out
      {completed, lifetime_passed, expired, "V4"},
      {in_progress, lifetime_passed, expired, "V4"},
  });
}();

constexpr std::optional<VectorStoreStatus> next(VectorStoreStatus status, VectorStoreEvent event) {
  return next(vector_store_transitions, status, event);
}
constexpr bool is_terminal(VectorStoreStatus status) {
  return is_terminal(vector_store_transitions, status);
}
constexpr std::string_view name(VectorStoreStatus status) {
  return vector_store_status_names[static_cast<std::size_t>(status)];
}
constexpr std::string_view name(VectorStoreEvent event) {
  return vector_store_event_names[static_cast<std::size_t>(event)];
}

static_assert(has_one_outcome_each(vector_store_transitions));
static_assert(reaches_every_status<vector_store_status_names.size()>(vector_store_transitions,
                                                                     VectorStoreStatus::completed));
static_assert(always_can_end<vector_store_status_names.size()>(vector_store_transitions));

}  // namespace assistants_mock::state_machine
