#pragma once
// How an answer gets to its client, where that is not whole and at once: what faults do to it on
// its way.
#include <chrono>
#include <cstddef>
#include <optional>

namespace assistants_mock::mock_server::api {

struct Delivery {
  enum class Ending {
    kept,     // in order
    closed,   // the connection ends
    reset,    // it is reset
    hanging,  // it stays open, and nothing more comes
  };
  std::chrono::milliseconds delay = {};        // real time that passes first
  std::optional<std::size_t> keep_bytes = {};  // the body ends after so many
  // The same after each piece of a stream, as it was read.
  std::chrono::milliseconds pause = {};
  // Before anything is sent of the answer, its head included; with keep_bytes after those.
  Ending ending = Ending::kept;

  bool operator==(const Delivery&) const = default;
};

}  // namespace assistants_mock::mock_server::api
