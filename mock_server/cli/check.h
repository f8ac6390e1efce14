#pragma once
// `assistants-mock check -- COMMAND`: whether a client is right.
#include <string>
#include <vector>

#include "assistants_mock/check_client.h"

namespace assistants_mock::cli {

struct CheckCommand {
  mock_server::CheckOptions options;
  std::string out = "check-report";  // folder of the report
  std::string request = {};          // the command keeps running, and is asked by this
  std::vector<std::string> words;    // of the command; at least one
  // What the line that plays a case again begins with: this program, and options that bear on the
  // case.
  std::string program = "assistants-mock";
  std::vector<std::string> replay_options = {};
};

// The exit status: 0 when no rule was broken, 1 when one was, 2 when the client could not be
// checked, 128 and the number of a signal that ended the check. The report is on standard output
// and in the folder.
int check(const CheckCommand& command);

// `check --list-rules`: every rule with its reason, source and remedy.
int list_rules();

}  // namespace assistants_mock::cli
