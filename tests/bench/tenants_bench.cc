// A thousand keys at once, as many test suites on one server would use them: what a world of one's
// own costs in time and memory.
#include <cstdio>
#include <deque>
#include <stdexcept>
#include <thread>

#include "assistants_mock/mock_server.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/http_load.h"
#include "tests/bench/measure.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::bench {
namespace {

constexpr std::size_t conversations = 1'000;
constexpr std::size_t clients = 16;
constexpr int steps = 6;

std::string id_in(const std::string& body, std::string_view prefix) {
  const std::size_t begin = body.find(prefix);
  if (begin == std::string::npos) throw std::runtime_error("unexpected answer: " + body);
  return body.substr(begin, body.find('"', begin) - begin);
}

std::string headers_for(const std::string& key) {
  return "Authorization: Bearer " + key + "\r\nOpenAI-Beta: assistants=v2\r\n";
}

class Conversation {
 public:
  Conversation(std::size_t number, const std::string& key)
      : words_("I am number " + std::to_string(number) + "."), headers_(headers_for(key)) {}

  void step(int step, tests::RawClient& client) {
    switch (step) {
      case 0:
        assistant_ = id_in(post(client, "/assistants", R"({"model":"gpt-4o"})"), "asst_");
        break;
      case 1:
        thread_ = id_in(post(client, "/threads", "{}"), "thread_");
        break;
      case 2:
        post(client, "/threads/" + thread_ + "/messages",
             R"({"role":"user","content":")" + words_ + R"("})");
        break;
      case 3:
        run_ = id_in(post(client, "/threads/" + thread_ + "/runs",
                          R"({"assistant_id":")" + assistant_ + R"("})"),
                     "run_");
        break;
      case 4:
        get(client, "/threads/" + thread_ + "/runs/" + run_, R"("completed")");
        break;
      default:
        get(client, "/threads/" + thread_ + "/messages", "\"You said: " + words_ + "\"");
    }
  }

 private:
  std::string post(tests::RawClient& client, const std::string& path, const std::string& body) {
    client.send(post_request("/v1" + path, body, headers_));
    return client.read_answer().body;
  }
  // Its own words, and nobody else's.
  void get(tests::RawClient& client, const std::string& path, const std::string& expected) {
    client.send(get_request("/v1" + path, headers_));
    const std::string body = client.read_answer().body;
    if (body.find(expected) == std::string::npos)
      throw std::runtime_error("expected " + expected + " in " + body);
  }

  std::string words_;
  std::string headers_;
  std::string assistant_;
  std::string thread_;
  std::string run_;
};

// Every conversation takes its first step, then every one its second, and so on. What a client
// throws ends the program: it is a defect.
void converse_side_by_side(int port, std::size_t keys) {
  std::vector<std::jthread> threads;
  for (std::size_t client = 0; client < clients; ++client)
    threads.emplace_back([=] {
      tests::RawClient connection(port);
      std::deque<Conversation> own;
      for (std::size_t number = client; number < conversations; number += clients)
        own.emplace_back(number, "key-" + std::to_string(number % keys));
      for (int step = 0; step < steps; ++step)
        for (Conversation& conversation : own) conversation.step(step, connection);
    });
}

mock_server::MockServerOptions options() {
  return {.time_mode = mock_server::TimeMode::immediate};
}

double conversations_per_second(std::size_t keys) {
  const mock_server::MockServer server(options());
  const double took = microseconds_of([&] { converse_side_by_side(server.port(), keys); });
  return conversations / took * 1e6;
}

// What a thousand keys hold that asked for one thing, and that had a conversation each.
void report_memory() {
  const mock_server::MockServer server(options());
  const std::size_t before = resident_bytes();
  tests::RawClient client(server.port());
  for (std::size_t key = 0; key < conversations; ++key) {
    client.send(get_request("/v1/models", headers_for("key-" + std::to_string(key))));
    client.read_answer();
  }
  const std::size_t empty = resident_bytes();
  converse_side_by_side(server.port(), conversations);
  const std::size_t used = resident_bytes();
  const auto each = [](std::size_t bytes) {
    return static_cast<double>(bytes) / conversations / 1024;
  };
  std::printf("  memory of a key: %.1f KiB empty, %.1f KiB more with a conversation\n",
              each(empty - before), each(used - empty));
}

}  // namespace

void report_tenants() {
  std::vector<double> apart;
  std::vector<double> together;
  std::vector<double> ratios;
  for (int round = 0; round < rounds; ++round) {
    together.push_back(conversations_per_second(1));
    apart.push_back(conversations_per_second(conversations));
    ratios.push_back(apart.back() / together.back());
  }
  std::printf(
      "%zu conversations of six requests, %zu connections: %.0f/s with a key each, %.0f/s with one "
      "key, ratio %.2f\n",
      conversations, clients, median(apart), median(together), median(ratios));
  report_memory();
}

}  // namespace assistants_mock::bench
