// What a tester is told about each mistake: fixtures/mistakes/NAME.yaml and, as reviewed,
// NAME.txt. UPDATE_FIXTURES=1 writes the latter anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "assistants_mock/scenario_book.h"
#include "tests/golden_file.h"

namespace assistants_mock::scenarios {
namespace {

std::vector<std::string> mistaken_files() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(source_path("fixtures/mistakes")))
    if (entry.path().extension() == ".yaml") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

class Mistakes : public testing::TestWithParam<std::string> {};

TEST_P(Mistakes, AreToldAsReviewed) {
  const std::string path = "fixtures/mistakes/" + GetParam();
  try {
    ScenarioBook::parse(file_text(source_path(path + ".yaml")), GetParam() + ".yaml");
    FAIL() << path << ".yaml has no mistake";
  } catch (const ScenarioError& error) {
    expect_golden(path + ".txt", std::string(error.what()) + "\n");
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Mistakes, testing::ValuesIn(mistaken_files()),
                         [](const auto& info) { return info.param; });

TEST(MistakesFolder, HasNoTextWithoutItsFile) {
  for (const auto& entry : std::filesystem::directory_iterator(source_path("fixtures/mistakes"))) {
    std::filesystem::path other = entry.path();
    other.replace_extension(entry.path().extension() == ".yaml" ? ".txt" : ".yaml");
    EXPECT_TRUE(std::filesystem::exists(other)) << other;
  }
}

// All of a file's mistakes come at once, in the order of the lines, and carry their place.
TEST(ScenarioError, TellsAllMistakesInTheOrderOfTheLines) {
  try {
    ScenarioBook::parse("runs:\n  - do: [{ sya: Hello }, { wait: 5 }]\nscenrio: x\n", "chat.yaml");
    FAIL();
  } catch (const ScenarioError& error) {
    ASSERT_EQ(error.mistakes().size(), 3u);
    EXPECT_EQ(error.mistakes()[0].line, 2);
    EXPECT_EQ(error.mistakes()[0].column, 12);
    EXPECT_EQ(error.mistakes()[1].line, 2);
    EXPECT_EQ(error.mistakes()[1].column, 34);
    EXPECT_EQ(error.mistakes()[2].line, 3);
    EXPECT_EQ(error.mistakes()[2].column, 1);
    for (const Mistake& mistake : error.mistakes()) EXPECT_EQ(mistake.file, "chat.yaml");
  }
}

}  // namespace
}  // namespace assistants_mock::scenarios
