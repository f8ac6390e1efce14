// How soon a server starts and stops, and what connections hold that wait.
#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "assistants_mock/mock_server.h"
#include "mock_server/http/http_front.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/http_baselines.h"
#include "tests/bench/http_load.h"
#include "tests/bench/measure.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::bench {
namespace {

using mock_server::http::HttpFront;
using tests::RawClient;

// A stream that waits for the end of the server, as those of the API do.
class WaitingStream final : public mock_server::api::EventStream {
 public:
  struct End {
    std::mutex mutex;
    std::condition_variable changed;
    bool reached = false;
  };
  explicit WaitingStream(End& end) : end_(end) {}

  State read(std::string&, std::chrono::milliseconds patience) override {
    std::unique_lock lock(end_.mutex);
    return end_.changed.wait_for(lock, patience, [&] { return end_.reached; }) ? State::cut
                                                                               : State::open;
  }

 private:
  End& end_;
};

// Clients of which a half waits for a request's answer, a stream, and a half for nothing.
std::vector<std::unique_ptr<RawClient>> open_clients(int port, int count) {
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int at = 0; at < count; ++at) {
    clients.push_back(std::make_unique<RawClient>(port));
    if (at % 2 == 1) continue;
    clients.back()->send(get_request("/"));
    clients.back()->read_until("\r\n\r\n");
  }
  return clients;
}

void report_front_life(int clients) {
  std::vector<double> starts;
  std::vector<double> stops;
  for (int round = 0; round < 21; ++round) {
    WaitingStream::End end;
    std::unique_ptr<HttpFront> front;
    starts.push_back(microseconds_of([&] {
      front = std::make_unique<HttpFront>(
          mock_server::http::FrontOptions{}, [&](const mock_server::api::Request&) {
            return mock_server::api::Response{.stream = std::make_shared<WaitingStream>(end)};
          });
    }));
    const auto open = open_clients(front->port(), clients);
    stops.push_back(microseconds_of([&] {
      front->stop([&] {
        const std::lock_guard lock(end.mutex);
        end.reached = true;
        end.changed.notify_all();
      });
    }));
  }
  std::printf("%6d clients: start %7.0f us, stop %7.0f us (slowest of %zu: %.0f us)\n", clients,
              median(starts), median(stops), stops.size(), *std::ranges::max_element(stops));
}

void report_idle_memory(int count) {
  const auto front = constant_front({.body = "{}"});
  const std::size_t before = resident_bytes();
  std::vector<std::unique_ptr<RawClient>> clients;
  for (int at = 0; at < count; ++at) {
    clients.push_back(std::make_unique<RawClient>(front->port()));
    clients.back()->send(get_request("/"));
    clients.back()->read_answer();
  }
  const double each = static_cast<double>(resident_bytes() - before) / count / 1024;
  std::printf("%6d idle connections: %.1f KiB each\n", count, each);
}

// As a test uses it: constructed, asked once, destroyed.
void report_server_life() {
  std::vector<double> starts;
  std::vector<double> stops;
  for (int round = 0; round < 41; ++round) {
    std::optional<mock_server::MockServer> server;
    starts.push_back(microseconds_of([&] { server.emplace(); }));
    RawClient client(server->port());
    client.send(get_request("/v1/models", "Authorization: Bearer k\r\n"));
    client.read_answer();
    stops.push_back(microseconds_of([&] { server.reset(); }));
  }
  std::printf("MockServer, one request: start %.0f us, stop %.0f us (slowest %.0f us)\n",
              median(starts), median(stops), *std::ranges::max_element(stops));
}

}  // namespace

void report_life() {
  report_server_life();
  for (const int clients : {0, 20, 200, 1000}) report_front_life(clients);
  report_idle_memory(1000);
}

}  // namespace assistants_mock::bench
