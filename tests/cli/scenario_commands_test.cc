#include <gtest/gtest.h>

#include <sstream>

#include "tests/cli/child_process.h"

namespace assistants_mock::tests {
namespace {

TEST(ScenarioCommands, ValidateTellsRightFromWrong) {
  const auto right = run_program({"validate", "weather_tool", "echo"});
  EXPECT_EQ(right.status, 0) << right.error;
  EXPECT_NE(right.output.find("weather_tool: right"), std::string::npos);
  const auto wrong = run_program({"validate", "echo", "wether_tool"});
  EXPECT_EQ(wrong.status, 2);
  EXPECT_NE(wrong.error.find("weather_tool"), std::string::npos) << "the nearest: " << wrong.error;
}

TEST(ScenarioCommands, ListHasALineForEachFolderAndUnderItItsScenarios) {
  const std::string all = run_program({"list"}).output;
  EXPECT_TRUE(all.starts_with("active_run_conflicts\n  forgotten_requires_action ")) << all;
  const std::size_t first_steps = all.find("\nfirst_steps\n");
  const std::size_t http_level = all.find("\nhttp_level\n");
  EXPECT_LT(first_steps, all.find("\n  weather_tool "));
  EXPECT_LT(all.find("\n  weather_tool "), http_level);
  EXPECT_NE(http_level, std::string::npos);
}

// The lines that begin a scenario or a folder, cut after the name.
std::string names_listed(const std::string& word) {
  std::istringstream lines(run_program({"list", word}).output);
  std::string names;
  for (std::string line; std::getline(lines, line);)
    names += line.substr(0, line.find(' ', 2)) + '\n';
  return names;
}

TEST(ScenarioCommands, ListFindsByWordWhateverItsCase) {
  EXPECT_EQ(names_listed("fails_quota"), "failures_inside_the_run\n  fails_quota\n") << "by name";
  EXPECT_EQ(names_listed("BASE64"), "") << "comments are not looked at";
  EXPECT_EQ(names_listed("STOP button"), "active_run_conflicts\n  stream_closed_run_goes_on\n")
      << "by what it reveals";
  EXPECT_EQ(names_listed("neither is EVER failed"), "files_and_stores\n  batch_with_failures\n")
      << "by what it teaches";
  const std::string streaming = names_listed("Streaming");
  EXPECT_NE(streaming.find("  split_characters\n"), std::string::npos)
      << "by folder: " << streaming;
}

TEST(ScenarioCommands, ExplainSaysWhichRuleAndWhy) {
  const auto end = run_program({"explain", "weather_tool", "--message", "weather in Oslo"});
  EXPECT_EQ(end.status, 0) << end.error;
  EXPECT_NE(end.output.find("get_weather"), std::string::npos) << end.output;
}

TEST(ScenarioCommands, SchemaIsPrinted) {
  EXPECT_EQ(run_program({"schema"}).output.front(), '{');
}

TEST(CommandLine, WrongWordsAreTold) {
  EXPECT_EQ(run_program({}).status, 2);
  EXPECT_EQ(run_program({"serve", "--prot", "1"}).status, 2);
  EXPECT_EQ(run_program({"serve", "--time", "yesterday"}).status, 2);
  EXPECT_EQ(run_program({"serve"}, {"ASSISTANTS_MOCK_PORT=high"}).status, 2);
  EXPECT_EQ(run_program({"exec"}).status, 2);
  EXPECT_NE(run_program({"serv"}).error.find("did you mean 'serve'?"), std::string::npos);
  EXPECT_EQ(run_program({"--version"}).status, 0);
  EXPECT_EQ(run_program({"serve", "--help"}).status, 0);
}

}  // namespace
}  // namespace assistants_mock::tests
