#include "tests/transcripts/server_event.h"

#include <stdexcept>

namespace assistants_mock::tests {
namespace {

// What stands between `before` and the next line end, both of which are taken off `bytes`.
std::string take_line(std::string_view& bytes, std::string_view before) {
  const std::size_t end = bytes.find('\n');
  if (!bytes.starts_with(before) || end == std::string_view::npos)
    throw std::runtime_error("no event stream, at: " + std::string(bytes.substr(0, 200)));
  const std::string line(bytes.substr(before.size(), end - before.size()));
  bytes.remove_prefix(end + 1);
  return line;
}

}  // namespace

std::vector<ServerEvent> read_events(std::string_view bytes) {
  std::vector<ServerEvent> events;
  while (!bytes.empty()) {
    ServerEvent event;
    event.name = take_line(bytes, "event: ");
    event.data = take_line(bytes, "data: ");
    if (!take_line(bytes, "").empty())
      throw std::runtime_error("event " + event.name + " has more than one line of data");
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace assistants_mock::tests
