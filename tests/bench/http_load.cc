#include "tests/bench/http_load.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "mock_server/http/file_descriptor.h"
#include "tests/bench/client_socket.h"

namespace assistants_mock::bench {
namespace {

using mock_server::http::FileDescriptor;
using Clock = std::chrono::steady_clock;

constexpr int patience_ms = 10'000;

// The size of the answer at the front of `bytes`, or 0 while its head is incomplete.
std::size_t answer_size(std::string_view bytes) {
  constexpr std::string_view length_name = "\r\nContent-Length: ";
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  const std::string_view head = bytes.substr(0, end + 2);
  const std::size_t length_at = head.find(length_name);
  if (!head.starts_with("HTTP/1.1 200 ") || length_at == std::string_view::npos)
    throw std::runtime_error("unexpected answer: " + std::string(head));
  std::size_t length = 0;
  const char* const digits = head.data() + length_at + length_name.size();
  std::from_chars(digits, head.data() + head.size(), length);
  return end + 4 + length;
}

class Client {
 public:
  Client(int port, const std::string& request) : socket_(connect_to(port)), request_(request) {}

  int number() const { return socket_.number(); }

  void ask() {
    asked_ = Clock::now();
    if (::send(number(), request_.data(), request_.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request_.size()))
      throw std::runtime_error("cannot send");
  }

  // True when the answer is complete; `took` is then its time.
  bool read(std::chrono::nanoseconds& took) {
    std::array<char, std::size_t{64} * 1024> block;
    const ssize_t count = ::recv(number(), block.data(), block.size(), 0);
    if (count <= 0) throw std::runtime_error("the server closed a connection");
    received_.append(block.data(), static_cast<std::size_t>(count));
    const std::size_t size = answer_size(received_);
    if (size == 0 || received_.size() < size) return false;
    received_.erase(0, size);
    took = Clock::now() - asked_;
    return true;
  }

 private:
  FileDescriptor socket_;
  const std::string& request_;
  std::string received_;
  Clock::time_point asked_;
};

class Run {
 public:
  Run(int port, const Load& load) : load_(load), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    clients_.reserve(static_cast<std::size_t>(load.connections));
    times_.reserve(load.requests);
    for (int count = 0; count < load.connections; ++count)
      watch(clients_.emplace_back(port, load.request));
  }

  LoadResult measure() {
    const Clock::time_point begin = Clock::now();
    for (Client& client : clients_) ask(client);
    while (times_.size() < load_.requests) serve_ready();
    const std::chrono::duration<double> took = Clock::now() - begin;
    std::ranges::sort(times_);
    return {.requests_per_second = static_cast<double>(load_.requests) / took.count(),
            .median = times_[times_.size() / 2],
            .slowest_percent = times_[times_.size() * 99 / 100]};
  }

 private:
  void watch(Client& client) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &client;
    ::epoll_ctl(poll_.number(), EPOLL_CTL_ADD, client.number(), &event);
  }

  void ask(Client& client) {
    if (asked_ == load_.requests) return;
    ++asked_;
    client.ask();
  }

  void serve_ready() {
    std::array<epoll_event, 64> events;
    const int count = ::epoll_wait(poll_.number(), events.data(), events.size(), patience_ms);
    if (count <= 0) throw std::runtime_error("no answer");
    for (int at = 0; at < count; ++at) {
      Client& client = *static_cast<Client*>(events[static_cast<std::size_t>(at)].data.ptr);
      std::chrono::nanoseconds took{};
      if (!client.read(took)) continue;
      times_.push_back(took);
      ask(client);
    }
  }

  const Load& load_;
  FileDescriptor poll_;
  std::vector<Client> clients_;
  std::vector<std::chrono::nanoseconds> times_;
  std::size_t asked_ = 0;
};

}  // namespace

LoadResult run_load(int port, const Load& load) {
  return Run(port, load).measure();
}

std::string get_request(const std::string& target, const std::string& headers) {
  return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
}

std::string post_request(const std::string& target, const std::string& body,
                         const std::string& headers) {
  return "POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers +
         "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + body;
}

}  // namespace assistants_mock::bench
