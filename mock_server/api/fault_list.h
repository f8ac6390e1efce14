#pragma once
// The faults that are on one world: those of its scenario and those that were laid while it ran.
// Counts the requests that each looks at.
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "assistants_mock/fault_report.h"
#include "assistants_mock/limits.h"
#include "mock_server/api/fault_history.h"
#include "mock_server/api/request.h"
#include "mock_server/api/routes.h"
#include "state_machine/run_lifecycle.h"

namespace assistants_mock::mock_server::api {

// Throws std::invalid_argument, which names what was meant, for a fault that can never fire or that
// does not say what happens.
void require_valid(const Fault& fault);

// The fault with its operation named by method and path, as reports name it.
Fault with_request_named(Fault fault);

class FaultList {
 public:
  // How many threads, runs, files … a fault with `per` counts apart. Beyond them the oldest begins
  // anew.
  static constexpr std::size_t counted_apart = 10'000;

  explicit FaultList(std::shared_ptr<FaultHistory> history) : history_(std::move(history)) {}

  // In place of those of the scenario that was played before. They must be valid.
  void play(const std::vector<Fault>& faults);
  // They must be valid. Throws ours.limit, and adds none, when they would be too many; those of the
  // scenario are bounded by its file.
  void add(const std::vector<Fault>& faults, const Limits& limits);
  void clear();
  std::vector<FaultReport> reports() const;
  // How many were added.
  std::size_t added() const;

  struct Asked {
    const RouteMatch& match;
    // Of the run that the path names, before the request changes it; nothing when there is none.
    std::optional<state_machine::RunStatus> status = {};
  };

  // Whether somebody wants to know Asked::status.
  bool looks_at_status() const { return looks_at_status_; }

  // What happens to this request: the first fault whose turn it is, which has fired then. Every
  // fault that looks at the request counts it. Once for each request.
  const Fault* next(const Asked& asked);
  // The same for what happens inside its event stream, once it is known to have one. It has fired
  // when `struck` is called, be the fault still there or not.
  struct InStream {
    const Fault* fault = nullptr;
    std::function<void()> struck = {};
  };
  InStream next_in_stream(const Asked& asked);

 private:
  class Counts {
   public:
    int next(const std::string& id);

   private:
    std::map<std::string, int, std::less<>> counts_;
    std::list<std::string> order_;
  };
  struct Entry {
    Fault fault;
    bool of_scenario = false;
    const Route* route = nullptr;  // null: every route
    // Shared with streams that it waits in.
    std::shared_ptr<FaultHistory::Counts> counts = std::make_shared<FaultHistory::Counts>();
    std::shared_ptr<FaultHistory::Counts> of_all_keys = {};
    Counts apart = {};
  };
  static FaultReport report_of(const Entry& entry);
  static bool looks_at(const Entry& entry, const Asked& asked);
  Entry* due(const Asked& asked, bool in_stream);
  void enter(const Fault& fault, bool of_scenario);
  void index();

  using Places = std::vector<std::size_t>;  // in faults_, in their order
  std::shared_ptr<FaultHistory> history_;
  std::vector<Entry> faults_;
  // Which faults a request has to be shown to: those of its route, where some are on it alone.
  std::unordered_map<const Route*, Places> on_route_;
  Places on_any_route_;
  bool looks_at_status_ = false;
};

}  // namespace assistants_mock::mock_server::api
