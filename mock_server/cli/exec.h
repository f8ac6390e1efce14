#pragma once
// `assistants-mock exec -- COMMAND`: serves on a free port for as long as one command runs.
#include <string>
#include <vector>

#include "assistants_mock/mock_server.h"

namespace assistants_mock::cli {

struct ExecOptions {
  mock_server::MockServerOptions server;
  std::vector<std::string> command;  // at least one word
  bool log_lines = false;
};

// Runs the command with the mock's address and key in its environment (client_environment.h),
// passes signals on to it, and returns its exit status: 128 + N when signal N ended it, 127 or 126
// when it could not be started. Says on standard error what was refused or unmatched, if anything
// was. Signals that are to be passed on must be blocked in every thread (block_signals()).
int exec(ExecOptions options);

// Blocks, for this thread and those it will start, every signal that serve() and exec() wait for.
void block_signals();

}  // namespace assistants_mock::cli
