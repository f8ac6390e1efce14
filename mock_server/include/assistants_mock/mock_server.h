#pragma once
// An Assistants API server that lives inside your test. Start reading here. Every method may be
// called from any thread.
//
//   MockServer server({.scenarios = ScenarioBook::load("weather_tool")});
//   client.set_base_url(server.base_url());  // http://127.0.0.1:<port>/v1
//   ...                                      // create a thread, start a run
//   server.advance(2s);                      // scripted time passes; nobody sleeps
//
// In manual time, the default, nothing moves but by advance(): a client that polls until its run
// ends, or reads a stream, waits for the test to call it. TimeMode::stepped needs no such calls.
//
// Each API key is a world of its own: objects, ids and time of two keys never meet.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assistants_mock/ended_run.h"
#include "assistants_mock/recorded_request.h"
#include "assistants_mock/scenario_book.h"
#include "assistants_mock/wire_profile.h"

namespace assistants_mock::mock_server {

using scenarios::ScenarioBook;

// What moves time. Unless its script says otherwise a run is queued for one second and works for
// one second; one that nobody answers expires 600 s after its creation.
enum class TimeMode {
  manual,     // only advance(): tests
  stepped,    // every request moves its key's time by `step` before it is handled, and a stream
              // moves it to the stream's end: clients that poll, at full speed
  immediate,  // every wait is zero: a run stops only where it needs its client
  real,       // follows the machine's clock: local development
};

struct MockServerOptions {
  ScenarioBook scenarios = {};
  TimeMode time_mode = TimeMode::manual;
  std::chrono::milliseconds step = std::chrono::seconds{1};  // TimeMode::stepped
  // Where scripted time begins; every key begins there. Wire timestamps are whole Unix seconds.
  std::chrono::sys_seconds epoch{std::chrono::seconds{1'700'000'000}};
  // Same seed, same requests, same advances: the same bytes come back.
  std::uint64_t seed = 1;
  std::string host = "127.0.0.1";
  int port = 0;  // 0 takes any free one
  WireProfile profile = WireProfile::schema;
  // Outside real time, answers about runs carry `openai-poll-after-ms: 1`, which makes the official
  // pollers ask again at once. The real service never sent it.
  bool poll_hint = true;

  // Bounds. Beyond the first two the client gets a refusal that names the bound.
  std::size_t max_keys = 1'000;            // worlds at a time
  std::size_t max_objects = 1'000'000;     // kept per key
  std::size_t max_body_bytes = 16u << 20;  // of one request: 413
  std::size_t max_recorded = 10'000;       // requests kept for requests(); the oldest go first
  std::size_t max_recorded_bytes = 64u << 20;

  // Called after each answer and after each run's end, on the thread that made it, from several at
  // once; must be quick and must not call the server. What it throws is dropped.
  std::function<void(const RecordedRequest&)> on_request = {};
  std::function<void(const EndedRun&)> on_run_end = {};
};

class MockServer {
 public:
  // Already serving when it returns. Throws std::system_error when the port is taken, and
  // std::invalid_argument when a seeded assistant of the scenario is one that the API would refuse.
  explicit MockServer(MockServerOptions options = {});
  ~MockServer();  // ends open streams, then joins every thread
  MockServer(const MockServer&) = delete;
  MockServer& operator=(const MockServer&) = delete;

  // "http://127.0.0.1:49152/v1": what OPENAI_BASE_URL is set to.
  std::string base_url() const;
  int port() const;

  // Lets `by` pass for every key. On return every run due by then has moved, and its events are
  // ready on their streams. Throws std::logic_error unless time_mode is manual, and
  // std::invalid_argument when `by` is negative.
  void advance(std::chrono::milliseconds by);

  // Every request that the API answered so far, oldest first, refused ones included; the newest
  // `max_recorded`. What could not be read as HTTP is refused before and not among them.
  std::vector<RecordedRequest> requests() const;

  // Runs that no rule of the scenario answered, over all keys.
  std::uint64_t unmatched_runs() const;

  // Plays this scenario for runs created from now on. Objects and time stay. Throws as the
  // constructor does, and then goes on with the scenario it had.
  void set_scenarios(ScenarioBook scenarios);

  // As just constructed: no objects, ids and time from the start (real time goes on). Open streams
  // end. Requests that are being answered meanwhile may still be recorded.
  void reset();

 private:
  class Impl;  // keeps HTTP and its cost out of your build
  std::unique_ptr<Impl> impl_;
};

}  // namespace assistants_mock::mock_server
