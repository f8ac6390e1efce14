// `check` on the command line: what it says of clients, its files, its exit status, and that it
// leaves nothing behind.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/cli/child_process.h"

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

const std::string polling_program = ASSISTANTS_MOCK_POLLING_PROGRAM_FILE;

std::string text_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++times;
  return times;
}

// Each opened element is closed again, in order, and nothing else has a `<`: XML as far as a report
// needs it.
bool is_well_formed(std::string xml) {
  std::vector<std::string> open;
  for (std::size_t at = xml.find('<'); at != std::string::npos; at = xml.find('<', at)) {
    const std::size_t end = xml.find('>', at);
    if (end == std::string::npos) return false;
    const std::string tag = xml.substr(at + 1, end - at - 1);
    at = end;
    if (tag.starts_with('?') || tag.ends_with('/')) continue;
    if (!tag.starts_with('/')) {
      open.push_back(tag.substr(0, tag.find(' ')));
    } else {
      if (open.empty() || "/" + open.back() != tag) return false;
      open.pop_back();
    }
  }
  return open.empty() && !xml.empty();
}

// A folder for the files of a test, whose name a shell would take apart.
class Check : public testing::Test {
 protected:
  Check() {
    std::string name = (fs::temp_directory_path() / "check it's XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder");
    folder_ = name;
  }
  ~Check() override { fs::remove_all(folder_); }

  fs::path file(const std::string& name) const { return folder_ / name; }
  fs::path written(const std::string& name) const { return folder_ / "report" / name; }
  nlohmann::json report() const { return nlohmann::json::parse(text_of(written("report.json"))); }

  // Options for one conversation, under a scenario with this rule.
  Words under(const std::string& rule) const {
    const std::string scenario = file("scenario.yaml").string();
    std::ofstream(scenario) << "runs: [{ do: [" << rule << "] }]\n";
    return {"--scenario", scenario};
  }

  ChildProcess::End check(const Words& options, const Words& command) const {
    Words words = {"check", "--out", (folder_ / "report").string(), "--shrink", "15"};
    words.insert(words.end(), options.begin(), options.end());
    words.emplace_back("--");
    words.insert(words.end(), command.begin(), command.end());
    return run_program(words);
  }
  ChildProcess::End check_habit(const std::string& habit, const Words& options = {}) const {
    return check(options, {polling_program, habit});
  }

 private:
  fs::path folder_;
};

TEST_F(Check, PassesAClientThatIsRight) {
  const auto end = check({"--cases", "30"}, {polling_program});
  EXPECT_EQ(end.status, 0) << end.output << end.error;
  EXPECT_EQ(end.output.find("✓ 30 cases, profile rough, seed 1: no rule was broken\n"), 0U)
      << end.output;
  EXPECT_TRUE(report().at("passed"));
  EXPECT_EQ(report().at("cases"), 30);
}

TEST_F(Check, ReportsForMachinesHaveARowForEachRule) {
  check({"--cases", "5", "--rules", "reply.wrong=off"}, {polling_program});
  const std::size_t rules = count(run_program({"check", "--list-rules"}).output, "  remedy: ");
  const std::string xml = text_of(written("report.xml"));
  EXPECT_GT(rules, 20U);
  EXPECT_EQ(report().at("rules").size(), rules);
  EXPECT_TRUE(is_well_formed(xml)) << xml;
  EXPECT_EQ(count(xml, "<testcase "), rules);
  EXPECT_TRUE(has(xml, "<skipped message=\"switched off\"/>")) << xml;
}

TEST_F(Check, ShowsABrokenRuleWithItsStoryAndScenario) {
  const auto end = check_habit("sends_number_as_output");
  EXPECT_EQ(end.status, 1);
  EXPECT_EQ(end.output.find("✗ request.refused: a client sends no request that"), 0U) << end.output;
  EXPECT_TRUE(has(end.output, "expected a string, but got an integer instead.")) << end.output;
  EXPECT_TRUE(has(end.output, " s  submits outputs to run_1: 400 v.type\n")) << end.output;
  EXPECT_TRUE(has(end.output, "the client ends, and says it failed (exit status 1)\n"));
  EXPECT_TRUE(has(end.output, "    runs:\n      - do:\n          - call: get_weather\n"))
      << end.output;
  EXPECT_TRUE(has(text_of(written("request.refused.yaml")), "call: get_weather"));
  EXPECT_TRUE(has(text_of(written("request.refused.txt")), "> {\"tool_outputs\":"));
  EXPECT_TRUE(has(text_of(written("report.xml")), "<failure message=\"request 7 "));
  EXPECT_TRUE(is_well_formed(text_of(written("report.xml"))));
}

