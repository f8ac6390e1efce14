#include "tests/bench/stream_load.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include "tests/bench/client_socket.h"

namespace assistants_mock::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int patience_ms = 20'000;

class StreamClient {
 public:
  StreamClient(int port, const std::string& request)
      : socket_(connect_to(port)), request_(request) {}

  int number() const { return socket_.number(); }
  std::size_t events() const { return events_; }
  std::size_t bytes() const { return bytes_; }
  std::chrono::nanoseconds first_event() const { return first_event_; }

  void ask() {
    head_read_ = false;
    first_read_ = false;
    asked_ = Clock::now();
    if (::send(number(), request_.data(), request_.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request_.size()))
      throw std::runtime_error("cannot send");
  }

  // True when the stream has ended.
  bool read(std::array<char, std::size_t{256} * 1024>& block) {
    // What was kept comes first, so that no mark is missed between two blocks.
    const std::size_t kept = kept_.copy(block.data(), kept_.size());
    const ssize_t count = ::recv(number(), block.data() + kept, block.size() - kept, 0);
    if (count <= 0) throw std::runtime_error("the server closed a connection");
    bytes_ += static_cast<std::size_t>(count);
    std::string_view unread(block.data(), kept + static_cast<std::size_t>(count));
    if (!head_read_ && !read_head(unread)) return kept_ = unread, false;
    read_events(unread);
    kept_ = unread;
    if (!unread.ends_with(last_chunk)) return false;
    kept_.clear();
    return true;
  }

 private:
  static constexpr std::string_view last_chunk = "\r\n0\r\n\r\n";

  bool read_head(std::string_view& unread) {
    const std::size_t end = unread.find("\r\n\r\n");
    if (end == std::string_view::npos) return false;
    const std::string_view head = unread.substr(0, end + 2);
    if (!head.starts_with("HTTP/1.1 200 ") ||
        head.find("Transfer-Encoding: chunked\r\n") == std::string_view::npos)
      throw std::runtime_error("unexpected answer: " + std::string(head));
    unread.remove_prefix(end + 4);
    return head_read_ = true;
  }

  // Leaves what may be the beginning of a mark.
  void read_events(std::string_view& unread) {
    for (std::size_t end; (end = unread.find("\n\n")) != std::string_view::npos;) {
      if (!first_read_) first_event_ = Clock::now() - asked_;
      first_read_ = true;
      ++events_;
      unread.remove_prefix(end + 2);
    }
    unread.remove_prefix(unread.size() - std::min(unread.size(), last_chunk.size()));
  }

  mock_server::http::FileDescriptor socket_;
  const std::string& request_;
  std::string kept_;
  bool head_read_ = false;
  bool first_read_ = false;
  std::size_t events_ = 0;
  std::size_t bytes_ = 0;
  Clock::time_point asked_;
  std::chrono::nanoseconds first_event_{};
};

class StreamRun {
 public:
  StreamRun(int port, const StreamLoad& load) : load_(load), poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    clients_.reserve(load.requests.size());
    for (const std::string& request : load.requests) watch(clients_.emplace_back(port, request));
  }

  StreamResult measure() {
    const Clock::time_point begin = Clock::now();
    for (StreamClient& client : clients_) ask(client);
    while (first_events_.size() < load_.streams) serve_ready();
    const std::chrono::duration<double> took = Clock::now() - begin;
    std::size_t events = 0;
    std::size_t bytes = 0;
    for (const StreamClient& client : clients_) {
      events += client.events();
      bytes += client.bytes();
    }
    std::ranges::sort(first_events_);
    return {.events_per_second = static_cast<double>(events) / took.count(),
            .bytes_per_event = static_cast<double>(bytes) / static_cast<double>(events),
            .first_event_median = first_events_[first_events_.size() / 2],
            .first_event_slowest_percent = first_events_[first_events_.size() * 99 / 100]};
  }

 private:
  void watch(StreamClient& client) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &client;
    ::epoll_ctl(poll_.number(), EPOLL_CTL_ADD, client.number(), &event);
  }

  void ask(StreamClient& client) {
    if (asked_ == load_.streams) return;
    ++asked_;
    client.ask();
  }

  void serve_ready() {
    std::array<epoll_event, 64> events;
    const int count = ::epoll_wait(poll_.number(), events.data(), events.size(), patience_ms);
    if (count <= 0) throw std::runtime_error("no answer");
    for (int at = 0; at < count; ++at) {
      auto& client = *static_cast<StreamClient*>(events[static_cast<std::size_t>(at)].data.ptr);
      if (!client.read(block_)) continue;
      first_events_.push_back(client.first_event());
      ask(client);
    }
  }

  const StreamLoad& load_;
  mock_server::http::FileDescriptor poll_;
  std::vector<StreamClient> clients_;
  std::array<char, std::size_t{256} * 1024> block_{};
  std::vector<std::chrono::nanoseconds> first_events_;  // of the streams that have ended
  std::size_t asked_ = 0;
};

}  // namespace

StreamResult run_stream_load(int port, const StreamLoad& load) {
  return StreamRun(port, load).measure();
}

}  // namespace assistants_mock::bench
