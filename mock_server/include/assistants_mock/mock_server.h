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
// Each API key is a world of its own, a tenant: objects, ids, time, journal and place in the
// scenario of two keys never meet. So is each name in a base URL, base_url("test-42"), and the same
// name by either way is the same world. A name with a slash chooses its scenario:
// "weather_tool/test-42". Where a method takes a tenant, none means all.
//
// docs/control.md has these methods as routes, for tests in other languages.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assistants_mock/ended_run.h"
#include "assistants_mock/fault_report.h"
#include "assistants_mock/limits.h"
#include "assistants_mock/recorded_request.h"
#include "assistants_mock/run_report.h"
#include "assistants_mock/scenario_book.h"
#include "assistants_mock/server_state.h"
#include "assistants_mock/time_mode.h"
#include "assistants_mock/wire_profile.h"

namespace assistants_mock::mock_server {

using scenarios::ScenarioBook;

struct MockServerOptions {
  ScenarioBook scenarios = {};
  TimeMode time_mode = TimeMode::manual;
  std::chrono::milliseconds step = std::chrono::seconds{1};  // TimeMode::stepped
  // Above `step`: in TimeMode::stepped each GET in a row moves time twice as far as the one before,
  // up to this, though never past what happens next by itself. A poller still sees every status,
  // and meets a deadline ten minutes away within some ten requests. 0: all move it by `step`.
  std::chrono::milliseconds longest_step = std::chrono::milliseconds{0};
  // Where scripted time begins; every key begins there. Wire timestamps are whole Unix seconds.
  std::chrono::sys_seconds epoch{std::chrono::seconds{1'700'000'000}};
  // Same seed, same requests, same advances: the same bytes come back.
  std::uint64_t seed = 1;
  std::string host = "127.0.0.1";
  int port = 0;  // 0 takes any free one
  WireProfile profile = WireProfile::schema;
  FirstVersion first_version = FirstVersion::served;
  // Outside real time, answers about runs carry `openai-poll-after-ms` with this, which makes the
  // official pollers ask again that soon. The real service never sent it. 0: nor does the mock.
  std::chrono::milliseconds poll_hint{1};

  // Scenarios that a name can choose, beside the one above and those that are shipped.
  std::vector<ScenarioBook> named_scenarios = {};
  // The API keys that are let in; others are refused as the service refused them. Empty: any key.
  std::vector<std::string> keys = {};
  Limits limits = {};
  // Where uploaded files are kept while the server runs, in a folder of its own that goes with it;
  // empty: where the system has temporary files.
  std::string files_dir = {};

  // Called after each answer (those that refuse what was no readable request, and refusals of the
  // mock's own routes, included) and after each run's end, on the thread that made it, from several
  // at once; must be quick and must not call the server. What it throws is dropped.
  std::function<void(const RecordedRequest&)> on_request = {};
  std::function<void(const EndedRun&)> on_run_end = {};
};

class MockServer {
 public:
  // Already serving when it returns. Throws std::system_error when the port is taken, and
  // std::invalid_argument when the scenario seeds objects that the API would refuse or when there
  // is no folder `files_dir`.
  explicit MockServer(MockServerOptions options = {});
  ~MockServer();  // as stop() does, and joins every thread
  MockServer(const MockServer&) = delete;
  MockServer& operator=(const MockServer&) = delete;

  // "http://127.0.0.1:49152/v1": what OPENAI_BASE_URL is set to. With a tenant, its own:
  // "http://127.0.0.1:49152/tenant/test-42/v1".
  std::string base_url(std::string_view tenant = {}) const;
  int port() const;

  // Ends every connection and takes no more. What happened can be asked as before.
  void stop();

  // ---- Time

  // Lets `by` pass. On return every run due by then has moved, and its events are ready on their
  // streams. Throws std::logic_error in real time, and std::invalid_argument when `by` is negative.
  void advance(std::chrono::milliseconds by, const std::string& tenant = {});
  // Up to what happens next by itself; false, and no time passes, when nothing will.
  bool advance_to_next(const std::string& tenant = {});
  std::vector<ClockReading> clocks(const std::string& tenant = {}) const;

  // ---- What happened

  // The requests answered so far that `query` fits, oldest first, refused ones included; the newest
  // Limits::journal_entries of each tenant.
  std::vector<RecordedRequest> requests(const RequestQuery& query = {},
                                        const std::string& tenant = {}) const;
  // In the order of their creation, tenant after tenant.
  std::vector<RunReport> runs(const RunQuery& query = {}, const std::string& tenant = {}) const;
  ServerState state() const;
  // Runs that no rule of the scenario answered, over all tenants.
  std::uint64_t unmatched_runs() const { return state().unmatched_runs; }

  // Waits until at least `count` fit, and no longer than `patience` of the machine's time: whether
  // they do. Time in the mock does not pass by it.
  bool wait_for_requests(const RequestQuery& query, std::size_t count = 1,
                         std::chrono::milliseconds patience = std::chrono::seconds{5},
                         const std::string& tenant = {});
  bool wait_for_runs(const RunQuery& query, std::size_t count = 1,
                     std::chrono::milliseconds patience = std::chrono::seconds{5},
                     const std::string& tenant = {});

  // ---- Steering

  // Plays this scenario for runs created from now on. Objects and time stay. Throws
  // std::runtime_error, and changes nothing, when its files find no room on the disk; else as the
  // constructor does, and then goes on with the scenario it had. For all tenants: those that chose
  // theirs by name keep it, unless it is one of this name.
  void set_scenarios(ScenarioBook scenarios, const std::string& tenant = {});
  ScenarioBook scenarios(const std::string& tenant = {}) const;
  // Makes it one that a name can choose; who chose one of this name plays it from now on. Throws as
  // the constructor does.
  void name_scenario(ScenarioBook scenario);

  // Throws std::invalid_argument for a fault that can never fire. Without a tenant: for all, those
  // to come included, until clear_faults() or reset() without one.
  void add_fault(const Fault& fault, const std::string& tenant = {});
  // Those that are there. Of a tenant that is not: those that it would begin with. Without one:
  // those of every tenant, then those that newcomers would begin with.
  std::vector<FaultReport> faults(const std::string& tenant = {}) const;
  // Every fault that was there since the server began, once, with its counts over all tenants,
  // whatever took it away; the first 2,000 different ones.
  std::vector<FaultReport> fault_history() const;
  // Takes those away that are there, of the scenario too. Without a tenant, those laid for
  // newcomers as well; newcomers still begin with those of their scenario.
  void clear_faults(const std::string& tenant = {});

  // To the scenario's start: its seeded objects and no others, ids from the beginning, no faults of
  // its own, an empty journal. Time begins anew, where advance() without a tenant has brought all
  // (real time goes on). Open streams end, as soon as their clients read. Without a tenant, every
  // tenant also goes back to the server's scenario. Requests that are being answered meanwhile may
  // still be recorded.
  void reset(const std::string& tenant = {});

 private:
  class Impl;  // keeps HTTP and its cost out of your build
  std::unique_ptr<Impl> impl_;
};

}  // namespace assistants_mock::mock_server