// The line after "Play it again:".
std::string replay_line(const std::string& output) {
  const std::string before = "Play it again:\n    ";
  const std::size_t at = output.find(before) + before.size();
  return output.substr(at, output.find('\n', at) - at);
}

TEST_F(Check, TheLineThatPlaysItAgainDoes) {
  const fs::path program = file("my client's $HOME");
  fs::create_symlink(polling_program, program);
  const auto end = check({"--timeout", "9000", "--world", "echo"}, {program.string(), "polls_on"});
  const auto again = ChildProcess({"sh", "-c", replay_line(end.output)}).wait();
  EXPECT_EQ(again.status, 1) << replay_line(end.output) << again.error;
  EXPECT_EQ(again.output.find("✗ polling.after_end: "), 0U) << again.output;
  for (const char* option : {" --timeout 9000 ", " --world echo "})
    EXPECT_TRUE(has(replay_line(end.output), option)) << replay_line(end.output);
  // It needs no shrinking, and tells how to play it yet again by the same line.
  EXPECT_EQ(replay_line(again.output), replay_line(end.output));
}

TEST_F(Check, SaysTheSameWhateverIsSideBySide) {
  const auto one = check_habit("reads_all_parts", {"--jobs", "1", "--seed", "5"});
  EXPECT_EQ(one.status, 1);
  EXPECT_EQ(check_habit("reads_all_parts", {"--jobs", "1", "--seed", "5"}).output, one.output);
  EXPECT_EQ(check_habit("reads_all_parts", {"--jobs", "4", "--seed", "5"}).output, one.output);
}

TEST_F(Check, KeepsGoingToTheNextRule) {
  const auto end = check({"--keep-going", "--cases", "12"},
                         {polling_program, "sends_number_as_output", "looks_at_status"});
  EXPECT_EQ(end.status, 1);
  EXPECT_TRUE(has(end.output, "✗ request.refused: ")) << end.output;
  EXPECT_TRUE(has(end.output, "✗ report.false_success: ")) << end.output;
  EXPECT_EQ(report().at("cases"), 12);
  EXPECT_GE(report().at("broken").size(), 2U);
}

// ---- Rules

TEST_F(Check, RulesCanBeSwitchedOffOrTuned) {
  const Words few = {"--cases", "10", "--rules"};
  const auto with = [&](const std::string& rules) {
    Words options = few;
    options.push_back(rules);
    return check_habit("polls_on", options);
  };
  EXPECT_EQ(with("polling.after_end=off").status, 0);
  EXPECT_EQ(with("polling.after_end=6").status, 0);
  EXPECT_EQ(with("polling.after_end=4").status, 1);
}

TEST_F(Check, NamesTheRuleThatWasMeant) {
  const auto end = check({"--rules", "polling.hasti=off"}, {"true"});
  EXPECT_EQ(end.status, 2);
  EXPECT_EQ(end.error,
            "assistants-mock: there is no rule 'polling.hasti'; did you mean 'polling.hasty'?\n");
  EXPECT_TRUE(has(check({"--rules", "client.crashed=3"}, {"true"}).error, "has no limit"));
}

TEST_F(Check, TellsWhereAFileOfRulesIsWrong) {
  const std::string rules = file("rules.yaml").string();
  std::ofstream(rules) << "polling.hasty: off\npolling.after: 3\nclient.crashed: 4\n";
  const auto end = check({"--rules-file", rules}, {"true"});
  EXPECT_EQ(end.status, 2);
  EXPECT_EQ(end.error.find(rules + ":2:16: error: there is no rule 'polling.after'; did you mean "
                                   "'polling.after_end'?\n"),
            0U)
      << end.error;
  EXPECT_TRUE(has(end.error, rules + ":3:17: error: the rule 'client.crashed' has no limit"));
}

// ---- No client to check

TEST_F(Check, TellsOfACommandThatCannotStart) {
  const auto end = check({}, {"no-such-command-anywhere"});
  EXPECT_EQ(end.status, 2);
  EXPECT_EQ(end.output, "");
  EXPECT_TRUE(has(end.error, "the command cannot be started: no-such-command-anywhere: No such"));
  EXPECT_TRUE(is_well_formed(text_of(written("report.xml"))));
  EXPECT_FALSE(report().at("passed"));
}

TEST_F(Check, QuotesAClientThatEndsBeforeItCalls) {
  const auto end = check({}, {"sh", "-c", "printf 'no m\\303dule <x>\\n' >&2; exit 3"});
  EXPECT_EQ(end.status, 2);
  EXPECT_TRUE(has(end.error, "ended with exit status 3 and never asked this server")) << end.error;
  EXPECT_TRUE(has(end.error, "    no m\uFFFDdule <x>\n")) << end.error;
  EXPECT_TRUE(is_well_formed(text_of(written("report.xml"))));
}

