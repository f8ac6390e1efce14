#include "tests/mock_server/http/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace assistants_mock::tests {
namespace {

using mock_server::http::FileDescriptor;

constexpr timeval patience{.tv_sec = 20, .tv_usec = 0};

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

FileDescriptor connect_to(int family, const sockaddr* address, socklen_t size) {
  FileDescriptor socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  ::setsockopt(socket.number(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (::connect(socket.number(), address, size) != 0) fail("connect");
  return socket;
}

FileDescriptor connect_to(const std::string& address, int port) {
  const auto network_port = htons(static_cast<in_port_t>(port));
  sockaddr_in v4{};
  if (::inet_pton(AF_INET, address.c_str(), &v4.sin_addr) == 1) {
    v4.sin_family = AF_INET;
    v4.sin_port = network_port;
    return connect_to(AF_INET, reinterpret_cast<const sockaddr*>(&v4), sizeof v4);
  }
  sockaddr_in6 v6{};
  if (::inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) != 1)
    throw std::invalid_argument("not an address: " + address);
  v6.sin6_family = AF_INET6;
  v6.sin6_port = network_port;
  return connect_to(AF_INET6, reinterpret_cast<const sockaddr*>(&v6), sizeof v6);
}

RawAnswer parse_head(std::string head) {
  RawAnswer answer;
  answer.head = std::move(head);
  if (!answer.head.starts_with("HTTP/1.1 ")) throw std::runtime_error("no answer: " + answer.head);
  answer.status = std::stoi(answer.head.substr(9));
  std::size_t at = answer.head.find("\r\n") + 2;
  while (answer.head.compare(at, 2, "\r\n") != 0) {
    const std::size_t end = answer.head.find("\r\n", at);
    const std::size_t colon = answer.head.find(": ", at);
    answer.headers.emplace_back(answer.head.substr(at, colon - at),
                                answer.head.substr(colon + 2, end - colon - 2));
    at = end + 2;
  }
  return answer;
}

}  // namespace

RawClient::RawClient(int port, const std::string& address) : socket_(connect_to(address, port)) {}

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(socket_.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) fail("send");
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void RawClient::close_sending() {
  ::shutdown(socket_.number(), SHUT_WR);
}

void RawClient::break_off() {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_.number(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

bool RawClient::receive() {
  std::array<char, std::size_t{64} * 1024> block;
  const ssize_t count = ::recv(socket_.number(), block.data(), block.size(), 0);
  if (count < 0) fail("nothing came after: " + received_);
  received_.append(block.data(), static_cast<std::size_t>(count));
  return count > 0;
}

std::string RawClient::take(std::size_t count) {
  std::string taken = received_.substr(0, count);
  received_.erase(0, count);
  return taken;
}

std::string RawClient::read_some() {
  if (received_.empty()) receive();
  return take(received_.size());
}

bool RawClient::has_answer(std::chrono::milliseconds patience) const {
  pollfd awaited{socket_.number(), POLLIN, 0};
  return ::poll(&awaited, 1, static_cast<int>(patience.count())) > 0;
}

std::string RawClient::read_until(std::string_view end) {
  std::size_t at = 0;
  while ((at = received_.find(end)) == std::string::npos)
    if (!receive()) throw std::runtime_error("closed after: " + received_);
  return take(at + end.size());
}

std::string RawClient::read_to_end() {
  while (receive()) {
  }
  return take(received_.size());
}

void RawClient::wait_for_end() {
  try {
    read_to_end();
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::connection_reset) throw;
  }
}

RawAnswer RawClient::read_answer(bool to_head) {
  RawAnswer answer = parse_head(read_until("\r\n\r\n"));
  const auto value = [&](std::string_view name) {
    return std::string(mock_server::api::header(answer.headers, name));
  };
  if (to_head || answer.status < 200 || answer.status == 204) return answer;
  if (value("Transfer-Encoding") == "chunked")
    read_chunks(answer);
  else if (!value("Content-Length").empty())
    read_length(answer, std::stoul(value("Content-Length")));
  else
    answer.body = read_to_end();
  return answer;
}

void RawClient::read_length(RawAnswer& answer, std::size_t length) {
  while (received_.size() < length && answer.complete) answer.complete = receive();
  answer.body += take(length);
}

void RawClient::read_chunks(RawAnswer& answer) {
  while (answer.complete) {
    while (received_.find("\r\n") == std::string::npos && answer.complete)
      answer.complete = receive();
    if (!answer.complete) return;
    const std::size_t length = std::stoul(read_until("\r\n"), nullptr, 16);
    read_length(answer, length);
    if (answer.complete) read_until("\r\n");
    if (length == 0) return;
    ++answer.chunks;
  }
}

RawAnswer ask(int port, std::string_view request) {
  RawClient client(port);
  client.send(request);
  return client.read_answer();
}

}  // namespace assistants_mock::tests
