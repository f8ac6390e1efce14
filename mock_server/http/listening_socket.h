#pragma once
// A port that takes connections. httplib's own listener is not used: it shares a port with a second
// server (SO_REUSEPORT), queues five connections, and ends for good when one is aborted before it
// was accepted.
#include <string>

#include "mock_server/http/file_descriptor.h"

namespace assistants_mock::mock_server::http {

class ListeningSocket {
 public:
  // Listens when it returns. `host` is a name or an address, IPv6 included; of several addresses
  // the first that this machine has is taken. Throws std::system_error: EADDRINUSE when another
  // socket has the port, EADDRNOTAVAIL when the host is unknown or not this machine's.
  ListeningSocket(const std::string& host, int port);

  int port() const;

  // Waits for a connection. Gives an empty descriptor when there is none to be had, for want of
  // descriptors or memory too, and always after close_down(); its caller decides whether to go on.
  FileDescriptor accept() const;

  // Ends accept() in whatever thread it waits. New connections are refused from here on.
  void close_down() const;

 private:
  FileDescriptor socket_;
};

}  // namespace assistants_mock::mock_server::http