TEST_F(Check, GuessesWhyAClientNeverCalls) {
  const auto end = check({}, {"true"});
  EXPECT_EQ(end.status, 2);
  EXPECT_TRUE(has(end.error, "It may not look at OPENAI_BASE_URL")) << end.error;
}

TEST_F(Check, LooksForItsFolderBeforeAnythingElse) {
  std::ofstream(file("report")) << "in the way";
  const auto end = check({}, {polling_program});
  EXPECT_EQ(end.status, 2);
  EXPECT_TRUE(has(end.error, "no report can be written to ")) << end.error;
}

// ---- Clients that do not end well, and what they leave behind

// Whoever still holds it open for writing is seen; a process that was killed does not.
class Leash {
 public:
  explicit Leash(const fs::path& path) {
    ::mkfifo(path.c_str(), 0600);
    reader_ = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  }
  ~Leash() { ::close(reader_); }
  Leash(const Leash&) = delete;
  Leash& operator=(const Leash&) = delete;

  // Both wait for it, but not for long.
  bool is_pulled() const { return becomes(POLLIN); }  // something was written to it
  bool is_let_go() const { return becomes(POLLHUP); }

 private:
  bool becomes(short state) const {
    pollfd end{.fd = reader_, .events = static_cast<short>(state & ~POLLHUP), .revents = 0};
    return ::poll(&end, 1, /*ms=*/5'000) == 1 && (end.revents & state) != 0;
  }

  int reader_ = -1;
};

TEST_F(Check, StopsAClientThatHangsWithAllThatItStarted) {
  const Leash leash(file("leash"));
  const auto end = check({"--timeout", "500"}, {"sh", "-c", R"(sleep 600 9>"$1" & "$0"; wait)",
                                                polling_program, file("leash").string()});
  EXPECT_EQ(end.status, 1);
  EXPECT_TRUE(has(end.output, "✗ client.hangs: ")) << end.output;
  EXPECT_TRUE(has(end.output, "it did not end within 500 ms")) << end.output;
  EXPECT_TRUE(leash.is_let_go());
}

TEST_F(Check, EndsWhatAClientLeavesRunning) {
  const Leash leash(file("leash"));
  const auto end = check({"--cases", "2"}, {"sh", "-c", R"(sleep 600 9>"$1" & "$0")",
                                            polling_program, file("leash").string()});
  EXPECT_EQ(end.status, 0) << end.output << end.error;
  EXPECT_TRUE(leash.is_let_go());
}

TEST_F(Check, InterruptedLeavesNothingBehind) {
  const Leash leash(file("leash"));
  const fs::path temporary = file("tmp");
  fs::create_directory(temporary);
  ChildProcess check(
      program({"check", "--out", written("").string(), "--", "sh", "-c",
               R"(exec 9>"$0"; echo up >&9; sleep 600 & wait)", file("leash").string()}),
      {"TMPDIR=" + temporary.string()});
  ASSERT_TRUE(leash.is_pulled());
  check.signal(SIGINT);
  const auto end = check.wait();
  EXPECT_EQ(end.status, 128 + SIGINT);
  EXPECT_EQ(end.error, "assistants-mock: the check was ended by a signal: Interrupt\n");
  EXPECT_TRUE(leash.is_let_go());
  EXPECT_TRUE(fs::is_empty(temporary));
}

TEST_F(Check, TellsOfACrash) {
  const auto end = check_habit("aborts_on_failure", under("fail: server_error"));
  EXPECT_EQ(end.status, 1);
  EXPECT_TRUE(has(end.output, "✗ client.crashed: ")) << end.output;
  EXPECT_TRUE(has(end.output, "the client crashed: signal Aborted")) << end.output;
}

TEST_F(Check, ReadsAsMuchAsAClientPutsOut) {
  const auto end = check({"--cases", "1", "--timeout", "10000"},
                         {"sh", "-c", R"("$0" && head -c 30000000 /dev/zero)", polling_program});
  EXPECT_TRUE(has(end.output, "no rule was broken")) << end.output;
}

TEST_F(Check, TellsWhatOnlyHappensNowAndThen) {
  const auto end =
      check({}, {"sh", "-c", R"([ -e "$1" ] && exec "$0"; : > "$1"; exec "$0" polls_on)",
                 polling_program, file("was here").string()});
  EXPECT_EQ(end.status, 1);
  EXPECT_TRUE(has(end.output, "FLAKY: of three more conversations under this scenario, 0 broke"))
      << end.output;
  EXPECT_TRUE(report().at("broken").at(0).at("flaky"));
}

// ---- Services

class CheckService : public Check {
 protected:
  std::string ask_it() const {
    return "curl -sSf \"http://127.0.0.1:$(cat \"" + file("port").string() + "\")/ask\"";
  }
  ChildProcess::End check_service(const Words& habits, const Words& options = {}) const {
    Words all = {"--request", ask_it()};
    all.insert(all.end(), options.begin(), options.end());
    Words command = {polling_program, "serve", file("port").string()};
    command.insert(command.end(), habits.begin(), habits.end());
    return check(all, command);
  }
};

TEST_F(CheckService, PassesOneThatIsRight) {
  const auto end = check_service({}, {"--cases", "6"});
  EXPECT_EQ(end.status, 0) << end.output << end.error;
}

// The assistants of its first conversation are there in all others.
TEST_F(CheckService, PassesOneThatMakesItsAssistantOnce) {
  const auto end = check_service({"keeps_its_assistant"}, {"--cases", "6"});
  EXPECT_EQ(end.status, 0) << end.output << end.error;
}

// It goes on polling while the check is being left.
TEST_F(CheckService, InterruptedInTheMidstOfAConversationLeavesNothingBehind) {
  const Leash leash(file("leash"));
  std::ofstream(file("endless.yaml")) << "runs: [{do: [{incomplete: content_filter}]}]\n";
  ChildProcess check(program(
      {"check", "--out", written("").string(), "--scenario", file("endless.yaml").string(),
       "--rules", "polling.after_end=off,client.hangs=1000000", "--timeout", "60000", "--request",
       ask_it() + " && exec 9>\"" + file("leash").string() + "\" && echo up >&9 && " + ask_it(),
       "--", polling_program, "serve", file("port").string(), "knows_incomplete"}));
  ASSERT_TRUE(leash.is_pulled());
  check.signal(SIGINT);
  const auto end = check.wait();
  EXPECT_EQ(end.status, 128 + SIGINT);
  EXPECT_TRUE(leash.is_let_go());
}

TEST_F(CheckService, FindsWhatItDoesWrong) {
  const auto end = check_service({"sends_number_as_output"}, under("call: get_weather"));
  EXPECT_EQ(end.status, 1);
  EXPECT_TRUE(has(end.output, "✗ request.refused: ")) << end.output << end.error;
  EXPECT_TRUE(has(replay_line(end.output), " --request 'curl ")) << end.output;
}

TEST_F(CheckService, TellsWhenItDiesAndStartsItAnew) {
  const auto end = check_service({"aborts_on_failure"}, under("fail: server_error"));
  EXPECT_EQ(end.status, 1);
  EXPECT_TRUE(has(end.output, "✗ client.crashed: ")) << end.output << end.error;
  EXPECT_TRUE(has(end.output, "the service ended with signal Aborted")) << end.output;
  EXPECT_FALSE(has(end.output, "FLAKY")) << end.output;
}

// Which would go on polling in the conversations that follow.
TEST_F(CheckService, StartsOneAnewThatHadToBeStopped) {
  const auto end = check_service({"knows_incomplete"}, under("incomplete: content_filter"));
  EXPECT_EQ(end.status, 1);
  EXPECT_TRUE(has(end.output, "✗ polling.after_end: ")) << end.output << end.error;
  EXPECT_FALSE(has(end.output, "FLAKY")) << end.output;
}

TEST_F(CheckService, TellsOfOneThatDoesNotServe) {
  const auto end =
      check({"--request", "true"}, {"sh", "-c", "echo 'the port is taken' >&2; exit 1"});
  EXPECT_EQ(end.status, 2);
  EXPECT_TRUE(has(end.error, "the service ended with exit status 1")) << end.error;
  EXPECT_TRUE(has(end.error, "    the port is taken\n")) << end.error;
  const auto silent = check({"--timeout", "200", "--request", "exit 7"},
                            {"sh", "-c", "echo 'the port is taken' >&2; exec sleep 600"});
  EXPECT_EQ(silent.status, 2);
  EXPECT_TRUE(has(silent.error, "    the port is taken\n")) << silent.error;
}

TEST(CheckRules, AreListedWithReasonSourceAndRemedy) {
  const auto end = run_program({"check", "--list-rules"});
  EXPECT_EQ(end.status, 0);
  EXPECT_TRUE(
      has(end.output, "polling.after_end\n  a client stops polling at every final status: "))
      << end.output;
  EXPECT_EQ(count(end.output, "\n  why: "), count(end.output, "\n  seen in: "));
  EXPECT_TRUE(has(end.output, "  limit: 2 polls\n"));
}

}  // namespace
}  // namespace assistants_mock::tests
