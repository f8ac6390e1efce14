#pragma once
// The events in the bytes of a stream, for tests that look at what a client was sent.
#include <string>
#include <string_view>
#include <vector>

namespace assistants_mock::tests {

struct StreamEvent {
  std::string name;
  std::string data;  // JSON on one line, or [DONE]
};

// Reads nothing but "event: NAME\ndata: DATA\n\n", the one form the service used: anything else
// throws std::runtime_error that quotes it. An event that is still being sent is one of these.
std::vector<StreamEvent> stream_events(std::string_view bytes);

// `bytes` up to the end of its last complete event.
std::string_view complete_events(std::string_view bytes);

}  // namespace assistants_mock::tests
