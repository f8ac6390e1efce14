#include "mock_server/http/open_connections.h"

#include <utility>

namespace assistants_mock::mock_server::http {

bool OpenConnections::add(const std::shared_ptr<ConnectionSocket>& socket) {
  const std::lock_guard lock(mutex_);
  if (ending_ || sockets_.size() >= limit_) return false;
  sockets_.emplace(socket->number(), socket);
  return true;
}

void OpenConnections::remove(int number) {
  const std::lock_guard lock(mutex_);
  sockets_.erase(number);
}

// Not under the lock: each thread that wakes wants it next.
void OpenConnections::end_all() {
  decltype(sockets_) ended;
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
    ended = std::exchange(sockets_, {});
  }
  for (const auto& [number, connection] : ended)
    if (const auto socket = connection.lock()) socket->shut_down();
}

}  // namespace assistants_mock::mock_server::http
