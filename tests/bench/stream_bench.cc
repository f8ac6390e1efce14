// Streams of events over sockets, beside the front that sends the same bytes from memory: the ratio
// says what making the events costs.
#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

#include "assistants_mock/mock_server.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/http_baselines.h"
#include "tests/bench/measure.h"
#include "tests/bench/stream_load.h"
#include "tests/mock_server/http/raw_client.h"
#include "tests/mock_server/test_api.h"

namespace assistants_mock::bench {
namespace {

using mock_server::MockServer;
using mock_server::TimeMode;
using mock_server::api::EventStream;

// Bytes that are there already, in pieces as the front would keep them.
class PreparedStream final : public EventStream {
 public:
  explicit PreparedStream(const std::string& text) : text_(text) {}

  State read(std::string& bytes, std::chrono::milliseconds) override {
    constexpr std::size_t piece = std::size_t{64} * 1024;
    bytes.append(text_, place_, piece);
    place_ += piece;
    return place_ < text_.size() ? State::open : State::ended;
  }

 private:
  const std::string& text_;
  std::size_t place_ = 0;
};

std::unique_ptr<mock_server::http::HttpFront> prepared_front(const std::string& body) {
  return std::make_unique<mock_server::http::HttpFront>(
      mock_server::http::FrontOptions{}, [&](const mock_server::api::Request&) {
        return mock_server::api::Response{.headers = {{"Content-Type", "text/event-stream"}},
                                          .stream = std::make_shared<PreparedStream>(body)};
      });
}

std::string headers(const std::string& key) {
  return "Authorization: Bearer " + key + "\r\nOpenAI-Beta: assistants=v2\r\n";
}

// A run on a thread of its own, told as a stream, by the assistant that the scenario seeds.
constexpr const char* run_body =
    R"({"assistant_id":"asst_bench","stream":true,)"
    R"("thread":{"messages":[{"role":"user","content":"Tell me all."}]}})";

std::string stream_request(const std::string& key) {
  return post_request("/v1/threads/runs", run_body, headers(key));
}

std::string saying(std::size_t words) {
  std::string text = "Once";
  for (std::size_t word = 1; word < words; ++word) text += word % 7 == 0 ? " again" : " upon";
  return "assistants: [{id: asst_bench, model: gpt-4o}]\nruns: [{do: [{say: \"" + text + "\"}]}]\n";
}

double microseconds(std::chrono::nanoseconds time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

struct Figures {
  std::vector<double> rates = {};  // events per second
  std::vector<double> first_events = {};
  std::vector<double> slow_first_events = {};
  double bytes_per_event = 0;

  void add(const StreamResult& result) {
    rates.push_back(result.events_per_second);
    first_events.push_back(microseconds(result.first_event_median));
    slow_first_events.push_back(microseconds(result.first_event_slowest_percent));
    bytes_per_event = result.bytes_per_event;
  }
};

struct Case {
  const char* name;
  std::size_t connections;
  std::size_t keys;
  std::size_t words;
  std::size_t streams;
};

StreamLoad load_of(const Case& what) {
  StreamLoad load{.requests = {}, .streams = what.streams};
  for (std::size_t client = 0; client < what.connections; ++client)
    load.requests.push_back(stream_request("key-" + std::to_string(client % what.keys)));
  return load;
}

void report_case(const Case& what) {
  const auto scenario = scenarios::ScenarioBook::parse(saying(what.words));
  const StreamLoad load = load_of(what);
  const auto fresh_server = [&] {
    return std::make_unique<MockServer>(
        mock_server::MockServerOptions{.scenarios = scenario, .time_mode = TimeMode::stepped});
  };
  const std::string body = tests::ask(fresh_server()->port(), load.requests[0]).body;
  const auto from_memory = prepared_front(body);
  Figures memory;
  Figures mock;
  for (int round = 0; round < rounds; ++round) {
    memory.add(run_stream_load(from_memory->port(), load));
    const auto server = fresh_server();  // empty again: what streams leave behind stays small
    mock.add(run_stream_load(server->port(), load));
  }
  std::vector<double> ratios;
  for (std::size_t round = 0; round < mock.rates.size(); ++round)
    ratios.push_back(mock.rates[round] / memory.rates[round]);
  std::printf("  %-34s %9.0f/s %9.0f/s   %.2f   %4.0f B %8.0f us %6.0f us %8.0f us\n", what.name,
              median(mock.rates), median(memory.rates), median(ratios), mock.bytes_per_event,
              median(mock.first_events), median(memory.first_events),
              median(mock.slow_first_events));
}

// One core's worth, with nobody else waiting: what playing and writing the events costs alone.
void report_without_sockets() {
  mock_server::api::Api api(
      {.pace = mock_server::api::Pace::stepped},
      scenarios::RuleMatcher(scenarios::ScenarioBook::parse(saying(3000)).shared()));
  const mock_server::api::Request request{"POST", "/v1/threads/runs",
                                          mock_server::TestApi::client_headers(), run_body};
  std::vector<double> playing;
  std::vector<double> writing;
  for (int round = 0; round < 10 * rounds; ++round) {
    mock_server::api::Api::Handled handled;
    playing.push_back(microseconds_of([&] { handled = api.handle(request); }));
    std::string bytes;
    writing.push_back(microseconds_of([&] {
      while (handled.stream->read(bytes, {}) == EventStream::State::open) bytes.clear();
    }));
  }
  std::printf("  no sockets: %.0f ns to play an event, %.0f ns to write it\n",
              median(playing) / 3.0, median(writing) / 3.0);
}

}  // namespace

void report_streams() {
  std::printf(
      "events of streams                      the mock from memory  ratio   each   first event  "
      "(memory)     99th\n");
  report_without_sockets();
  report_case({"16 connections, a key each", 16, 16, 3000, 200});
  report_case({"16 connections, one key", 16, 1, 3000, 200});
  report_case({"16 connections, short replies", 16, 16, 12, 8000});
  report_case({"1 connection, short replies", 1, 1, 12, 2000});
}

}  // namespace assistants_mock::bench
