// Ten thousand streams that stay open: what they hold, and whom they hold up.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <stdexcept>
#include <thread>
#include <utility>

#include "assistants_mock/mock_server.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/http_load.h"
#include "tests/bench/measure.h"
#include "tests/bench/open_streams.h"

namespace assistants_mock::bench {
namespace {

using mock_server::http::FileDescriptor;

constexpr std::chrono::seconds held_for{5};
constexpr std::chrono::seconds alone_for{1};

// One value at a time from one process to the other.
class Channel {
 public:
  Channel() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    out_ = FileDescriptor(ends[0]);
    in_ = FileDescriptor(ends[1]);
  }
  // Each process keeps the end that it uses, so that the other's death is noticed.
  void keep_writing() { out_ = FileDescriptor(); }
  void keep_reading() { in_ = FileDescriptor(); }

  template <class Value>
  void tell(const Value& value) {
    if (::write(in_.number(), &value, sizeof value) != sizeof value)
      throw std::runtime_error("the other process is gone");
  }
  template <class Value>
  Value hear() {
    Value value{};
    if (::read(out_.number(), &value, sizeof value) != sizeof value)
      throw std::runtime_error("the other process is gone");
    return value;
  }

 private:
  FileDescriptor out_;
  FileDescriptor in_;
};

struct Opened {
  Latency alone;  // GETs before there was a stream
  Latency first_events;
};
struct Held {
  Latency beside;
  double events_per_stream_and_second = 0;
};

std::string key_header(std::size_t key) {
  return "Authorization: Bearer key-" + std::to_string(key) + "\r\nOpenAI-Beta: assistants=v2\r\n";
}

std::vector<std::string> stream_requests(std::size_t streams, std::size_t keys) {
  std::vector<std::string> requests;
  for (std::size_t stream = 0; stream < streams; ++stream)
    requests.push_back(
        post_request("/v1/threads/runs",
                     R"({"assistant_id":"asst_bench","stream":true,)"
                     R"("thread":{"messages":[{"role":"user","content":"Count."}]}})",
                     key_header(stream % keys)));
  return requests;
}

Held hold(OpenStreams& streams, std::size_t count, int port, const std::string& get) {
  std::atomic<bool> stopped{false};
  std::size_t events = 0;
  std::thread reading([&] { events = streams.read_until(stopped); });
  const auto begun = std::chrono::steady_clock::now();
  Held held;
  held.beside = get_latency(port, get, held_for);
  stopped = true;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  reading.join();
  held.events_per_stream_and_second =
      static_cast<double>(events) / took.count() / static_cast<double>(count);
  return held;
}

// The client process: never returns.
[[noreturn]] void be_client(Channel& to_client, Channel& to_server, std::size_t count,
                            std::size_t keys) {
  int status = 0;
  try {
    to_client.keep_reading();
    to_server.keep_writing();
    const int port = to_client.hear<int>();
    const std::string get = get_request("/v1/assistants/asst_bench", key_header(0));
    Opened opened;
    opened.alone = get_latency(port, get, alone_for);
    OpenStreams streams(port, stream_requests(count, keys));
    opened.first_events = streams.first_events();
    to_server.tell(opened);
    to_server.tell(hold(streams, count, port, get));
    to_client.hear<int>();  // the server has looked at what is open
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench: client: %s\n", error.what());
    status = 1;
  }
  ::_exit(status);
}

// So many words, one a second.
scenarios::ScenarioBook counting_scenario() {
  constexpr int words = 120;
  std::string text = "0";
  for (int word = 1; word < words; ++word) text += " " + std::to_string(word);
  return scenarios::ScenarioBook::parse(
      "assistants: [{id: asst_bench, model: gpt-4o}]\nruns: [{do: [{say: \"" + text +
      "\", over: " + std::to_string(words) + "s}]}]\n");
}

void report_held(std::size_t count, std::size_t keys) {
  Channel to_client;
  Channel to_server;
  const pid_t client = ::fork();  // before the server has threads
  if (client < 0) throw std::runtime_error("cannot fork");
  if (client == 0) be_client(to_client, to_server, count, keys);
  to_client.keep_writing();
  to_server.keep_reading();

  mock_server::MockServer server(
      {.scenarios = counting_scenario(), .time_mode = mock_server::TimeMode::real});
  const std::size_t before = resident_bytes();
  to_client.tell(server.port());
  const auto opened = to_server.hear<Opened>();
  const auto held = to_server.hear<Held>();
  const double each = static_cast<double>(resident_bytes() - before) / static_cast<double>(count);
  to_client.tell(0);
  ::waitpid(client, nullptr, 0);
  std::printf(
      "  %5zu of %4zu %s %5.1f KiB   %.2f   %6.0f us %7.0f us   %5.0f us %6.0f us   %5.0f us %6.0f "
      "us   %.1f\n",
      count, keys, keys == 1 ? "key " : "keys", each / 1024, held.events_per_stream_and_second,
      opened.first_events.median, opened.first_events.slowest_percent, held.beside.median,
      held.beside.slowest_percent, opened.alone.median, opened.alone.slowest_percent,
      held.beside.median / opened.alone.median);
  std::fflush(stdout);  // the next one forks
}

// As many as the system's limit of descriptors allows, up to ten thousand.
std::size_t possible_streams() {
  constexpr rlim_t spare = 200;
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return std::min<std::size_t>(10'000, limit.rlim_cur - spare);
}

}  // namespace

void report_many_streams() {
  const std::size_t streams = possible_streams();
  std::printf(
      "open streams      memory each  events/s   first event    99th    GET beside   99th    alone "
      " "
      "   99th  ratio\n");
  report_held(1'000, 1);
  report_held(1'000, 100);
  report_held(streams, 1);
}

}  // namespace assistants_mock::bench
