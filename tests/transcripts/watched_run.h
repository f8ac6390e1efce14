#pragma once
// What happens in one run, from its event log: told line by line, and held against what a stream of
// it would have to be, whether or not a client reads one.
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "assistants_mock/wire_profile.h"
#include "mock_server/engine/event_log.h"
#include "tests/transcripts/stream_checker.h"
#include "tests/transcripts/wording.h"

namespace assistants_mock::tests {

struct TimedLine {
  state_machine::Instant at;
  std::string text;
};

class WatchedRun {
 public:
  using Log = std::shared_ptr<const mock_server::engine::EventLog>;

  WatchedRun(std::string id, Log log, mock_server::WireProfile profile)
      : id_(std::move(id)), log_(std::move(log)), profile_(profile) {}

  const std::string& id() const { return id_; }

  // What has happened since the last call.
  std::vector<TimedLine> news();

  // The demands that were broken so far.
  std::vector<std::string> broken() const;
  // The moves from one status to another so far. A pick-up after tool outputs (T5) is told apart as
  // "queued again" -> in_progress.
  using Moves = std::set<std::pair<std::string, std::string>>;
  const Moves& moves() const { return moves_; }

 private:
  void check(const StreamEvent& event);
  std::string line_for(const StreamEvent& event);
  std::string run_line(const std::string& status, const Json& run);
  std::string delta_line(const StreamEvent& event, const Json& data);

  std::string id_;
  Log log_;
  mock_server::WireProfile profile_;
  std::size_t told_ = 0;
  std::string status_;
  bool worked_ = false;
  std::string message_so_far_;
  std::string call_so_far_;
  std::unique_ptr<StreamChecker> checker_;
  std::vector<std::string> broken_;
  Moves moves_;
};

}  // namespace assistants_mock::tests
