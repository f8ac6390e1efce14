// Checks of clients: cases per second with a small client in this process and, where Node and the
// SDK are at hand, with one started for each case; and what it takes to shrink.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "assistants_mock/check_client.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/measure.h"
#include "tests/check/polling_client.h"

namespace assistants_mock::bench {
namespace {

using mock_server::Case;
using mock_server::CheckOptions;
using mock_server::CheckReport;
using mock_server::ClientEnd;

mock_server::Client client_with(const tests::Habits& habits) {
  return [habits](const Case& asked) {
    const tests::Conversation conversation = tests::ask(asked.base_url, asked.api_key, habits);
    return ClientEnd{.success = conversation.success, .output = conversation.shown};
  };
}

void report_cases(std::size_t jobs, mock_server::CaseProfile profile) {
  constexpr std::size_t cases = 2'000;
  CheckReport report;
  const double seconds =
      microseconds_of([&] {
        report = check_client({.cases = cases, .jobs = jobs, .profile = profile}, client_with({}));
      }) /
      1e6;
  std::printf("  in process, %zu at a time, %-7s %7.0f cases/s%s\n", jobs,
              std::string(name(profile)).c_str(), static_cast<double>(report.cases) / seconds,
              report.passed() ? "" : "  (a rule was broken)");
}

void report_shrinking() {
  tests::Habits habits;
  habits.answers_all_calls = false;
  CheckReport report;
  const double seconds =
      microseconds_of([&] { report = check_client({.jobs = 4}, client_with(habits)); }) / 1e6;
  if (report.broken.empty()) return;
  std::printf(
      "  a client that answers one call of several: found in case %zu, %zu tries to shrink, "
      "%.2f s in all\n",
      report.broken[0].case_number, report.broken[0].shrink_tries, seconds);
}

// With the program, as people run it: a client of fixtures/clients/checked.
void report_node(const std::string& client, const std::string& what,
                 const std::string& flags = "") {
  const std::string root = ASSISTANTS_MOCK_SOURCE_DIR;
  const std::string modules = root + "/tests/compat/node_modules";
  if (!std::filesystem::exists(modules)) {
    std::printf("  with Node: not measured, npm ci was not run in tests/compat\n");
    return;
  }
  constexpr int cases = 200;
  const std::string out = std::filesystem::temp_directory_path() / "assistants_mock_check_bench";
  const std::string command = "PATH=" + modules + "/.bin:$PATH " + ASSISTANTS_MOCK_PROGRAM_FILE +
                              " check --profile gentle --rules reply.unread=off --cases " +
                              std::to_string(cases) + " --out " + out + " " + flags + " -- node " +
                              root + "/fixtures/clients/checked/" + client + " >/dev/null 2>&1";
  int status = 0;
  const double seconds = microseconds_of([&] { status = std::system(command.c_str()); }) / 1e6;
  std::filesystem::remove_all(out);
  std::printf("  with Node, SDK 7.55.0, %s: %.1f cases/s%s\n", what.c_str(), cases / seconds,
              status == 0 ? "" : "  (a rule was broken)");
}

}  // namespace

void report_check() {
  std::printf("check\n");
  for (const std::size_t jobs : {1, 4, 16, 64})
    report_cases(jobs, mock_server::CaseProfile::gentle);
  report_cases(64, mock_server::CaseProfile::rough);
  report_shrinking();
  report_node("poll_helper.mjs", "one question, polled");
  report_node("careful.mjs", "two, polled and streamed");
  report_node("service.mjs 3917", "the same as a service, one after the other",
              "--request 'curl -sS --fail-with-body http://127.0.0.1:3917/'");
}

}  // namespace assistants_mock::bench
