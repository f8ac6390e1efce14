#include "state_machine/describe.h"

namespace assistants_mock::state_machine {
namespace {

std::string_view outcome(std::span<const DescribedMove> moves, std::string_view from,
                         std::string_view on) {
  const auto move = std::ranges::find_if(
      moves, [&](const DescribedMove& each) { return each.from == from && each.on == on; });
  return move == moves.end() ? "." : move->to;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string cell(text);
  cell.resize(std::max(width, cell.size()), ' ');
  return cell;
}

void append_line(std::string& text, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  text += line + '\n';
}

}  // namespace

std::string grid(std::span<const DescribedMove> moves, std::span<const std::string_view> statuses,
                 std::span<const std::string_view> events) {
  std::size_t first_width = 0;
  for (const std::string_view status : statuses) first_width = std::max(first_width, status.size());
  std::string text;
  std::string heading = padded("", first_width);
  for (const std::string_view event : events) {
    std::size_t width = event.size();
    for (const std::string_view status : statuses)
      width = std::max(width, outcome(moves, status, event).size());
    heading += "  " + padded(event, width);
  }
  append_line(text, heading);
  for (const std::string_view from : statuses) {
    std::string line = padded(from, first_width);
    for (const std::string_view event : events) {
      std::size_t width = event.size();
      for (const std::string_view status : statuses)
        width = std::max(width, outcome(moves, status, event).size());
      line += "  " + padded(outcome(moves, from, event), width);
    }
    append_line(text, line);
  }
  return text;
}

std::string diagram(std::span<const DescribedMove> moves,
                    std::span<const std::string_view> statuses, std::string_view first) {
  std::string text = "stateDiagram-v2\n  [*] --> " + std::string(first) + "\n";
  for (const DescribedMove& move : moves)
    text += "  " + std::string(move.from) + " --> " + std::string(move.to) + ": " +
            std::string(move.on) + " (" + std::string(move.row) + ")\n";
  for (const std::string_view status : statuses)
    if (std::ranges::none_of(moves, [&](const DescribedMove& move) { return move.from == status; }))
      text += "  " + std::string(status) + " --> [*]\n";
  return text;
}

}  // namespace assistants_mock::state_machine
