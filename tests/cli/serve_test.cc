// `serve`: its ready line, its reload, and how it ends.
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/cli/child_process.h"
#include "tests/mock_server/http/raw_client.h"

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

TEST(Serve, RereadsAFurtherScenarioForThoseWhoChoseIt) {
  const ScenarioFile file;
  file.write("scenario: mine\nruns: [{do: [{say: One}]}]");
  ChildProcess serve(program({"serve", "--port", "0", "--scenario", "echo", "--scenario",
                              file.path(), "--time", "manual"}));
  const int port = std::stoi(port_in(serve.output_line()));
  ASSERT_EQ(serve.error_line_with("watching"), "watching " + file.path());
  const auto scenario_of = [&](const std::string& tenant) {
    return ask(port, "GET /tenant/" + tenant + "/_mock/scenario HTTP/1.1\r\nHost: mock\r\n\r\n")
        .body;
  };
  EXPECT_NE(scenario_of("mine%2F1").find("One"), std::string::npos);
  file.write("scenario: mine\nruns: [{do: [{say: Two}]}]");
  EXPECT_EQ(serve.error_line_with("reloaded"), "reloaded " + file.path());
  EXPECT_NE(scenario_of("mine%2F1").find("Two"), std::string::npos);
  EXPECT_EQ(scenario_of("plain").find("Two"), std::string::npos);
}

TEST(Serve, ALimitIsAFlagAndAVariable) {
  for (const bool as_flag : {true, false}) {
    auto words = program({"serve", "--port", "0"});
    std::vector<std::string> environment;
    if (as_flag)
      words.insert(words.end(), {"--max-head", "200"});
    else
      environment.push_back("ASSISTANTS_MOCK_MAX_HEAD=200");
    ChildProcess serve(words, environment);
    const int port = std::stoi(port_in(serve.output_line()));
    const std::string long_head =
        "GET /v1/models HTTP/1.1\r\nX: " + std::string(300, 'x') + "\r\n\r\n";
    EXPECT_EQ(ask(port, long_head).status, 431);
    const std::string line = serve.error_line_with("431");
    EXPECT_NE(line.find("(http.head_size)"), std::string::npos) << line;
    EXPECT_NE(line.find("--max-head"), std::string::npos) << line;
  }
}

TEST(Serve, ValuesThatAreNoneAreRefused) {
  for (const char* value : {"0", "-1", "many", "99999999999999999999"}) {
    const auto end = run_program({"serve", "--port", "0", "--max-keys", value});
    EXPECT_EQ(end.status, 2) << value;
    EXPECT_NE(end.error.find("--max-keys"), std::string::npos) << end.error;
  }
}

}  // namespace
}  // namespace assistants_mock::tests
