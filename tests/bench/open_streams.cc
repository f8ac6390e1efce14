#include "tests/bench/open_streams.h"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>
#include <thread>

#include "tests/bench/client_socket.h"
#include "tests/bench/measure.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t opened_at_once = 16;
constexpr int patience_ms = 20'000;

}  // namespace

Latency latency_of(std::vector<double> microseconds) {
  std::ranges::sort(microseconds);
  return {microseconds[microseconds.size() / 2], microseconds[microseconds.size() * 99 / 100]};
}

Latency get_latency(int port, const std::string& request, std::chrono::milliseconds lasting) {
  tests::RawClient client(port);
  std::vector<double> latencies;
  const Clock::time_point end = Clock::now() + lasting;
  while (Clock::now() < end) {
    latencies.push_back(microseconds_of([&] {
      client.send(request);
      if (client.read_answer().status != 200) throw std::runtime_error("no answer to a GET");
    }));
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return latency_of(std::move(latencies));
}

OpenStreams::OpenStreams(int port, const std::vector<std::string>& requests)
    : poll_(::epoll_create1(EPOLL_CLOEXEC)) {
  for (const std::string& request : requests) {
    open(port, request);
    while (streams_.size() - first_events_.size() >= opened_at_once) read_ready(patience_ms);
  }
  while (first_events_.size() < streams_.size()) read_ready(patience_ms);
}

void OpenStreams::open(int port, const std::string& request) {
  Stream& stream = streams_.emplace_back(Stream{.socket = connect_to(port), .asked = Clock::now()});
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = &stream;
  ::epoll_ctl(poll_.number(), EPOLL_CTL_ADD, stream.socket.number(), &event);
  if (::send(stream.socket.number(), request.data(), request.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(request.size()))
    throw std::runtime_error("cannot send");
}

std::size_t OpenStreams::read_until(const std::atomic<bool>& stopped) {
  std::size_t events = 0;
  while (!stopped) events += read_ready(patience_ms);
  return events;
}

std::size_t OpenStreams::read_ready(int patience) {
  std::array<epoll_event, 256> ready;
  const int count = ::epoll_wait(poll_.number(), ready.data(), ready.size(), patience);
  if (count <= 0) throw std::runtime_error("no stream has anything to say");
  std::size_t events = 0;
  for (int at = 0; at < count; ++at)
    events += read(*static_cast<Stream*>(ready[static_cast<std::size_t>(at)].data.ptr));
  return events;
}

std::size_t OpenStreams::read(Stream& stream) {
  std::array<char, std::size_t{16} * 1024> block;
  const ssize_t count = ::recv(stream.socket.number(), block.data(), block.size(), 0);
  if (count <= 0) throw std::runtime_error("the server closed a stream");
  std::size_t events = 0;
  for (const char letter : std::string_view(block.data(), static_cast<std::size_t>(count))) {
    if (letter == '\n' && stream.last == '\n') ++events;
    stream.last = letter;
  }
  if (events > 0 && !stream.told) {
    stream.told = true;
    first_events_.push_back(
        std::chrono::duration<double, std::micro>(Clock::now() - stream.asked).count());
  }
  return events;
}

}  // namespace assistants_mock::bench
