#pragma once
// Which connections are open, so that all of them can be ended at once, and how many may be.
#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "mock_server/http/connection_socket.h"

namespace assistants_mock::mock_server::http {

class OpenConnections {
 public:
  explicit OpenConnections(std::size_t limit) : limit_(limit) {}

  // False when there are too many, or when all are being ended.
  bool add(const std::shared_ptr<ConnectionSocket>& socket);
  // Has to come before the socket is closed: its number may then be another's.
  void remove(int number);
  // Shuts every connection down, which wakes whoever waits for one. Nothing can be added from here
  // on.
  void end_all();

 private:
  std::mutex mutex_;
  std::size_t limit_;
  std::unordered_map<int, std::weak_ptr<ConnectionSocket>> sockets_;  // by their numbers
  bool ending_ = false;
};

}  // namespace assistants_mock::mock_server::http
