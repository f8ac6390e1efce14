#pragma once
// Server-sent events as a client of the service sees them.
#include <string>
#include <string_view>
#include <vector>

namespace assistants_mock::tests {

struct ServerEvent {
  std::string name;
  std::string data;
};

// The events in `bytes`, which must be whole and in the one form that the service sent:
// "event: NAME\ndata: DATA\n\n". Throws std::runtime_error, quoting the bytes, otherwise.
std::vector<ServerEvent> read_events(std::string_view bytes);

}  // namespace assistants_mock::tests
