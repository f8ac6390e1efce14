#pragma once
// A load generator small enough to share two cores with the server that it measures: one thread,
// one epoll, each connection sending its next request as soon as the last one is answered.
#include <chrono>
#include <cstddef>
#include <string>

namespace assistants_mock::bench {

struct Load {
  int connections = 1;
  std::size_t requests = 1000;  // of all connections together
  std::string request;          // the bytes of one, keep-alive; an answer has a Content-Length
};

struct LoadResult {
  double requests_per_second = 0;
  std::chrono::nanoseconds median{};  // from a request's sending to its answer's last byte
  std::chrono::nanoseconds slowest_percent{};
};

// Sends `load` to a server on 127.0.0.1. Throws std::runtime_error when the server closes a
// connection, answers with anything but status 200, or says nothing for some seconds.
LoadResult run_load(int port, const Load& load);

std::string get_request(const std::string& target, const std::string& headers = {});
std::string post_request(const std::string& target, const std::string& body,
                         const std::string& headers = {});

}  // namespace assistants_mock::bench
