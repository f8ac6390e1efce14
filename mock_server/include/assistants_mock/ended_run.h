#pragma once
// What became of a run, for whoever watches.
#include <string>

namespace assistants_mock::mock_server {

struct EndedRun {
  std::string run_id;
  std::string thread_id;
  std::string status;       // completed, failed, incomplete, cancelled or expired
  bool matched = true;      // whether a rule of the scenario had answered it
  std::string reason = {};  // of failed: "code: message"; of incomplete: its reason; else empty
};

}  // namespace assistants_mock::mock_server
