// `exec` is transparent: the command's output, signals and exit status pass through it.
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "tests/cli/child_process.h"

namespace assistants_mock::tests {
namespace {

// One request from a shell, without any program for it.
constexpr const char* ask_for_nothing =
    "port=${OPENAI_BASE_URL##*:}; port=${port%/v1}; exec 3<>/dev/tcp/127.0.0.1/$port; "
    "printf 'GET /v1/nowhere HTTP/1.1\\r\\nHost: m\\r\\nAuthorization: Bearer k\\r\\n\\r\\n' >&3; "
    "read -r line <&3; echo \"$line\"";

TEST(Exec, ReturnsTheCommandsStatus) {
  EXPECT_EQ(run_program({"exec", "--", "sh", "-c", "exit 7"}).status, 7);
  EXPECT_EQ(run_program({"exec", "--", "true"}).status, 0);
  EXPECT_EQ(run_program({"exec", "--", "sh", "-c", "kill -KILL $$"}).status, 128 + SIGKILL);
}

TEST(Exec, CommandThatCannotStartIsTold) {
  const auto end = run_program({"exec", "--", "no-such-command-anywhere"});
  EXPECT_EQ(end.status, 127);
  EXPECT_EQ(end.error, "assistants-mock: no-such-command-anywhere: No such file or directory\n");
}

TEST(Exec, SetsTheEnvironmentAndHidesRealKeys) {
  const auto end = run_program(
      {"exec", "--", "sh", "-c", "echo $OPENAI_BASE_URL $OPENAI_API_KEY [$OPENAI_ADMIN_KEY]"},
      {"OPENAI_API_KEY=sk-real-key", "OPENAI_ADMIN_KEY=sk-real-admin",
       "OPENAI_BASE_URL=https://api.openai.com/v1"});
  EXPECT_EQ(end.output.find("http://127.0.0.1:"), 0U) << end.output;
  EXPECT_NE(end.output.find("/v1 sk-assistants-mock []\n"), std::string::npos) << end.output;
}

constexpr const char* show_azures_variables =
    "echo \"$AZURE_OPENAI_ENDPOINT/v1 $OPENAI_BASE_URL\"; "
    "echo \"$AZURE_OPENAI_API_KEY $OPENAI_API_VERSION [$AZURE_OPENAI_AD_TOKEN]\"";

TEST(Exec, SetsWhatAzuresClientsRead) {
  const auto end = run_program({"exec", "--", "sh", "-c", show_azures_variables},
                               {"AZURE_OPENAI_API_KEY=real", "AZURE_OPENAI_AD_TOKEN=real",
                                "AZURE_OPENAI_ENDPOINT=https://real.openai.azure.com/"});
  const std::string urls = end.output.substr(0, end.output.find('\n'));
  const std::size_t space = urls.find(' ');
  EXPECT_EQ(urls.find("http://127.0.0.1:"), 0U) << end.output;
  EXPECT_EQ(urls.substr(0, space), urls.substr(space + 1)) << "the endpoint is the URL without /v1";
  EXPECT_EQ(end.output.substr(urls.size()), "\nsk-assistants-mock 2024-05-01-preview []\n");
}

TEST(Exec, LeavesAzuresVersionAsItIs) {
  const std::vector<std::string> show = {"exec", "--", "sh", "-c", "echo $OPENAI_API_VERSION"};
  EXPECT_EQ(run_program(show, {"OPENAI_API_VERSION=2025-01-01-preview"}).output,
            "2025-01-01-preview\n");
  EXPECT_EQ(run_program(show, {"OPENAI_API_VERSION="}).output, "2024-05-01-preview\n");
}

TEST(Exec, PassesArgumentsAndOutputAlong) {
  const auto end =
      run_program({"exec", "--", "printf", "%s.", "--seed", "a b", "--", "[c,d]", "[]"});
  EXPECT_EQ(end.output, "--seed.a b.--.[c,d].[].");
  EXPECT_EQ(end.error, "");
}

TEST(Exec, PassesSignalsOn) {
  ChildProcess exec(program(
      {"exec", "--", "sh", "-c",
       // Holds no end of our pipes: the signal may reach it before it is `sleep`, and be lost.
       "trap 'kill $!; exit 9' TERM; sleep 60 >/dev/null 2>&1 & echo up; wait"}));
  ASSERT_EQ(exec.output_line(), "up");
  exec.signal(SIGTERM);
  EXPECT_EQ(exec.wait().status, 9);
}

TEST(Exec, TellsWhatWasRefused) {
  const auto end = run_program({"exec", "--", "bash", "-c", ask_for_nothing});
  EXPECT_EQ(end.output.find("HTTP/1.1 404"), 0U) << end.output;
  EXPECT_EQ(end.error,
            "assistants-mock: 1 requests, 1 refused; 0 runs that no rule answered\n"
            "  404 GET /v1/nowhere  (route.unknown)\n");
}

TEST(Exec, TellsOfFaultsThatNeverStruck) {
  namespace fs = std::filesystem;
  const fs::path scenario = fs::temp_directory_path() / "faults_that_never_strike.yaml";
  std::ofstream(scenario) << "faults:\n  - { on: createRun, times: 3, error: rl.rpm }\n"
                             "runs: [{ do: [] }]\n";
  const auto end = run_program({"exec", "--scenario", scenario.string(), "--", "true"});
  fs::remove(scenario);
  EXPECT_EQ(end.status, 0);
  EXPECT_EQ(
      end.error,
      "assistants-mock: 0 requests, 0 refused; 0 runs that no rule answered\n"
      "  the fault on POST /threads/{thread_id}/runs (error rl.rpm) did not fire: it waits for "
      "time 3 and "
      "looked at 0 requests\n");
}

constexpr const char* ask_for_version =
    "port=${OPENAI_BASE_URL##*:}; port=${port%/v1}; exec 3<>/dev/tcp/127.0.0.1/$port; "
    "printf 'GET /_mock/version HTTP/1.1\\r\\nHost: m\\r\\nConnection: close\\r\\n\\r\\n' >&3; "
    "cat "
    "<&3";

TEST(Exec, ServesOrRefusesTheFirstVersion) {
  const std::vector<std::vector<std::string>> asked = {{}, {"--v1", "served"}, {"--v1", "refused"}};
  for (const std::vector<std::string>& options : asked) {
    std::vector<std::string> command{"exec"};
    command.insert(command.end(), options.begin(), options.end());
    for (const char* word : {"--", "bash", "-c", ask_for_version}) command.emplace_back(word);
    const std::string shown = options.empty() ? "served" : options.back();
    const auto end = run_program(command);
    EXPECT_NE(end.output.find("\"v1\": \"" + shown + "\""), std::string::npos) << end.output;
  }
  EXPECT_EQ(run_program({"exec", "--v1", "gone", "--", "true"}).status, 2);
}

TEST(Exec, ShowsTheProfileThatWasAskedFor) {
  for (const std::string profile : {"schema", "recorded"}) {
    const auto end =
        run_program({"exec", "--profile", profile, "--", "bash", "-c", ask_for_version});
    EXPECT_NE(end.output.find("\"profile\": \"" + profile + "\""), std::string::npos) << end.output;
  }
}

TEST(Exec, LogsEachRequestWhenAsked) {
  const auto end = run_program({"exec", "--log", "lines", "--", "bash", "-c", ask_for_nothing});
  EXPECT_EQ(end.error.find("404 GET /v1/nowhere  (route.unknown)\n"), 0U) << end.error;
}

TEST(Exec, UsesTheFirstKeyThatIsLetIn) {
  const auto end = run_program(
      {"exec", "--key", "sk-first,sk-second", "--", "sh", "-c", "echo $OPENAI_API_KEY"});
  EXPECT_EQ(end.output, "sk-first\n");
}

}  // namespace
}  // namespace assistants_mock::tests
