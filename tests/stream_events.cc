#include "tests/stream_events.h"

#include <stdexcept>

namespace assistants_mock::tests {
namespace {

constexpr std::string_view end_of_event = "\n\n";

// Takes `prefix` and the rest of its line off the front of `block`; returns that rest.
std::string_view take_line(std::string_view& block, std::string_view prefix) {
  if (!block.starts_with(prefix))
    throw std::runtime_error("expected '" + std::string(prefix) + "' at: " + std::string(block));
  const std::string_view line = block.substr(0, block.find('\n'));
  block.remove_prefix(line.size() == block.size() ? line.size() : line.size() + 1);
  return line.substr(prefix.size());
}

StreamEvent read_event(std::string_view block) {
  const std::string_view name = take_line(block, "event: ");
  const std::string_view data = take_line(block, "data: ");
  if (!block.empty()) throw std::runtime_error("a line too many: " + std::string(block));
  return {std::string(name), std::string(data)};
}

}  // namespace

std::vector<StreamEvent> stream_events(std::string_view bytes) {
  std::vector<StreamEvent> events;
  while (!bytes.empty()) {
    const std::size_t end = bytes.find(end_of_event);
    if (end == std::string_view::npos)
      throw std::runtime_error("an event without its end: " + std::string(bytes));
    events.push_back(read_event(bytes.substr(0, end)));
    bytes.remove_prefix(end + end_of_event.size());
  }
  return events;
}

std::string_view complete_events(std::string_view bytes) {
  const std::size_t end = bytes.rfind(end_of_event);
  return end == std::string_view::npos ? std::string_view{}
                                       : bytes.substr(0, end + end_of_event.size());
}

}  // namespace assistants_mock::tests
