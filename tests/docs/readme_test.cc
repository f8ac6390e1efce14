// What README.md and docs/usage.md show is run, read or compared with code that is.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "assistants_mock/scenario_book.h"
#include "tests/docs/command_line.h"
#include "tests/docs/document.h"
#include "tests/golden_file.h"

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> pages = {"README.md", "docs/usage.md", "docs/check.md"};

std::vector<std::string> blocks(std::string_view page, std::string_view language) {
  std::vector<std::string> found;
  for (const CodeBlock& block : code_blocks(document(page)))
    if (block.language == language) found.push_back(block.text);
  return found;
}

TEST(Readme, ScenariosAreRead) {
  EXPECT_FALSE(blocks("README.md", "yaml").empty());
  for (const std::string_view page : pages)
    for (const std::string& text : blocks(page, "yaml"))
      EXPECT_NO_THROW(scenarios::ScenarioBook::parse(text)) << page << ":\n" << text;
}

// Code is shown as it stands in a file that is built and run; a line with … leaves something out.
void expect_excerpt(std::string_view page, std::string_view language, std::string_view of) {
  const std::string whole = file_text(source_path(of));
  const auto shown = blocks(page, language);
  EXPECT_FALSE(shown.empty()) << page << ", " << language;
  for (const std::string& block : shown) {
    std::istringstream lines(block);
    std::string piece;
    std::size_t at = 0;
    const auto find_piece = [&] {
      const std::size_t found = whole.find(piece, at);
      EXPECT_NE(found, std::string::npos) << of << " does not have, in this order:\n" << piece;
      at = std::min(found, whole.size());
      piece.clear();
    };
    for (std::string line; std::getline(lines, line);)
      if (line.find("…") == std::string::npos)
        piece += line + "\n";
      else
        find_piece();
    find_piece();
  }
}

TEST(Readme, CodeIsThatOfTheExample) {
  expect_excerpt("README.md", "cpp", "tests/install/example.cc");
  expect_excerpt("docs/check.md", "cpp", "tests/install/check_example.cc");
  expect_excerpt("README.md", "cmake", "tests/install/CMakeLists.txt");
}

// ---- Commands ----------------------------------------------------------------------------------

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

// The line with the program as it was built. What would need a network or never end is replaced:
// `exec` runs `true`, `serve` is an `exec` with the same options, and `check` says its rules.
std::string runnable(const std::string& line) {
  std::vector<std::string> words = words_of(line);
  words[0] = std::string("'") + ASSISTANTS_MOCK_PROGRAM_FILE + "'";
  if (words[1] == "serve") {
    words[1] = "exec";
    for (const char* own : {"--port", "--host"})
      if (const auto option = std::ranges::find(words, own); option != words.end())
        words.erase(option, option + 2);
    words.emplace_back("--");
  }
  if (words[1] == "check") words = {words[0], words[1], "--list-rules"};
  if (words[1] == "exec") {
    words.erase(std::ranges::find(words, "--") + 1, words.end());
    words.emplace_back("true");
  }
  return joined(words);
}

// A folder with the scenario that README.md shows, under the name that its commands use.
class Commands : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_);
    std::ofstream(folder_ / "chat.yaml") << blocks("README.md", "yaml").at(0);
  }
  void TearDown() override { fs::remove_all(folder_); }

  // One for each test: they may run side by side.
  fs::path folder_ = fs::path(testing::TempDir()) /
                     (std::string("assistants_mock_") +
                      testing::UnitTest::GetInstance()->current_test_info()->name());
};

// Each is told in `dev` itself, or is nothing of ours.
void expect_known(const std::string& line) {
  const std::vector<std::string> words = words_of(line);
  if (words[0] == "./dev")
    EXPECT_NE(file_text(source_path("dev")).find("./dev " + words.at(1)), std::string::npos)
        << line;
  else
    EXPECT_TRUE(words[0] == "export" || words[0] == "curl" || words[0] == "cmake")
        << "who runs this? " << line;
}

TEST_F(Commands, OfTheProgramAreRun) {
  for (const std::string_view page : pages) {
    for (const std::string& block : blocks(page, "sh")) {
      std::istringstream lines(block);
      for (std::string line; std::getline(lines, line);) {
        line = line.substr(0, line.find(" #"));
        if (line.empty()) continue;
        if (!line.starts_with("assistants-mock ")) {
          expect_known(line);
          continue;
        }
        const Ran ran = run(runnable(line), folder_);
        EXPECT_EQ(ran.status, 0) << page << ": " << line << "\n" << ran.output;
      }
    }
  }
}

// What follows a line "$ command" in a block is what the command says.
TEST_F(Commands, SayWhatIsShown) {
  for (const std::string_view page : pages) {
    for (const std::string& block : blocks(page, "console")) {
      const std::string command = block.substr(2, block.find('\n') - 2);
      const std::string expected = block.substr(block.find('\n') + 1);
      ASSERT_TRUE(block.starts_with("$ assistants-mock ")) << block;
      const Ran ran =
          run(std::string("'") + ASSISTANTS_MOCK_PROGRAM_FILE + "'" + command.substr(15), folder_);
      EXPECT_EQ(ran.output, expected) << page << ": " << command;
    }
  }
}

// The tables of options in docs/usage.md and docs/limits.md are those of the program.
TEST_F(Commands, EveryOptionIsExplained) {
  const std::string usage = document("docs/usage.md").text + document("docs/limits.md").text +
                            document("docs/check.md").text;
  for (const char* command : {"serve", "exec", "check", "explain"}) {
    const Ran help =
        run(std::string("'") + ASSISTANTS_MOCK_PROGRAM_FILE + "' " + command + " --help", folder_);
    for (const std::string& word : words_of(help.output)) {
      if (word.starts_with("--") && word.size() > 3 && word[2] != 'h') {
        const std::string option = word.substr(0, word.find_first_of("{[=,"));
        EXPECT_NE(usage.find("`" + option), std::string::npos) << command << " " << option;
      }
      const std::size_t variable = word.find("Env:ASSISTANTS_MOCK_");
      if (variable == std::string::npos) continue;
      const std::string name = word.substr(variable + 4, word.find(')') - variable - 4);
      EXPECT_NE(usage.find(name), std::string::npos) << command << " " << name;
    }
  }
}

}  // namespace
}  // namespace assistants_mock::tests
