#pragma once
// What every lifecycle of this folder has in common: it is a table of rows, and everything else is
// read off that table. A move that is not a row cannot happen.
#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace assistants_mock::state_machine {

// `from` plus `on` gives `to`. `row` names the line of docs/wire/run-lifecycle.md that explains it.
template <class Status, class Event>
struct Transition {
  Status from;
  Event on;
  Status to;
  std::string_view row;
};

// The status after `event`, or nothing when `event` cannot happen in `status`.
template <class Status, class Event, std::size_t Rows>
constexpr std::optional<Status> next(const std::array<Transition<Status, Event>, Rows>& table,
                                     Status status, Event event) {
  for (const auto& row : table)
    if (row.from == status && row.on == event) return row.to;
  return std::nullopt;
}

// At rest for good: no row leaves it. Derived, so it cannot disagree with the table.
template <class Status, class Event, std::size_t Rows>
constexpr bool is_terminal(const std::array<Transition<Status, Event>, Rows>& table,
                           Status status) {
  return std::ranges::none_of(table, [=](const auto& row) { return row.from == status; });
}

// No status and event have two outcomes.
template <class Status, class Event, std::size_t Rows>
constexpr bool has_one_outcome_each(const std::array<Transition<Status, Event>, Rows>& table) {
  return std::ranges::all_of(table, [&](const auto& one) {
    return std::ranges::count_if(table, [&](const auto& other) {
             return one.from == other.from && one.on == other.on;
           }) == 1;
  });
}

// Every one of the `StatusCount` statuses can come about, starting from `first`.
template <std::size_t StatusCount, class Status, class Event, std::size_t Rows>
constexpr bool reaches_every_status(const std::array<Transition<Status, Event>, Rows>& table,
                                    Status first) {
  std::array<bool, StatusCount> seen{};
  seen[static_cast<std::size_t>(first)] = true;
  for (std::size_t pass = 0; pass < StatusCount; ++pass)
    for (const auto& row : table)
      if (seen[static_cast<std::size_t>(row.from)]) seen[static_cast<std::size_t>(row.to)] = true;
  return std::ranges::all_of(seen, [](bool reached) { return reached; });
}

// From every status some path leads to rest, so nothing can be stuck by the table itself.
template <std::size_t StatusCount, class Status, class Event, std::size_t Rows>
constexpr bool always_can_end(const std::array<Transition<Status, Event>, Rows>& table) {
  std::array<bool, StatusCount> ends{};
  for (std::size_t status = 0; status < StatusCount; ++status)
    ends[status] = is_terminal(table, static_cast<Status>(status));
  for (std::size_t pass = 0; pass < StatusCount; ++pass)
    for (const auto& row : table)
      if (ends[static_cast<std::size_t>(row.to)]) ends[static_cast<std::size_t>(row.from)] = true;
  return std::ranges::all_of(ends, [](bool can_end) { return can_end; });
}

}  // namespace assistants_mock::state_machine
