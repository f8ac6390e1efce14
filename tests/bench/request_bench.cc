#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "assistants_mock/mock_server.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/http_baselines.h"
#include "tests/bench/measure.h"
#include "tests/bench/nginx_server.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::bench {
namespace {

// What an SDK sends with every request.
constexpr const char* headers =
    "Authorization: Bearer sk-0123456789\r\nOpenAI-Beta: assistants=v2\r\n"
    "User-Agent: bench/1.0\r\nAccept: application/json\r\nContent-Type: application/json\r\n";
constexpr const char* message = R"({"role":"user","content":"What is the weather in Oslo today?"})";

std::string id_of(const tests::RawAnswer& answer) {
  return nlohmann::json::parse(answer.body).at("id");
}

// A server with a completed run, and what the requests of the comparison answer.
struct Subject {
  mock_server::MockServer server{{.time_mode = mock_server::TimeMode::immediate}};
  std::string get_run;
  std::string post_message;
  tests::RawAnswer run_answer;
  tests::RawAnswer message_answer;

  Subject() {
    const auto post = [&](const std::string& path, const std::string& body) {
      return tests::ask(server.port(), post_request("/v1" + path, body, headers));
    };
    const std::string assistant = id_of(post("/assistants", R"({"model":"gpt-4o"})"));
    const std::string thread = id_of(post("/threads", "{}"));
    message_answer = post("/threads/" + thread + "/messages", message);
    const std::string run =
        id_of(post("/threads/" + thread + "/runs", R"({"assistant_id":")" + assistant + R"("})"));
    get_run = get_request("/v1/threads/" + thread + "/runs/" + run, headers);
    post_message = post_request("/v1/threads/" + thread + "/messages", message, headers);
    run_answer = tests::ask(server.port(), get_run);
  }
};

// What the mock answered, headers included: the front is to have the same to write. It adds those
// of the connection itself.
mock_server::api::Response same_answer(const tests::RawAnswer& answer) {
  mock_server::api::Response same{.headers = {}, .body = answer.body};
  for (const auto& [name, value] : answer.headers)
    if (name != "Content-Length" && name != "Connection") same.headers.emplace_back(name, value);
  return same;
}

// nginx has no answer to a POST: it is asked for a file of the same size in any case.
void compare_with_baselines(const std::string& title, const Subject& subject,
                            const std::string& request, const tests::RawAnswer& answer) {
  const BareServer bare(answer.body);
  const auto nginx = NginxServer::start(answer.body);
  const auto constant = constant_front(same_answer(answer));
  std::vector<Target> targets = {{"bare epoll", bare.port(), request}};
  if (nginx) targets.push_back({"nginx", nginx->port(), get_request("/run.json", headers)});
  targets.push_back({"constant answer", constant->port(), request});
  targets.push_back({"the mock", subject.server.port(), request});
  compare(std::move(targets), title);
  if (!nginx) std::printf("  (nginx is not installed: apt-get install nginx-light)\n");
}

}  // namespace

void report_requests() {
  const Subject subject;
  compare_with_baselines("GET run", subject, subject.get_run, subject.run_answer);
  compare_with_baselines("POST message", subject, subject.post_message, subject.message_answer);
}

}  // namespace assistants_mock::bench
