// Which events a stream may have (scenarios/stream_events.h), beside streams that are played: no
// stream has another one, and each that may come does come in some stream.
#include "scenarios/stream_events.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "assistants_mock/scenario_book.h"
#include "tests/mock_server/test_api.h"
#include "tests/stream_events.h"
#include "tests/stream_table_check.h"

namespace assistants_mock::mock_server::api {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::ordered_json;
using scenarios::StreamOf;
using tests::StreamEvent;

using Seen = std::map<StreamOf, std::set<std::string_view>>;

enum class Meanwhile { nothing, cancel, deletion };

// One conversation whose run is streamed; outputs are submitted whenever they are asked for.
class StreamedRun {
 public:
  StreamedRun(const std::string& steps, Meanwhile meanwhile, Seen& seen)
      : api_(scenarios::ScenarioBook::parse("runs: [{ do: [" + steps + "] }]")),
        meanwhile_(meanwhile),
        seen_(seen) {}

  void play(StreamOf request) {
    const std::string assistant =
        api_.post("/assistants", R"({"model":"gpt-4o","instructions":"Größe in Metern, bitte."})")
            .id();
    const Json body{{"assistant_id", assistant}, {"stream", true}};
    const std::string thread =
        request == StreamOf::created_run ? api_.post("/threads", "{}").id() : "";
    follow(request, api_.post(thread.empty() ? "/threads/runs" : "/threads/" + thread + "/runs",
                              body.dump()));
    constexpr int most_turns = 5;
    for (int turn = 0; turn < most_turns && needs_outputs(); ++turn) submit();
  }

 private:
  bool needs_outputs() const { return run_.at("status") == "requires_action"; }
  std::string thread_path() const { return "/threads/" + run_.at("thread_id").get<std::string>(); }
  std::string run_path() const {
    return thread_path() + "/runs/" + run_.at("id").get<std::string>();
  }

  void submit() {
    Json outputs = Json::array();
    for (const Json& call : run_.at("required_action").at("submit_tool_outputs").at("tool_calls"))
      outputs.push_back({{"tool_call_id", call.at("id")}, {"output", "12 °C"}});
    const Json body{{"stream", true}, {"tool_outputs", outputs}};
    follow(StreamOf::submitted_outputs,
           api_.post(run_path() + "/submit_tool_outputs", body.dump()));
  }

  void follow(StreamOf request, const TestAnswer& answer) {
    ASSERT_EQ(answer.status, 200) << answer.json;
    std::string bytes;
    api_.advance(2s);  // to the middle of what it does
    if (read(*answer.stream, bytes) == EventStream::State::open) {
      if (meanwhile_ == Meanwhile::cancel) api_.post(run_path() + "/cancel");
      if (meanwhile_ == Meanwhile::deletion) api_.del(thread_path());
      api_.advance(601s);  // no run lives longer
      EXPECT_EQ(read(*answer.stream, bytes), EventStream::State::ended);
    }
    tests::expect_as_in_the_table(tests::stream_events(bytes), request, seen_[request]);
  }

  EventStream::State read(RunStream& stream, std::string& bytes) {
    const auto state = stream.read(bytes, 0ms);
    for (const StreamEvent& event : tests::stream_events(bytes))
      if (event.name.starts_with("thread.run.") && !event.name.starts_with("thread.run.step."))
        run_ = Json::parse(event.data);
    return state;
  }

  TestApi api_;
  Meanwhile meanwhile_;
  Seen& seen_;
  Json run_;
};

TEST(StreamEvents, AreThoseOfTheTableAndAllOfThem) {
  const std::vector<std::string> ways = {
      "{ say: Grüße }",
      "{ call: { get_weather: { city: Köln } } }",
      "{ say: Das heißt, unfinished: true }, { fail: server_error }",
      "{ say: Das heißt, unfinished: true }, { incomplete: max_completion_tokens }",
      "{ say: Das heißt, unfinished: true }, { hang: }",
  };
  Seen seen;
  for (const std::string& way : ways)
    for (const auto meanwhile : {Meanwhile::nothing, Meanwhile::cancel, Meanwhile::deletion}) {
      for (const auto request : {StreamOf::created_run, StreamOf::created_thread_and_run})
        StreamedRun(way, meanwhile, seen).play(request);
      StreamedRun("{ call: get_weather }, " + way, meanwhile, seen).play(StreamOf::created_run);
    }
  for (const auto request :
       {StreamOf::submitted_outputs, StreamOf::created_run, StreamOf::created_thread_and_run})
    for (const auto& event : scenarios::stream_events)
      EXPECT_EQ(seen[request].contains(event.name), request >= event.since)
          << event.name << " in streams of kind " << static_cast<int>(request);
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
