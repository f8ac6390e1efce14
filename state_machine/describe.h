#pragma once
// A lifecycle's table as text that a person can review: every pair of status and event in a grid,
// and the moves as a Mermaid diagram. Tests and docs are made from these, so neither can drift.
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "state_machine/transition_table.h"

namespace assistants_mock::state_machine {

// One move as words.
struct DescribedMove {
  std::string_view from;
  std::string_view on;
  std::string_view to;
  std::string_view row;
};

template <class Status, class Event, std::size_t Rows>
std::vector<DescribedMove> described(const std::array<Transition<Status, Event>, Rows>& table) {
  std::vector<DescribedMove> moves;
  for (const auto& row : table)
    moves.push_back({name(row.from), name(row.on), name(row.to), row.row});
  return moves;
}

// A line per status, a column per event; the cell is the new status, or a dot for "cannot happen".
std::string grid(std::span<const DescribedMove> moves, std::span<const std::string_view> statuses,
                 std::span<const std::string_view> events);

// The text of a Mermaid state diagram, for a ```mermaid block. `first` is where it begins.
std::string diagram(std::span<const DescribedMove> moves,
                    std::span<const std::string_view> statuses, std::string_view first);

}  // namespace assistants_mock::state_machine
