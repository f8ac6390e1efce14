// A check of yours: a client has a conversation under each of many scenarios, and what it does
// wrong is told with the few lines of YAML that show it. This client has a common mistake: of the
// states in which a run ends it lacks one.
#include <assistants_mock/check_client.h>
#include <httplib.h>

#include <cstdlib>
#include <iostream>
#include <string>

using namespace assistants_mock::mock_server;

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

class MyClient {
 public:
  MyClient(const std::string& base_url, const std::string& api_key)
      : http_(base_url.substr(0, base_url.find("/v1"))),
        headers_{{"Authorization", "Bearer " + api_key}, {"OpenAI-Beta", "assistants=v2"}} {}

  // The newest message on the thread when the run has ended.
  std::string ask(const std::string& question) {
    const auto assistant = text_of(post("/assistants", R"({"model":"gpt-4o"})"), "id");
    const auto thread = "/threads/" + text_of(post("/threads", "{}"), "id");
    post(thread + "/messages", R"({"role":"user","content":")" + question + R"("})");
    const auto run = post(thread + "/runs", R"({"assistant_id":")" + assistant + R"("})");
    follow(thread + "/runs/" + text_of(run, "id"));
    return last_run_completed() ? text_of(get(thread + "/messages"), "value") : "";
  }
  bool last_run_completed() const { return status_ == "completed"; }

 private:
  void follow(const std::string& run) {
    constexpr int most_polls = 200;
    for (int polls = 0; polls < most_polls; ++polls) {
      status_ = text_of(get(run), "status");
      if (status_ == "completed" || status_ == "failed" || status_ == "cancelled" ||
          status_ == "expired")
        return;
    }
  }
  std::string post(const std::string& path, const std::string& body) {
    const auto answer = http_.Post("/v1" + path, headers_, body, "application/json");
    return answer ? answer->body : "";
  }
  std::string get(const std::string& path) {
    const auto answer = http_.Get("/v1" + path, headers_);
    return answer ? answer->body : "";
  }

  httplib::Client http_;
  httplib::Headers headers_;
  std::string status_ = {};
};

}  // namespace

int main() {
  CheckOptions options;
  options.profile = CaseProfile::gentle;      // a service in good order is enough to find it
  options.rules["polling.hasty"].off = true;  // here it does not pause between polls
  const CheckReport report = check_client(options, [](const Case& asked) {
    MyClient client(asked.base_url, asked.api_key);
    ClientEnd end;
    end.output = client.ask("Hello.");
    end.success = client.last_run_completed();
    return end;
  });
  std::cout << report.text;
  expect(!report.passed(), "the client breaks a rule");
  const BrokenRule& broken = report.broken.front();
  expect(broken.rule == "polling.after_end", "it polls a run that has ended");
  expect(report.text.find("- incomplete: ") != std::string::npos,
         "the run that it does not know to have ended is incomplete");
}
