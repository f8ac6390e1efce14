#include "mock_server/http/listening_socket.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>
#include <memory>
#include <system_error>

namespace assistants_mock::mock_server::http {
namespace {

constexpr int backlog = 4096;

using Addresses = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

[[noreturn]] void fail(int error, const std::string& host, int port, const std::string& why = {}) {
  std::string what = "cannot listen on " + host + " port " + std::to_string(port);
  if (!why.empty()) what += " (" + why + ")";
  throw std::system_error(error, std::generic_category(), what);
}

Addresses addresses_of(const std::string& host, int port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int outcome = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found);
  if (outcome != 0) fail(EADDRNOTAVAIL, host, port, ::gai_strerror(outcome));
  return {found, &::freeaddrinfo};
}

// Empty, with errno set, when the address cannot be had. SO_REUSEADDR alone lets a port be taken
// again right after its server ended, and never by two at once.
FileDescriptor listen_on(const addrinfo& address) {
  FileDescriptor socket(::socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC, 0));
  if (!socket) return {};
  const int yes = 1;
  ::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(socket.number(), address.ai_addr, address.ai_addrlen) != 0) return {};
  if (::listen(socket.number(), backlog) != 0) return {};
  return socket;
}

}  // namespace

ListeningSocket::ListeningSocket(const std::string& host, int port) {
  if (port < 0 || port > 65'535) fail(EINVAL, host, port, "a port is 0 to 65535");
  const Addresses addresses = addresses_of(host, port);
  int error = EADDRNOTAVAIL;
  for (const addrinfo* address = addresses.get(); address != nullptr; address = address->ai_next) {
    socket_ = listen_on(*address);
    if (socket_) return;
    error = errno;
    // A taken port is a reason to stop: its next address would part "localhost" between two
    // servers.
    if (error == EADDRINUSE) break;
  }
  fail(error, host, port);
}

int ListeningSocket::port() const {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  ::getsockname(socket_.number(), reinterpret_cast<sockaddr*>(&address), &size);
  if (address.ss_family == AF_INET6)
    return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

FileDescriptor ListeningSocket::accept() const {
  return FileDescriptor(::accept4(socket_.number(), nullptr, nullptr, SOCK_CLOEXEC));
}

void ListeningSocket::close_down() const {
  ::shutdown(socket_.number(), SHUT_RDWR);
}

}  // namespace assistants_mock::mock_server::http
