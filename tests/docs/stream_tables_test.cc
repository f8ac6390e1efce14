// docs/wire/streaming.md beside the names of events and beside streams of the shipped scenarios,
// played here.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "mock_server/engine/event_log.h"
#include "scenarios/stream_events.h"
#include "tests/docs/joined_table.h"
#include "tests/mock_server/test_api.h"
#include "tests/stream_events.h"

namespace assistants_mock::tests {
namespace {

using namespace std::chrono_literals;
using mock_server::TestAnswer;
using mock_server::TestApi;

constexpr std::string_view page = "docs/wire/streaming.md";

TEST(WireDocs, EventsAreThoseOfTheCode) {
  JoinedTable table{{"event", "ends the stream"}, {"data", "when"}};
  for (std::size_t place = 0; place < scenarios::stream_events.size(); ++place) {
    const auto event = static_cast<mock_server::engine::EventName>(place);
    table.rows.push_back(
        {code(name(event)), mock_server::engine::ends_stream(event) ? "yes" : "–"});
  }
  table.rows.push_back({"`done`", "is the end"});
  expect_joined_table(page, "events", table);
}

// "thread.run.step.created" as the page writes it: P created.
std::string in_short(const std::string& event) {
  struct Letter {
    std::string_view prefix;
    std::string_view letter;
  };
  constexpr std::array letters = {Letter{"thread.run.step.", "P "}, Letter{"thread.run.", "R "},
                                  Letter{"thread.message.", "M "}};
  for (const auto& [prefix, letter] : letters)
    if (event.starts_with(prefix)) return std::string(letter) + event.substr(prefix.size());
  return event;
}

// The names of the events, a row of deltas told as one.
std::string order_of(const std::string& bytes) {
  std::string order;
  std::string last;
  for (const StreamEvent& event : stream_events(bytes)) {
    if (event.name == last && event.name.ends_with(".delta")) continue;
    last = event.name;
    order += (order.empty() ? "" : ", ") + in_short(event.name);
    if (event.name.ends_with(".delta")) order += "…";
  }
  return order;
}

// One run of a scenario, streamed.
class StreamedRun {
 public:
  explicit StreamedRun(const std::string& scenario) : api_(scenario) {
    assistant_ = api_.post("/assistants", R"({"model":"gpt-4o","instructions":"Be brief."})").id();
  }

  StreamedRun& begin() {
    thread_ = api_.post("/threads", R"({"messages":[)" + question + "]}").id();
    return follow(api_.post("/threads/" + thread_ + "/runs", body("")));
  }
  StreamedRun& begin_with_thread() {
    return follow(api_.post("/threads/runs", body(R"(,"thread":{"messages":[)" + question + "]}")));
  }
  StreamedRun& submit() {
    std::string outputs;
    const auto run = api_.get(run_path()).json;
    for (const auto& call : run.at("required_action").at("submit_tool_outputs").at("tool_calls"))
      outputs += (outputs.empty() ? "" : ",") +
                 (R"({"output":"{\"temperature\":\"12 C\"}",)" +
                  (R"("tool_call_id":)" + call.at("id").dump())) +
                 "}";
    return follow(api_.post(run_path() + "/submit_tool_outputs",
                            R"({"stream":true,"tool_outputs":[)" + outputs + "]}"));
  }
  StreamedRun& cancel() {
    EXPECT_EQ(api_.post(run_path() + "/cancel").status, 200);
    return *this;
  }
  StreamedRun& delete_thread() {
    EXPECT_EQ(api_.del("/threads/" + thread_).status, 200);
    return *this;
  }
  StreamedRun& wait(state_machine::Duration by) {
    api_.advance(by);
    stream_->read(bytes_, 0ms);
    return *this;
  }
  std::string order() const { return order_of(bytes_); }

 private:
  inline static const std::string question =
      R"({"role":"user","content":"What is the weather in Oslo?"})";

  std::string body(const std::string& more) const {
    return R"({"assistant_id":")" + assistant_ + R"(","stream":true)" + more + "}";
  }
  std::string run_path() const { return "/threads/" + thread_ + "/runs/" + stream_->run_id(); }
  StreamedRun& follow(const TestAnswer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.json;
    stream_ = answer.stream;
    bytes_.clear();
    return *this;
  }

  TestApi api_;
  std::string assistant_;
  std::string thread_;
  std::shared_ptr<mock_server::api::RunStream> stream_;
  std::string bytes_;
};

struct Order {
  std::string_view row;
  std::string_view what;
  std::string_view scenario;
  std::function<void(StreamedRun&)> play;
};

const std::vector<Order>& orders() {
  constexpr auto whole = [](StreamedRun& run) { run.begin().wait(601s); };
  constexpr auto cancelled = [](StreamedRun& run) { run.begin().wait(2s).cancel().wait(60s); };
  static const std::vector<Order> all = {
      {"A", "a text", "echo", whole},
      {"B", "a thread made with the run", "echo",
       [](StreamedRun& run) { run.begin_with_thread().wait(60s); }},
      {"C", "a function call", "weather_tool", [](StreamedRun& run) { run.begin().wait(60s); }},
      {"D", "outputs after C", "weather_tool",
       [](StreamedRun& run) { run.begin().wait(60s).submit().wait(60s); }},
      {"E", "several messages", "several_messages", whole},
      {"F", "several calls at once", "parallel_tools",
       [](StreamedRun& run) { run.begin().wait(60s); }},
      {"G", "code that the service runs", "code_interpreter_plot", whole},
      {"H", "a search of files", "file_search_with_citations", whole},
      {"G, H, C", "hosted tools beside a function", "mixed_hosted_and_function",
       [](StreamedRun& run) { run.begin().wait(60s); }},
      {"G, H, D", "outputs after that", "mixed_hosted_and_function",
       [](StreamedRun& run) { run.begin().wait(60s).submit().wait(60s); }},
      {"I", "failed, nothing open", "fails_server_error", whole},
      {"I, open", "failed in mid-message", "fails_mid_message", whole},
      {"I, code", "failed while code is written", "code_interpreter_fails", whole},
      {"J", "cancelled, nothing open", "hangs_in_progress", cancelled},
      {"J, open", "cancelled in mid-message", "hangs_mid_message", cancelled},
      {"K", "token limit, nothing open", "out_of_prompt_tokens", whole},
      {"K, open", "token limit in mid-message", "out_of_completion_tokens", whole},
      {"L", "expired, never picked up", "never_picked_up", whole},
      {"L, open", "expired in mid-message", "hangs_mid_message", whole},
      {"M", "a fault: its thread is deleted", "hangs_mid_message",
       [](StreamedRun& run) { run.begin().wait(2s).delete_thread().wait(1s); }},
  };
  return all;
}

TEST(WireDocs, OrdersAreThoseOfPlayedScenarios) {
  JoinedTable table{{"row", "what happens", "events"}, {"how sure", "held by"}};
  for (const Order& order : orders()) {
    StreamedRun run{std::string(order.scenario)};
    order.play(run);
    EXPECT_TRUE(run.order().ends_with("done")) << order.row << ": " << run.order();
    table.rows.push_back({code(order.row),
                          std::string(order.what) + " (scenario " + code(order.scenario) + ")",
                          run.order()});
  }
  expect_joined_table(page, "orders", table);
}

}  // namespace
}  // namespace assistants_mock::tests
