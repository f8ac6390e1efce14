#include "mock_server/http/open_connections.h"

#include <sys/socket.h>

namespace assistants_mock::mock_server::http {

bool OpenConnections::add(int socket) {
  const std::lock_guard lock(mutex_);
  if (ending_ || sockets_.size() >= limit_) return false;
  sockets_.insert(socket);
  return true;
}

void OpenConnections::remove(int socket) {
  const std::lock_guard lock(mutex_);
  sockets_.erase(socket);
}

void OpenConnections::end_all() {
  const std::lock_guard lock(mutex_);
  ending_ = true;
  for (const int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
}

}  // namespace assistants_mock::mock_server::http
