#include "mock_server/search/bounded_process.h"

#include <gtest/gtest.h>

#include <csignal>

namespace assistants_mock::mock_server::search {
namespace {

using End = ProcessResult::End;

ProcessResult shell(const std::string& command, std::string_view input = "",
                    const ProcessBounds& bounds = {}) {
  return run_bounded({"sh", "-c", command}, input, bounds);
}

TEST(BoundedProcess, GivesWhatTheProgramWrites) {
  const ProcessResult result = shell("cat; echo done", "some input\n");
  EXPECT_EQ(result.end, End::finished);
  EXPECT_EQ(result.output, "some input\ndone\n");
}

TEST(BoundedProcess, TakesMoreThanAPipeHolds) {
  const std::string input(10'000'000, 'x');
  EXPECT_EQ(shell("cat", input).output, input);
  EXPECT_EQ(shell("true", input).end, End::finished) << "input that nobody reads";
}

TEST(BoundedProcess, TellsFailureFromAbsence) {
  EXPECT_EQ(shell("exit 3").end, End::failed);
  EXPECT_EQ(shell("kill -9 $$").end, End::failed);
  EXPECT_EQ(run_bounded({"no-such-program-anywhere"}, "", {}).end, End::no_such_program);
}

TEST(BoundedProcess, SeesNothingOfThisOne) {
  EXPECT_EQ(shell("env | grep -v -E '^(PATH|PWD|_|SHLVL|OLDPWD)='").output, "LC_ALL=C\n");
  EXPECT_EQ(shell("ls /proc/self/fd | wc -l").output.substr(0, 1), "4")
      << "three streams, and the directory that is listed";
}

TEST(BoundedProcess, IsStoppedAtTheBoundOfItsOutput) {
  EXPECT_EQ(shell("yes", "", {.output_bytes = 100'000}).end, End::too_much);
}

TEST(BoundedProcess, IsStoppedAtTheBoundOfItsTime) {
  EXPECT_EQ(shell("while :; do :; done", "", {.cpu_seconds = 1}).end, End::failed);
  EXPECT_EQ(shell("exec tail -f /dev/null", "", {.time = std::chrono::seconds(1)}).end,
            End::out_of_time);
  EXPECT_EQ(shell("exec sleep 60 >&-", "", {.time = std::chrono::seconds(1)}).end, End::out_of_time)
      << "also when it closed its output";
}

// A host that ignores the ends of its children gets no status: what was written may be half of it.
TEST(BoundedProcess, IsLostWhereNobodyKnowsHowItEnded) {
  const auto before = std::signal(SIGCHLD, SIG_IGN);
  const auto end = shell("echo half; exit 3").end;
  std::signal(SIGCHLD, before);
  EXPECT_EQ(end, End::lost);
}

TEST(BoundedProcess, IsStoppedAtTheBoundOfItsMemory) {
  const std::string greedy = "x=1234567890123456; while :; do x=$x$x; done";
  EXPECT_EQ(shell(greedy, "", {.memory_bytes = std::uint64_t{100} << 20U}).end, End::failed);
}

TEST(BoundedProcess, WritesNoFiles) {
  const std::string file = testing::TempDir() + "written_by_a_bounded_process";
  EXPECT_EQ(shell("echo text > " + file).end, End::failed);
  EXPECT_EQ(shell("cat " + file + "; rm " + file).output, "");
}

}  // namespace
}  // namespace assistants_mock::mock_server::search
