#pragma once
// The client's side of many streams that stay open, to be run in a process of its own: that of the
// server then holds one end of each connection and nothing else that grows.
#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "mock_server/http/file_descriptor.h"

namespace assistants_mock::bench {

// Microseconds.
struct Latency {
  double median = 0;
  double slowest_percent = 0;
};
Latency latency_of(std::vector<double> microseconds);

// How long GETs take that are sent on one connection, each a millisecond after the last answer, for
// as long as `lasting`.
Latency get_latency(int port, const std::string& request, std::chrono::milliseconds lasting);

class OpenStreams {
 public:
  // Opens a stream with each of `requests`, some of them at a time, until each has told its first
  // event. Throws std::runtime_error when one does not within some seconds.
  OpenStreams(int port, const std::vector<std::string>& requests);

  Latency first_events() const { return latency_of(first_events_); }

  // Reads what comes, until `stopped` is set from another thread. Returns how many events came.
  std::size_t read_until(const std::atomic<bool>& stopped);

 private:
  struct Stream {
    mock_server::http::FileDescriptor socket;
    std::chrono::steady_clock::time_point asked;
    char last = 0;  // byte that was read
    bool told = false;
  };
  void open(int port, const std::string& request);
  std::size_t read_ready(int patience_ms);
  std::size_t read(Stream& stream);

  mock_server::http::FileDescriptor poll_;
  std::deque<Stream> streams_;
  std::vector<double> first_events_;
};

}  // namespace assistants_mock::bench
