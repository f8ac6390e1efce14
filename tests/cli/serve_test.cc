// `serve`: its ready line, its reload, and how it ends.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/cli/child_process.h"

namespace assistants_mock::tests {
namespace {

// A scenario file in a folder of its own, which goes with it.
class ScenarioFile {
 public:
  ScenarioFile() {
    std::string folder = std::filesystem::temp_directory_path() / "assistants-mock-XXXXXX";
    folder_ = ::mkdtemp(folder.data());
  }
  ~ScenarioFile() { std::filesystem::remove_all(folder_); }
  ScenarioFile(const ScenarioFile&) = delete;
  ScenarioFile& operator=(const ScenarioFile&) = delete;

  std::string path() const { return folder_ / "chat.yaml"; }
  void write(const std::string& text) const { std::ofstream(path()) << text; }
  // As many editors save: a new file is put in the old one's place.
  void replace(const std::string& text) const {
    std::ofstream(folder_ / "new") << text;
    std::filesystem::rename(folder_ / "new", path());
  }

 private:
  std::filesystem::path folder_;
};

std::string port_in(const std::string& ready) {
  const std::size_t begin = ready.rfind(':') + 1;
  return ready.substr(begin, ready.rfind('/') - begin);
}

TEST(Serve, SaysWhenItIsReadyAndEndsOnTerm) {
  ChildProcess serve(program({"serve", "--port", "0"}));
  const std::string ready = serve.output_line();
  EXPECT_EQ(ready, "ready http://127.0.0.1:" + port_in(ready) + "/v1");
  serve.signal(SIGTERM);
  EXPECT_EQ(serve.wait().status, 0);
}

TEST(Serve, PortInUseIsToldWithTheRemedy) {
  ChildProcess serve(program({"serve", "--port", "0"}));
  const auto second = run_program({"serve", "--port", port_in(serve.output_line())});
  EXPECT_EQ(second.status, 1);
  EXPECT_EQ(second.output, "");
  EXPECT_NE(second.error.find("--port"), std::string::npos) << second.error;
  EXPECT_EQ(second.error.find('\n'), second.error.size() - 1) << "one line: " << second.error;
}

TEST(Serve, WrongScenarioStartsNothing) {
  const ScenarioFile file;
  file.write("runs:\n  - do:\n      - sya: Hello\n");
  const auto end = run_program({"serve", "--port", "0", "--scenario", file.path()});
  EXPECT_EQ(end.status, 2);
  EXPECT_EQ(end.output, "");
  EXPECT_EQ(end.error.find(file.path() + ":3:9: error: "), 0U) << end.error;
  EXPECT_NE(end.error.find("say"), std::string::npos) << end.error;
}

TEST(Serve, ReloadsWhatIsSavedAndKeepsTheOldWhenItIsWrong) {
  const ScenarioFile file;
  file.write("runs: [{do: [{say: One}]}]");
  ChildProcess serve(program({"serve", "--port", "0", "--scenario", file.path()}));
  ASSERT_NE(serve.output_line(), "");
  ASSERT_EQ(serve.error_line_with("watching"), "watching " + file.path());
  file.write("runs: [{do: [{say: Two}]}]");
  EXPECT_EQ(serve.error_line_with("reloaded"), "reloaded " + file.path());
  file.replace("runs: [{do: [{sya: Three}]}]");
  EXPECT_NE(serve.error_line_with("error").find("sya"), std::string::npos);
  EXPECT_NE(serve.error_line_with("kept").find(file.path()), std::string::npos);
  file.replace("runs: [{do: [{say: Four}]}]");
  EXPECT_EQ(serve.error_line_with("reloaded"), "reloaded " + file.path());
}

}  // namespace
}  // namespace assistants_mock::tests
