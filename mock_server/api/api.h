#pragma once
// The API without HTTP: `handle` takes a request as a value and gives the answer as one. Checks
// come in the service's order: route, key, beta header, JSON, body, ids; then the handler looks for
// what exists and whether its state allows the act (docs/wire/errors.md, "Order of checks").
#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "mock_server/api/api_error.h"
#include "mock_server/api/fault_list.h"
#include "mock_server/api/rate_limiter.h"
#include "mock_server/api/request.h"
#include "mock_server/api/run_report.h"
#include "mock_server/api/run_stream.h"
#include "mock_server/api/seeds.h"
#include "mock_server/api/world.h"

namespace assistants_mock::mock_server::api {

// What a request does to time; `given` leaves that to advance_to().
enum class Pace { given, stepped, immediate };

struct ApiOptions {
  WorldOptions world = {};
  Pace pace = Pace::given;
  state_machine::Duration step = std::chrono::seconds{1};
  state_machine::Duration longest_step{};  // as in MockServerOptions
  state_machine::Instant epoch{};
  std::chrono::milliseconds poll_hint{1};  // 0: none
  FirstVersion first_version = FirstVersion::served;
  // The keys that are let in; null: any (auth.wrong).
  std::shared_ptr<const std::set<std::string, std::less<>>> keys = nullptr;
  // Of all worlds of a server; null: its own.
  std::shared_ptr<OpenStreams> streams = nullptr;
  std::shared_ptr<store::BlobDirectory> blobs = nullptr;
  std::shared_ptr<FaultHistory> fault_history = nullptr;
};

// The API as one tenant sees it. Not for several threads at once.
class Api {
 public:
  // The scenario must have passed require_valid_seeds().
  Api(ApiOptions options, scenarios::RuleMatcher rules);
  Api(ApiOptions options, std::shared_ptr<const scenarios::Scenario> scenario)
      : Api(std::move(options), scenarios::RuleMatcher(std::move(scenario))) {}

  struct Handled {
    Response response;
    std::shared_ptr<RunStream> stream;  // the same as in the response, if it has one
    std::string refusal;                // row of docs/wire/errors.md, empty when granted
    std::shared_ptr<const engine::RunOrigin> origin = nullptr;  // of a run that was created
    std::string fault = {};         // what a fault does to the answer (what_happens)
    std::string stream_fault = {};  // what one does inside the stream, once it has struck
    bool cut = false;               // it ends the connection without one
    bool granted = false;           // what was asked for was done, whatever became of the answer
  };
  // Answers, after catching up with its own pace. A stream in the answer is not read yet; under
  // `stepped` and `immediate` it is already whole.
  Handled handle(const Request& request);

  // Makes everything happen that is due by `now`; never goes back.
  void advance_to(state_machine::Instant now);
  state_machine::Instant now() const { return world_.now; }
  std::optional<state_machine::Instant> next_due() const { return world_.next_due(); }

  // What happened in a run so far; null for a run that is not there.
  std::shared_ptr<const engine::EventLog> events(std::string_view run_id) const {
    return world_.engine.log(run_id);
  }
  std::uint64_t unmatched_runs() const { return world_.engine.unmatched_runs(); }
  std::size_t objects() const { return world_.store.size(); }
  void on_run_end(engine::RunEngine::OnEnd told) { world_.engine.on_end(std::move(told)); }
  void on_run_move(engine::RunEngine::OnMove told) { world_.engine.on_move(std::move(told)); }

  // Plays this scenario for runs created from now on, and adds what it seeds that is not there yet.
  // The scenario must have passed require_valid_seeds(); `contents` is what keep_seeds() made of
  // it.
  void play(scenarios::RuleMatcher rules, const SeedContents& contents);
  // The same on its own. Throws store::DiskError, and changes nothing, when its files find no room.
  void play(scenarios::RuleMatcher rules);
  const scenarios::Scenario& scenario() const { return world_.engine.scenario(); }

  // Runs in the order of their creation, with what happened in them when `query` asks for one.
  std::vector<RunReport> runs(const RunQuery& query) const { return reports(world_, query); }

  std::size_t count_runs(const RunQuery& query) const { return api::count_runs(world_, query); }

  FaultList& faults() { return faults_; }
  const FaultList& faults() const { return faults_; }

 private:
  Form read_form(const Request& request, const FormSchema& schema);
  // In the words of the second version, whichever the request speaks.
  Body checked_body(const Request& request, const Route& route, ApiVersion version) const;
  Call checked_call(const Request& request, RouteMatch match, ApiVersion version);
  // The fault that a request meets, with the refusal that it asks for.
  struct Struck {
    const Fault* fault = nullptr;
    std::optional<ApiError> refusal = {};
  };
  Handled granted(const Request& request, const std::string& request_id, Struck& struck);
  Handled spoilt(Handled handled, const Struck& struck, const std::string& request_id) const;
  Handled answered(Call& call, const std::string& request_id);
  std::optional<state_machine::RunStatus> status_of_run(const RouteMatch& match) const;
  void step(const Request& request);
  void finish_stream(RunStream& stream);

  ApiOptions options_;
  World world_;
  state_machine::Duration next_step_;
  FaultList faults_;
  RateLimiter rate_limiter_;
};

}  // namespace assistants_mock::mock_server::api
