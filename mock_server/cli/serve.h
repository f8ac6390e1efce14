#pragma once
// `assistants-mock serve`: the mock as a program, for local development.
#include <string>
#include <vector>

#include "assistants_mock/mock_server.h"

namespace assistants_mock::cli {

struct ServeOptions {
  mock_server::MockServerOptions server;
  std::vector<std::string> scenarios;  // names or files; a file is read again when it is saved
  bool log_lines = true;  // a line for each request and each run that ended, on standard error
};

// Serves until SIGINT or SIGTERM. Prints "ready URL" on standard output once it does: the form
// never changes. Returns the exit status. The signals must be blocked in every thread.
int serve(ServeOptions options);

// A line for each request and each run that ended, on standard error.
void log_to_standard_error(mock_server::MockServerOptions& options);

}  // namespace assistants_mock::cli
