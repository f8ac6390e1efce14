// Long threads and full stores, without sockets: what should cost the same however much there is,
// and how large objects are.
#include <malloc.h>

#include <array>
#include <cstdio>
#include <functional>

#include "mock_server/api/api.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/measure.h"
#include "tests/mock_server/test_api.h"

namespace assistants_mock::bench {
namespace {

using mock_server::api::Api;
using mock_server::api::Pace;

class Client {
 public:
  explicit Client(Pace pace = Pace::immediate)
      : api_({.world = {.limits = {.objects = 2'000'000}}, .pace = pace},
             scenarios::RuleMatcher(scenarios::ScenarioBook::load("echo").shared())) {}

  std::string send(const char* method, const std::string& path, const std::string& body = "") {
    auto handled = api_.handle({method, "/v1" + path, headers_, body});
    if (handled.response.status != 200) throw std::runtime_error(handled.response.body);
    return std::move(handled.response.body);
  }
  std::string get(const std::string& path) { return send("GET", path); }
  // The id of what was made.
  std::string post(const std::string& path, const std::string& body) {
    const std::string answer = send("POST", path, body);
    const std::size_t begin = answer.find("\"id\": \"") + 7;
    return answer.substr(begin, answer.find('"', begin) - begin);
  }

 private:
  mock_server::api::Headers headers_ = mock_server::TestApi::client_headers();
  Api api_;
};

constexpr const char* user_message = R"({"role":"user","content":"What is new in Oslo today?"})";
constexpr const char* assistant_message = R"({"role":"assistant","content":"Nothing, as ever."})";

// ---- Long threads -------------------------------------------------------------------------------

constexpr std::array<std::size_t, 4> lengths = {100, 1'000, 10'000, 100'000};

struct LongThread {
  Client client;
  std::string assistant = client.post("/assistants", R"({"model":"gpt-4o"})");
  std::string thread = client.post("/threads", "{}");
  std::string messages = "/threads/" + thread + "/messages";
  std::string run_body = R"({"assistant_id":")" + assistant + R"("})";
  std::vector<std::string> ids;

  void grow_to(std::size_t length, const char* message) {
    while (ids.size() < length) ids.push_back(client.post(messages, message));
  }
  const std::string& middle() const { return ids[ids.size() / 2]; }
  const std::string& nearly_last() const { return ids[ids.size() - 10]; }
};

struct Operation {
  const char* name;
  std::function<void(LongThread&)> perform;
};

Operation listing(const char* name, std::function<std::string(const LongThread&)> query) {
  return {name, [query = std::move(query)](LongThread& thread) {
            thread.client.get(thread.messages + query(thread));
          }};
}

std::vector<Operation> operations() {
  using T = const LongThread&;
  return {
      listing("list, newest first", [](T) { return "?limit=20"; }),
      listing("list, oldest first", [](T) { return "?limit=20&order=asc"; }),
      listing("list after the middle", [](T t) { return "?limit=20&after=" + t.middle(); }),
      listing("  oldest first", [](T t) { return "?limit=20&order=asc&after=" + t.middle(); }),
      listing("list before the middle", [](T t) { return "?limit=20&before=" + t.middle(); }),
      listing("  oldest first", [](T t) { return "?limit=20&order=asc&before=" + t.middle(); }),
      listing("list the last page",
              [](T t) { return "?limit=20&order=asc&after=" + t.nearly_last(); }),
      {"get a message", [](LongThread& t) { t.client.get(t.messages + "/" + t.middle()); }},
      {"create a message", [](LongThread& t) { t.client.post(t.messages, user_message); }},
      {"create a run, to its end",
       [](LongThread& t) { t.client.post("/threads/" + t.thread + "/runs", t.run_body); }},
  };
}

double microseconds_each(LongThread& thread, const Operation& operation) {
  std::vector<double> times;
  for (int time = 0; time < 101; ++time)
    times.push_back(microseconds_of([&] { operation.perform(thread); }));
  return median(std::move(times));
}

// A row for each operation, a column for each length.
void report_long_threads(const char* title, const char* message,
                         const std::vector<Operation>& rows) {
  std::vector<std::vector<double>> times(rows.size());
  LongThread thread;
  thread.client.post(thread.messages, user_message);
  for (const std::size_t length : lengths) {
    thread.grow_to(length, message);
    for (std::size_t row = 0; row < rows.size(); ++row)
      times[row].push_back(microseconds_each(thread, rows[row]));
  }
  std::printf("%-38s", title);
  for (const std::size_t length : lengths) std::printf("%11zu", length);
  std::printf("   last/first\n");
  for (std::size_t row = 0; row < rows.size(); ++row) {
    std::printf("  %-36s", rows[row].name);
    for (const double time : times[row]) std::printf("%8.1f us", time);
    std::printf("   %.2f\n", times[row].back() / times[row].front());
  }
}

// ---- Full stores --------------------------------------------------------------------------------

std::size_t allocated_bytes() {
  const auto info = ::mallinfo2();
  return info.uordblks + info.hblkhd;
}

// Makes objects until there are ten thousand, a hundred thousand and a million of them.
void report_full_store(const char* name, std::size_t objects_each,
                       const std::function<void()>& make) {
  const std::size_t before = allocated_bytes();
  std::printf("  %-36s", name);
  std::size_t made = 0;
  std::size_t made_before = 0;
  double took = 0;
  for (const std::size_t objects : {10'000U, 100'000U, 1'000'000U}) {
    made_before = made;
    took = microseconds_of([&] {
      for (; made * objects_each < objects; ++made) make();
    });
    const auto bytes = static_cast<double>(allocated_bytes() - before);
    std::printf("%8.0f B", bytes / static_cast<double>(made));
    std::fflush(stdout);
  }
  std::printf("%9.1f us\n", took / static_cast<double>(made - made_before));
}

void report_full_stores() {
  std::printf(
      "bytes of each, in a store of ...         10,000   100,000 1,000,000  time to make\n");
  {
    LongThread thread;
    report_full_store("message of 26 letters", 1,
                      [&] { thread.client.post(thread.messages, user_message); });
  }
  {
    Client client;
    report_full_store("empty thread", 1, [&] { client.post("/threads", "{}"); });
  }
  {
    LongThread thread;
    thread.client.post(thread.messages, user_message);
    report_full_store("run, its step, message and events", 3, [&] {
      thread.client.post("/threads/" + thread.thread + "/runs", thread.run_body);
    });
  }
}

}  // namespace

void report_growth() {
  report_long_threads("a thread with so many messages", user_message, operations());
  report_long_threads("all but the first by the assistant", assistant_message,
                      {operations().front(), operations().back()});
  report_full_stores();
}

}  // namespace assistants_mock::bench
