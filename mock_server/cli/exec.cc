#include "mock_server/cli/exec.h"

#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <iostream>
#include <mutex>

#include "mock_server/cli/client_environment.h"
#include "mock_server/cli/serve.h"

namespace assistants_mock::cli {
namespace {

// What a client may need to be told; SIGCHLD tells of its end.
constexpr std::array awaited_signals = {SIGCHLD, SIGINT,  SIGTERM, SIGHUP,
                                        SIGQUIT, SIGUSR1, SIGUSR2};

sigset_t awaited_set() {
  sigset_t set{};
  sigemptyset(&set);
  for (const int signal : awaited_signals) sigaddset(&set, signal);
  return set;
}

// Of each list in the summary.
constexpr std::size_t most_lines = 20;

int wait_passing_signals(pid_t child) {
  const sigset_t awaited = awaited_set();
  for (;;) {
    siginfo_t info{};
    if (sigwaitinfo(&awaited, &info) < 0) continue;
    if (info.si_signo != SIGCHLD) {
      // What a terminal sends reaches the child by itself: it is in the same process group.
      if (info.si_code != SI_KERNEL) ::kill(child, info.si_signo);
      continue;
    }
    int status = 0;
    if (::waitpid(child, &status, WNOHANG) != child) continue;
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    if (WIFSIGNALED(status)) return 128 + WTERMSIG(status);
  }
}

// Runs that no rule answered, with what kept the nearest one from fitting; filled by many threads.
class UnmatchedRuns {
 public:
  void add(const mock_server::EndedRun& run) {
    const std::lock_guard lock(mutex_);
    if (!run.matched && lines_.size() < most_lines)
      lines_.push_back(run.run_id + ": " + run.reason);
  }
  std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

// Faults that waited for requests which never came, whatever key they were on.
std::vector<std::string> silent_faults(const mock_server::MockServer& server) {
  std::vector<std::string> lines;
  for (const mock_server::FaultReport& report : server.fault_history())
    if (report.fired == 0)
      lines.push_back("the fault on " + report.fault.on + " (" + what_happens(report.fault) +
                      ") did not fire: it waits for time " + as_written(report.fault.times) +
                      (report.fault.per.empty() ? "" : " of each " + report.fault.per) +
                      (report.fault.run_status.empty() ? "" : " while " + report.fault.run_status) +
                      " and looked at " + std::to_string(report.asked) + " requests");
  return lines;
}

void tell(const std::vector<std::string>& lines) {
  for (std::size_t line = 0; line < std::min(lines.size(), most_lines); ++line)
    std::cerr << "  " << lines[line] << '\n';
  if (lines.size() > most_lines) std::cerr << "  and " << lines.size() - most_lines << " more\n";
}

void summarize(const mock_server::MockServer& server, const UnmatchedRuns& unmatched) {
  const mock_server::ServerState state = server.state();
  std::vector<std::string> refused;
  for (const auto& request : server.requests({.refusal = "*"}))
    refused.push_back(std::to_string(request.status) + " " + request.method + " " + request.path +
                      "  (" + request.refusal + ")");
  const std::vector<std::string> silent = silent_faults(server);
  if (refused.empty() && state.unmatched_runs == 0 && silent.empty()) return;
  std::cerr << "assistants-mock: " << state.requests << " requests, " << refused.size()
            << " refused; " << state.unmatched_runs << " runs that no rule answered\n";
  tell(refused);
  tell(unmatched.lines());
  tell(silent);
}

}  // namespace

void block_signals() {
  const sigset_t awaited = awaited_set();
  pthread_sigmask(SIG_BLOCK, &awaited, nullptr);
}

int exec(ExecOptions options) {
  if (options.log_lines) log_to_standard_error(options.server);
  UnmatchedRuns unmatched;
  options.server.on_run_end = [&, logged =
                                      options.server.on_run_end](const mock_server::EndedRun& run) {
    unmatched.add(run);
    if (logged) logged(run);
  };
  const std::vector<std::string>& keys = options.server.keys;
  const std::string key = keys.empty() ? "sk-assistants-mock" : keys.front();
  const mock_server::MockServer server(options.server);
  const pid_t child = start(
      {.command = options.command, .environment = client_environment(server.base_url(), key)});
  if (child < 0) {
    std::cerr << "assistants-mock: " << options.command[0] << ": " << std::strerror(-child) << '\n';
    return child == -ENOENT ? 127 : 126;
  }
  const int status = wait_passing_signals(child);
  summarize(server, unmatched);
  return status;
}

}  // namespace assistants_mock::cli
