#pragma once
// What became of runs, as a test may ask about it while they live and afterwards.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace assistants_mock::mock_server {

// Which runs are asked about. All that is given must hold.
struct RunQuery {
  std::string id = {};
  std::string thread_id = {};
  std::string status = {};                                      // as on the wire: requires_action
  bool events = false;                                          // tell what happened, too
  std::size_t limit = std::numeric_limits<std::size_t>::max();  // the oldest of each tenant
};

struct RunReport {
  using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

  struct Event {
    Instant at;
    std::string name;  // thread.run.created …
    std::string data;  // JSON on one line, as in a stream
  };

  std::string tenant = {};
  std::string id = {};
  std::string thread_id = {};
  std::string status = {};
  Instant created_at = {};

  // The rule of the scenario that answers it; empty when none does.
  std::string rule = {};
  // The rules that were asked before, each with what kept it from fitting.
  std::vector<std::string> why_not = {};

  // When it moves by itself next, and what happens then; nothing once it has ended.
  std::optional<Instant> due = {};
  std::string due_action = {};

  std::vector<Event> events = {};  // of its log, when the query asks for them
};

}  // namespace assistants_mock::mock_server
