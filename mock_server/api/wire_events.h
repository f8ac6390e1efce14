#pragma once
// The data of a stream's events, one after the other. Nearly all of them are deltas, and a delta
// differs from the one before it in its piece alone: what stands around the piece is made once.
#include <cstddef>
#include <string>

#include "assistants_mock/wire_profile.h"
#include "mock_server/api/wire_json.h"
#include "mock_server/engine/event_log.h"

namespace assistants_mock::mock_server::api {

class EventDataWriter {
 public:
  // For whom the events are; `with_content` is of the ends of steps. Which files there are is left
  // aside: a stream outlives the moment in which that is known.
  explicit EventDataWriter(const View& view)
      : view_{.profile = view.profile,
              .version = view.version,
              .in_stream = true,
              .with_content = view.with_content} {}

  // Appends the JSON of `event`, without line ends. Events that were shown must stay where they are
  // for as long as this is used.
  void append(std::string& out, const engine::LoggedEvent& event);

 private:
  // What stands around each further piece of one part of a message, or of one call's arguments or
  // code.
  struct Frame {
    const void* owner = nullptr;  // the snapshot of the message or step
    std::size_t index = 0;        // of the part or call
    std::string before = {};
    std::string after = {};
  };
  template <class Delta>
  void append_piece(std::string& out, const Delta& delta, const void* owner, std::size_t index,
                    std::string Delta::*piece);

  View view_;
  Frame frame_;
};

}  // namespace assistants_mock::mock_server::api
