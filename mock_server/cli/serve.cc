#include "mock_server/cli/serve.h"

#include <sys/resource.h>

#include <csignal>
#include <deque>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "mock_server/cli/file_watch.h"

namespace assistants_mock::cli {
namespace {

// One write for a line, so that lines of several threads never mix.
void say(const std::string& line) {
  std::cerr << line + "\n" << std::flush;
}

// The message in an error's envelope; anything else as it is.
std::string message_of(const std::string& answer) {
  const auto json = nlohmann::json::parse(answer, nullptr, false);
  const auto message = nlohmann::json::json_pointer("/error/message");
  return json.is_object() && json.contains(message) && json.at(message).is_string()
             ? json.at(message).get<std::string>()
             : answer;
}

// Reads the file again for whoever plays it: everybody, when it is the first scenario.
void reload(mock_server::MockServer& server, const std::string& file, bool first) {
  try {
    auto book = scenarios::ScenarioBook::load(file);
    if (first)
      server.set_scenarios(std::move(book));
    else
      server.name_scenario(std::move(book));
    say("reloaded " + file);
  } catch (const std::exception& error) {
    say(error.what());
    say("kept the scenario as it was before " + file + " was saved");
  }
}

// Each connection is one: as many as the system lets us have.
void raise_open_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);  // as it was, where it is not allowed
}

}  // namespace

void log_to_standard_error(mock_server::MockServerOptions& options) {
  options.on_request = [](const mock_server::RecordedRequest& request) {
    std::ostringstream line;
    line << request.status << ' ' << request.method << ' ' << request.path;
    if (!request.refusal.empty()) line << "  (" << request.refusal << ')';
    // What is no fault of the client's program: a limit, a fault that was laid, bytes that are no
    // request. Here the message says what to do.
    if (request.refusal.starts_with("http.") || request.refusal.starts_with("ours."))
      line << ' ' << message_of(request.answer);
    say(line.str());
  };
  options.on_run_end = [](const mock_server::EndedRun& run) {
    say("    " + run.run_id + " " + run.status + (run.reason.empty() ? "" : ": " + run.reason));
  };
}

int serve(ServeOptions options) {
  if (options.log_lines) log_to_standard_error(options.server);
  raise_open_files();
  mock_server::MockServer server(options.server);
  std::cout << "ready " << server.base_url() << '\n' << std::flush;

  std::deque<FileWatch> watches;
  for (const std::string& scenario : options.scenarios) {
    if (!scenarios::ScenarioBook::is_path(scenario)) continue;
    const bool first = &scenario == &options.scenarios.front();
    watches.emplace_back(scenario,
                         [&server, &scenario, first] { reload(server, scenario, first); });
    say("watching " + scenario);
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
