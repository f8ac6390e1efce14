// docs/control.md: its table beside the code's, and its lines of curl, which are run.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "assistants_mock/mock_server.h"
#include "mock_server/control/control.h"
#include "tests/docs/command_line.h"
#include "tests/docs/document.h"
#include "tests/docs/joined_table.h"
#include "tests/golden_file.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view page = "docs/control.md";

TEST(ControlPage, ListsTheRoutesOfTheCode) {
  std::string table = "| route | what it does |\n|---|---|\n";
  for (const auto& route : mock_server::control::control_routes())
    table += "| " + code(std::string(route.method) + " /_mock" + std::string(route.path)) + " | " +
             std::string(route.does) + " |\n";
  expect_generated_part(page, "control routes", table);
}

// A client with the key of the page, on connections of its own.
class Client {
 public:
  explicit Client(int port) : port_(port) {}

  json post(const std::string& path, const json& body) const {
    const std::string text = body.dump();
    return json::parse(ask(port_, "POST /v1" + path +
                                      " HTTP/1.1\r\nHost: mock\r\nAuthorization: Bearer test-42\r\n"
                                      "OpenAI-Beta: assistants=v2\r\nContent-Length: " +
                                      std::to_string(text.size()) + "\r\n\r\n" + text)
                           .body);
  }
  // A thread with a message, and a run on it that is queued; the message after it is refused.
  std::string converse() const {
    const json assistant = post("/assistants", {{"model", "gpt-4o"}});
    const json message = {{"role", "user"}, {"content", "Weather in Oslo?"}};
    const json thread = post("/threads", {{"messages", {message}}});
    const std::string path = "/threads/" + thread.at("id").get<std::string>();
    const json run = post(path + "/runs", {{"assistant_id", assistant.at("id")}});
    post(path + "/messages", message);
    return run.at("id");
  }

 private:
  int port_;
};

std::vector<std::string> curl_lines(const CodeBlock& block) {
  std::vector<std::string> found;
  std::istringstream lines(block.text);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("curl ")) found.push_back(line);
  return found;
}

// Each block is run after a conversation of the client. What comes back was reviewed; ids and times
// are the same at every try.
TEST(ControlPage, EveryLineDoesWhatItSays) {
  if (run("curl --version", ".").status != 0) GTEST_SKIP() << "there is no curl";
  mock_server::MockServer server({.scenarios = scenarios::ScenarioBook::load("weather_tool")});
  const Client client(server.port());
  const fs::path folder = fs::path(::testing::TempDir()) / "control_page";
  fs::create_directories(folder);
  std::ofstream(folder / "chat.yaml") << "scenario: chat\nruns: [{do: [{say: Hello}]}]\n";

  std::string seen;
  for (const CodeBlock& block : code_blocks(document(page))) {
    const std::vector<std::string> lines = curl_lines(block);
    if (lines.empty()) continue;
    const std::string run_id = client.converse();
    for (const std::string& line : lines) {
      const Ran ran = run("MOCK=http://127.0.0.1:" + std::to_string(server.port()) +
                              " RUN=" + run_id + " && curl -sSf --noproxy '*'" + line.substr(4),
                          folder);
      EXPECT_EQ(ran.status, 0) << line << "\n" << ran.output;
      EXPECT_TRUE(json::accept(ran.output)) << line << "\n" << ran.output;
      seen += "$ " + line + "\n" + ran.output + "\n\n";
    }
  }
  expect_golden("fixtures/control/curl_lines.txt", seen);
}

// No route without a line.
TEST(ControlPage, ShowsEveryRoute) {
  std::string lines;
  for (const CodeBlock& block : code_blocks(document(page)))
    for (const std::string& line : curl_lines(block)) lines += line + "\n";
  for (const auto& route : mock_server::control::control_routes()) {
    const std::string path = "/_mock" + std::string(route.path.substr(0, route.path.find('{')));
    EXPECT_NE(lines.find(path), std::string::npos) << path;
    if (route.method != "GET" && route.method != "POST") {
      EXPECT_NE(lines.find("-X " + std::string(route.method) + " \"$MOCK" + path),
                std::string::npos)
          << route.method << " " << path;
    }
  }
}

}  // namespace
}  // namespace assistants_mock::tests
