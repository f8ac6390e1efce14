#include <gtest/gtest.h>

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

TEST(ScenarioCommands, ListFindsByWord) {
  EXPECT_NE(run_program({"list"}).output.find("weather_tool"), std::string::npos);
  const auto found = run_program({"list", "fails_quota"});
  EXPECT_EQ(found.output.find("fails_quota"), 0U);
  EXPECT_EQ(found.output.find('\n'), found.output.size() - 1) << "one line";
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
