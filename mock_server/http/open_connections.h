#pragma once
// Which sockets are open, so that all of them can be ended at once, and how many may be.
#include <cstddef>
#include <mutex>
#include <unordered_set>

namespace assistants_mock::mock_server::http {

class OpenConnections {
 public:
  explicit OpenConnections(std::size_t limit) : limit_(limit) {}

  // False when there are too many, or when all are being ended.
  bool add(int socket);
  // Has to come before the socket is closed: its number may then be another's.
  void remove(int socket);
  // Shuts every socket down, which wakes whoever waits for one. Nothing can be added from here on.
  void end_all();

 private:
  std::mutex mutex_;
  std::size_t limit_;
  std::unordered_set<int> sockets_;
  bool ending_ = false;
};

}  // namespace assistants_mock::mock_server::http
