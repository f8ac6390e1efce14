// Where scenarios come from: the library, a file, a text, a value.
#include "assistants_mock/scenario_book.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {
namespace {

std::string load_error(std::string_view name_or_path) {
  try {
    ScenarioBook::load(name_or_path);
    return "none";
  } catch (const ScenarioError& error) {
    return error.what();
  }
}

// A file that is there for the length of a test.
class TestFile {
 public:
  TestFile(const std::string& name, std::string_view text)
      : path_(std::filesystem::path(testing::TempDir()) / name) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~TestFile() { std::filesystem::remove(path_); }
  TestFile(const TestFile&) = delete;
  TestFile& operator=(const TestFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST(ScenarioBook, EchoesUnlessGivenAnother) {
  EXPECT_EQ(ScenarioBook().scenario().name, "echo");
  EXPECT_EQ(ScenarioBook().scenario(), ScenarioBook::load("echo").scenario());
}

TEST(ScenarioBook, LoadsEveryNameOfItsLibrary) {
  const auto entries = ScenarioBook::library();
  ASSERT_FALSE(entries.empty());
  for (const auto& entry : entries) {
    const ScenarioBook book = ScenarioBook::load(entry.name);
    EXPECT_EQ(book.scenario().name, entry.name);
    EXPECT_EQ(book.scenario().teaches, entry.teaches);
    EXPECT_EQ(book.scenario().reveals, entry.reveals);
    EXPECT_EQ(book.scenario().source, entry.source);
    EXPECT_TRUE(std::filesystem::exists(
        source_path("scenarios/library/" + entry.folder + "/" + entry.name + ".yaml")))
        << entry.folder << " " << entry.name;
  }
}

TEST(ScenarioBook, ListsTheLibraryInTheOrderOfNames) {
  const auto entries = ScenarioBook::library();
  for (std::size_t at = 1; at < entries.size(); ++at)
    EXPECT_LT(entries[at - 1].name, entries[at].name);
}

TEST(ScenarioBook, LoadsAFileAndNamesTheScenarioLikeIt) {
  const TestFile file("my chat.yaml", "runs: [{ do: [{ say: Hi }] }]\n");
  EXPECT_EQ(ScenarioBook::load(file.path()).scenario().name, "my_chat");
}

TEST(ScenarioBook, TellsTheFileOfAMistake) {
  const TestFile file("broken.yaml", "runs: [{ do: [{ sya: Hi }] }]\n");
  EXPECT_TRUE(load_error(file.path()).starts_with(file.path() + ":1:17: error: unknown key 'sya'"));
}

TEST(ScenarioBook, NamesTheNearestOfTheLibrary) {
  EXPECT_TRUE(load_error("ecoh").starts_with(
      "ecoh: error: the library has no scenario 'ecoh'; did you mean 'echo'? it has "));
  EXPECT_NE(load_error("").find("the library has no scenario ''; it has "), std::string::npos);
}

TEST(ScenarioBook, SaysWhyAFileCannotBeRead) {
  EXPECT_EQ(load_error("./no_such.yaml"),
            "./no_such.yaml: error: the file cannot be read: No such file or directory");
  EXPECT_EQ(load_error("no_such.yml"),
            "no_such.yml: error: the file cannot be read: No such file or directory");
  EXPECT_EQ(load_error("./"), "./: error: this is a folder, not a scenario file");
}

TEST(ScenarioBook, ReadsNoMoreThanAFileMayHave) {
  EXPECT_EQ(load_error("/dev/zero"),
            "/dev/zero:1:1: error: the file is too large: 1048577 bytes, at most 1048576 are read");
}

TEST(ScenarioBook, IsACheapCopyOfOneValue) {
  const ScenarioBook book{Scenario{.name = "made in code"}};
  const ScenarioBook copy = book;
  EXPECT_EQ(copy.shared(), book.shared());
  EXPECT_EQ(copy.scenario().name, "made in code");
}

}  // namespace
}  // namespace assistants_mock::scenarios
