#include <cstdio>

#include "mock_server/api/api.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/measure.h"
#include "tests/mock_server/test_api.h"

namespace assistants_mock::bench {
namespace {

using mock_server::TestApi;
using mock_server::api::Api;
using mock_server::api::ApiOptions;
using mock_server::api::Pace;
using mock_server::api::Request;

std::string id_in(const std::string& body, std::string_view prefix) {
  const std::size_t begin = body.find(prefix);
  return body.substr(begin, body.find('"', begin) - begin);
}

struct Client {
  Api api{ApiOptions{.pace = Pace::immediate}, scenarios::ScenarioBook::load("echo").shared()};
  mock_server::api::Headers headers = TestApi::client_headers();

  std::string send(const char* method, const std::string& target, const std::string& body = "") {
    return api.handle(Request{method, target, headers, body}).response.body;
  }

  // Five requests: thread, message, run, its end, the reply.
  void converse(const std::string& assistant) {
    const std::string thread = id_in(send("POST", "/v1/threads", "{}"), "thread_");
    send("POST", "/v1/threads/" + thread + "/messages",
         R"({"role":"user","content":"Hello there"})");
    const std::string run = id_in(send("POST", "/v1/threads/" + thread + "/runs",
                                       R"({"assistant_id":")" + assistant + R"("})"),
                                  "run_");
    send("GET", "/v1/threads/" + thread + "/runs/" + run);
    send("GET", "/v1/threads/" + thread + "/messages");
  }
};

}  // namespace

void report_conversations() {
  constexpr int conversations = 10'000;
  std::vector<double> rates;
  for (int round = 0; round < rounds; ++round) {
    Client client;
    const std::string assistant =
        id_in(client.send("POST", "/v1/assistants", R"({"model":"gpt-4o"})"), "asst_");
    const double took = microseconds_of([&] {
      for (int left = conversations; left > 0; --left) client.converse(assistant);
    });
    rates.push_back(conversations / took * 1e6);
  }
  std::printf("conversations of five requests, no sockets, one core: %.0f/s\n", median(rates));
}

}  // namespace assistants_mock::bench
