// A test of yours, without a test framework: starts a mock in this process, lets a client talk to
// it, moves time, and looks at what was asked. Built by nothing but find_package(assistants_mock).
#include <assistants_mock/mock_server.h>
#include <httplib.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <string>

using assistants_mock::mock_server::MockServer;
using assistants_mock::mock_server::ScenarioBook;
using namespace std::chrono_literals;

namespace {

void expect(bool holds, const std::string& what) {
  std::cout << (holds ? "ok      " : "not ok  ") << what << '\n';
  if (!holds) std::exit(EXIT_FAILURE);
}

// The value of the first "key": "..." in `json`; a client of yours would parse it.
std::string text_of(const std::string& json, const std::string& key) {
  const auto name = json.find('"' + key + '"');
  if (name == std::string::npos) return "";
  const auto begin = json.find('"', json.find(':', name)) + 1;
  return json.substr(begin, json.find('"', begin) - begin);
}

class Client {
 public:
  explicit Client(const MockServer& server) : http_("127.0.0.1", server.port()) {}

  std::string post(const std::string& path, const std::string& body) {
    const auto answer = http_.Post("/v1" + path, headers_, body, "application/json");
    return answer ? answer->body : "";
  }

  std::string get(const std::string& path) {
    const auto answer = http_.Get("/v1" + path, headers_);
    return answer ? answer->body : "";
  }

 private:
  httplib::Client http_;
  httplib::Headers headers_{{"Authorization", "Bearer sk-example"},
                            {"OpenAI-Beta", "assistants=v2"}};
};

}  // namespace

int main() {
  MockServer server({.scenarios = ScenarioBook::load("weather_tool")});
  Client client(server);

  const std::string assistant = text_of(client.post("/assistants", R"({"model":"gpt-4o","tools":[
          {"type":"function","function":{"name":"get_weather"}}]})"),
                                        "id");
  const std::string thread = text_of(
      client.post("/threads",
                  R"({"messages":[{"role":"user","content":"What is the weather in Oslo?"}]})"),
      "id");
  const std::string runs = "/threads/" + thread + "/runs";
  const std::string run =
      text_of(client.post(runs, R"({"assistant_id":")" + assistant + R"("})"), "id");
  expect(text_of(client.get(runs + "/" + run), "status") == "queued", "a run begins as queued");

  server.advance(10s);  // scripted time; nobody sleeps
  expect(text_of(client.get(runs + "/" + run), "status") == "requires_action",
         "the scenario asks for the weather");

  server.advance(10min);
  expect(text_of(client.get(runs + "/" + run), "status") == "expired",
         "a run that nobody answers expires");

  const auto requests = server.requests();
  expect(requests.size() == 6, "every request was recorded");
  expect(requests.front().method == "POST" && requests.front().status == 200,
         "the first of them made the assistant");
}
