#include "mock_server/cli/check.h"

#include <csignal>
#include <cstring>
#include <iostream>
#include <system_error>

#include "mock_server/check/check_text.h"
#include "mock_server/check/checker.h"
#include "mock_server/check/report_files.h"
#include "mock_server/cli/check_progress.h"
#include "mock_server/cli/command_driver.h"
#include "mock_server/cli/interruption.h"

namespace assistants_mock::cli {
namespace {

using mock_server::BrokenRule;
using mock_server::CheckReport;
namespace checks = mock_server::check;

// As a shell reads it.
std::string quoted(const std::string& word) {
  constexpr std::string_view plain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:=@%+,";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string all = "'";
  for (const char letter : word) all += letter == '\'' ? "'\\''" : std::string(1, letter);
  return all + "'";
}

std::string replay_line(const CheckCommand& command, const BrokenRule& broken) {
  std::string line = quoted(command.program) + " check --scenario " +
                     quoted(checks::scenario_file(command.out, broken)) + " --first-case " +
                     std::to_string(broken.case_number);
  for (const std::string& option : command.replay_options) line += " " + quoted(option);
  if (!command.request.empty()) line += " --request " + quoted(command.request);
  line += " --";
  for (const std::string& word : command.words) line += " " + quoted(word);
  return line;
}

CheckReport run(const CheckCommand& command) {
  const auto driver = command.request.empty() ? command_driver(command.words)
                                              : service_driver(command.words, command.request);
  CheckProgressLine line;
  mock_server::CheckOptions options = command.options;
  options.on_progress = [&](const mock_server::CheckProgress& progress) { line.show(progress); };
  return checks::check(options, *driver);
}

// What still hears us may be gone, as in `check … | head`: no reason to leave clients behind. Those
// have the signal as usual.
void block_broken_pipes() {
  sigset_t pipe{};
  ::sigemptyset(&pipe);
  ::sigaddset(&pipe, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
}

int check_and_tell(const CheckCommand& command) {
  checks::require_report_folder(command.out);
  const CheckReport report = run(command);
  checks::write_report_files(report, command.out);
  if (!report.could_not_check.empty()) {
    std::cerr << "assistants-mock: " << report.could_not_check << '\n';
    return 2;
  }
  std::cout << checks::text_of(
                   report, [&](const BrokenRule& broken) { return replay_line(command, broken); })
            << "  report: " << command.out << "/report.json, report.xml\n";
  require_no_interruption();  // which may have kept it from telling more
  return report.passed() ? 0 : 1;
}

}  // namespace

int check(const CheckCommand& command) {
  block_broken_pipes();
  try {
    return check_and_tell(command);
  } catch (const Interrupted& interrupted) {
    std::cerr << "assistants-mock: the check was ended by a signal: "
              << ::strsignal(interrupted.signal()) << '\n';
    return 128 + interrupted.signal();
  } catch (const std::system_error& error) {
    std::cerr << "assistants-mock: " << error.what() << '\n';
    return 2;
  }
}

int list_rules() {
  for (const mock_server::RuleInfo& rule : mock_server::check_rules()) {
    std::cout << rule.name << "\n  a client " << rule.holds << "\n  why: " << rule.why
              << "\n  seen in: " << rule.source << "\n  remedy: " << rule.remedy << '\n';
    if (!rule.unit.empty()) std::cout << "  limit: " << rule.limit << ' ' << rule.unit << '\n';
    std::cout << '\n';
  }
  return 0;
}

}  // namespace assistants_mock::cli
