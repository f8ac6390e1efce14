#pragma once
// Clients that ask for a stream of events, read it to its end and ask for the next: one thread and
// one epoll for all, counting events without looking into them.
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace assistants_mock::bench {

struct StreamLoad {
  std::vector<std::string> requests;  // of each connection, sent again and again
  std::size_t streams = 1;            // of all connections together
};

struct StreamResult {
  double events_per_second = 0;
  double bytes_per_event = 0;
  // From a request's sending to the last byte of the first event.
  std::chrono::nanoseconds first_event_median{};
  std::chrono::nanoseconds first_event_slowest_percent{};
};

// Sends `load` to a server on 127.0.0.1. Throws std::runtime_error when an answer is no chunked
// stream with status 200, or the server closes a connection or says nothing for some seconds.
StreamResult run_stream_load(int port, const StreamLoad& load);

}  // namespace assistants_mock::bench
