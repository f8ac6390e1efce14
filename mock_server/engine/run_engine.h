#pragma once
// Live runs: moves playback, lifecycle and store up to an instant. It never sleeps and never asks
// what time it is. Whoever acts on a run catches up first: advance_to(now), then the act.
//
// A scripted second: advance_to(t) takes the earliest due action of any run, at its own due time,
// turns it into a fact, applies it, updates the store, appends to the run's event log, and repeats
// until nothing is due by t.
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_server/engine/event_log.h"
#include "mock_server/engine/live_run.h"
#include "mock_server/engine/run_player.h"
#include "mock_server/engine/run_tools.h"
#include "mock_server/search/by_text.h"
#include "mock_server/store/id_source.h"
#include "mock_server/store/store.h"
#include "scenarios/rule_matching.h"

namespace assistants_mock::mock_server::engine {

// Whether scripted waits last (TimeMode::immediate: they do not).
enum class Waits { as_scripted, none };

struct ToolOutput {
  std::string call_id;
  std::string output;
};

class RunEngine {
 public:
  // `store`, `ids` and `tools` must outlive the engine. Without tools nothing is found.
  RunEngine(store::Store& store, store::IdSource& ids, scenarios::RuleMatcher rules, Waits waits,
            RunTools* tools = nullptr);

  // T1. The thread must be free. `made_with` is the thread when one call makes both: its event
  // comes first in the log.
  std::shared_ptr<const store::Run> create_run(
      store::ThreadRecord& thread, store::RunSettings settings, store::Metadata metadata,
      Instant now, std::shared_ptr<const store::Thread> made_with = nullptr);

  // T4. The run must be in requires_action and `outputs` answer all its calls.
  std::shared_ptr<const store::Run> submit_outputs(const store::Run& run,
                                                   const std::vector<ToolOutput>& outputs,
                                                   Instant now);

  // T9, T10. Null when the run cannot be cancelled (any more).
  std::shared_ptr<const store::Run> cancel(const store::Run& run, Instant now);

  // A message's metadata, whether or not a run is still writing the message.
  std::shared_ptr<const store::Message> set_metadata(store::ThreadRecord& thread,
                                                     const store::Message& message,
                                                     store::Metadata metadata);

  // The thread is about to be deleted: its live run is dropped, streams of it end with an error
  // event (inferred: no refusal is attested), and its runs' logs are forgotten.
  void abandon(store::ThreadRecord& thread, Instant now);

  // What happened in a run so far; null for a run that is not there.
  std::shared_ptr<const EventLog> log(std::string_view run_id) const;

  // Of all runs, in the order of their creation.
  std::vector<std::shared_ptr<const EventLog>> logs() const;

  // What a live run does next by itself, and when; nothing when it has ended.
  struct Due {
    Instant at;
    std::string_view what;
  };
  std::optional<Due> due(std::string_view run_id) const;

  const scenarios::Scenario& scenario() const { return rules_.scenario(); }

  // How long a message that a run wrote is missing from lists after it has ended.
  Duration messages_lag() const { return lasting(rules_.scenario().messages_lag); }

  // When something happens next, to any run or to this one.
  std::optional<Instant> next_due() const;
  std::optional<Instant> next_due(std::string_view run_id) const;

  // Makes everything happen that is due by `now`, in order of time, then of creation.
  void advance_to(Instant now);

  // For Waits::none: until every run has ended or needs its client. Returns the moment reached,
  // which is past `now` when a run with nothing left to do had to wait for its deadline.
  Instant settle(Instant now);

  // Plays this scenario for runs created from now on; rules count from the start.
  void play(scenarios::RuleMatcher rules);

  // After requests, which may have taken files away that runs wait for: nothing holds those now.
  void files_changed(Instant now);

  // Told of every run that ends, when it ends, and whether a rule of the scenario had answered it.
  using OnEnd = std::function<void(const store::Run&, bool matched)>;
  void on_end(OnEnd told) { on_end_ = std::move(told); }

  // Told of every run that moved, its log having grown or not.
  using OnMove = std::function<void(const EventLog&)>;
  void on_move(OnMove told) { on_move_ = std::move(told); }

  // How many runs no rule of the scenario answered.
  std::uint64_t unmatched_runs() const { return unmatched_runs_; }

 private:
  // Due time, then order of creation.
  using DueKey = std::pair<Instant, std::uint64_t>;
  using Agenda = std::map<DueKey, std::string>;
  struct Entry {
    LiveRun live;
    std::uint64_t number = 0;
    Agenda* on = nullptr;  // the agenda that `due` is in, if any
    DueKey due = {};
  };

  Entry& entry(std::string_view run_id) { return live_.find(run_id)->second; }
  scenarios::RunQuestion question_of(const store::Run& run,
                                     const store::ThreadRecord& thread) const;
  // Asks the rules, and gives the run the script of the one that fits.
  std::shared_ptr<const RunOrigin> choose_script(LiveRun& live);
  Duration lasting(Duration scripted) const;
  std::optional<Instant> next_move(const LiveRun& live) const;
  RunPlayer player(LiveRun& live, Instant at) { return {live, ids_, store_, tools_, at}; }
  void unschedule(Entry& entry);
  void schedule_or_retire(Entry& entry);
  void move_on(Entry& entry, Instant at);
  bool is_held(LiveRun& live, Instant at) const;
  void pick_up(LiveRun& live, Instant at);
  void begin_turn(LiveRun& live, Instant at);
  void play_acts(LiveRun& live, Instant at);

  store::Store& store_;
  store::IdSource& ids_;
  scenarios::RuleMatcher rules_;
  scenarios::RuleCounts rule_counts_;
  Waits waits_;
  RunTools* tools_;
  search::ByText<Entry> live_;
  search::ByText<std::shared_ptr<EventLog>> logs_;
  std::map<std::uint64_t, std::shared_ptr<const EventLog>> logs_by_number_;
  Agenda working_;              // runs that move by themselves
  Agenda waiting_;              // runs that need their client, by deadline
  std::set<std::string> held_;  // runs that waited for files when they were looked at last
  std::uint64_t next_number_ = 0;
  std::uint64_t unmatched_runs_ = 0;
  OnEnd on_end_;
  OnMove on_move_;
};

}  // namespace assistants_mock::mock_server::engine
