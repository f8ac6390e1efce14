#include "mock_server/cli/serve.h"

#include <csignal>
#include <iostream>
#include <optional>
#include <sstream>

#include "mock_server/cli/file_watch.h"

namespace assistants_mock::cli {
namespace {

// One write for a line, so that lines of several threads never mix.
void say(const std::string& line) {
  std::cerr << line + "\n" << std::flush;
}

bool is_file(const std::string& scenario) {
  return scenario.find('/') != std::string::npos || scenario.ends_with(".yaml") ||
         scenario.ends_with(".yml");
}

void reload(mock_server::MockServer& server, const std::string& file) {
  try {
    server.set_scenarios(scenarios::ScenarioBook::load(file));
    say("reloaded " + file);
  } catch (const std::exception& error) {
    say(error.what());
    say("kept the scenario as it was before " + file + " was saved");
  }
}

}  // namespace

void log_to_standard_error(mock_server::MockServerOptions& options) {
  options.on_request = [](const mock_server::RecordedRequest& request) {
    std::ostringstream line;
    line << request.status << ' ' << request.method << ' ' << request.path;
    if (!request.refusal.empty()) line << "  (" << request.refusal << ')';
    say(line.str());
  };
  options.on_run_end = [](const mock_server::EndedRun& run) {
    say("    " + run.run_id + " " + run.status + (run.reason.empty() ? "" : ": " + run.reason));
  };
}

int serve(ServeOptions options) {
  if (options.log_lines) log_to_standard_error(options.server);
  mock_server::MockServer server(options.server);
  std::cout << "ready " << server.base_url() << '\n' << std::flush;

  std::optional<FileWatch> watch;
  if (is_file(options.scenario)) {
    watch.emplace(options.scenario, [&] { reload(server, options.scenario); });
    say("watching " + options.scenario);
  }

  sigset_t ends{};
  sigemptyset(&ends);
  sigaddset(&ends, SIGINT);
  sigaddset(&ends, SIGTERM);
  int signal = 0;
  sigwait(&ends, &signal);
  return 0;
}

}  // namespace assistants_mock::cli
