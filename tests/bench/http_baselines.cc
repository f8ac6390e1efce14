#include "tests/bench/http_baselines.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <array>
#include <charconv>
#include <map>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace assistants_mock::bench {
namespace {

using mock_server::http::FileDescriptor;

FileDescriptor listen_anywhere(int& port) {
  FileDescriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket.number(), generic, size) != 0 || ::listen(socket.number(), 4096) != 0)
    throw std::runtime_error("cannot listen");
  ::getsockname(socket.number(), generic, &size);
  port = ntohs(address.sin_port);
  return socket;
}

std::size_t request_size(std::string_view bytes) {
  constexpr std::string_view length_name = "\r\nContent-Length: ";
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  const std::string_view head = bytes.substr(0, end + 2);
  std::size_t length = 0;
  if (const std::size_t at = head.find(length_name); at != std::string_view::npos)
    std::from_chars(head.data() + at + length_name.size(), head.data() + head.size(), length);
  return bytes.size() < end + 4 + length ? 0 : end + 4 + length;
}

class EpollLoop {
 public:
  EpollLoop(int listener, int wake, const std::string& answer)
      : listener_(listener), wake_(wake), answer_(answer), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    watch(listener);
    watch(wake);
  }

  void run() {
    while (true) {
      std::array<epoll_event, 256> events;
      const int count = ::epoll_wait(poll_.number(), events.data(), events.size(), -1);
      for (int at = 0; at < count; ++at) {
        const int ready = events[static_cast<std::size_t>(at)].data.fd;
        if (ready == wake_) return;
        ready == listener_ ? accept_all() : serve(ready);
      }
    }
  }

 private:
  struct Connection {
    FileDescriptor socket;
    std::string received;
  };

  void watch(int number) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = number;
    ::epoll_ctl(poll_.number(), EPOLL_CTL_ADD, number, &event);
  }

  void accept_all() {
    while (true) {
      FileDescriptor socket(::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (!socket) return;
      const int number = socket.number();
      const int yes = 1;
      ::setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
      watch(number);
      connections_.emplace(number, Connection{std::move(socket), {}});
    }
  }

  void serve(int number) {
    std::string& received = connections_.at(number).received;
    const ssize_t count = ::recv(number, block_.data(), block_.size(), 0);
    if (count <= 0) {
      connections_.erase(number);
      return;
    }
    received.append(block_.data(), static_cast<std::size_t>(count));
    std::string out;
    while (const std::size_t size = request_size(received)) {
      received.erase(0, size);
      out += answer_;
    }
    if (!out.empty()) ::send(number, out.data(), out.size(), MSG_NOSIGNAL);
  }

  int listener_;
  int wake_;
  const std::string& answer_;
  FileDescriptor poll_;
  std::map<int, Connection> connections_;
  std::array<char, std::size_t{64} * 1024> block_{};
};

}  // namespace

BareServer::BareServer(const std::string& answer_body)
    : answer_("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(answer_body.size()) +
              "\r\nContent-Type: application/json\r\n\r\n" + answer_body),
      listener_(listen_anywhere(port_)),
      wake_(::eventfd(0, EFD_CLOEXEC)),
      thread_([this] { serve(); }) {}

BareServer::~BareServer() {
  ::eventfd_write(wake_.number(), 1);
  thread_.join();
}

void BareServer::serve() {
  EpollLoop(listener_.number(), wake_.number(), answer_).run();
}

std::unique_ptr<mock_server::http::HttpFront> constant_front(mock_server::api::Response answer) {
  using namespace mock_server;
  return std::make_unique<http::HttpFront>(
      http::FrontOptions{}, [answer = std::move(answer)](const api::Request&) { return answer; });
}

}  // namespace assistants_mock::bench
