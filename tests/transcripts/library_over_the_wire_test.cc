// Every shipped scenario, streamed and polled to its end through the API: streams keep what clients
// demand of them, and a poller is told the same end.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <sstream>
#include <string_view>

#include "assistants_mock/scenario_book.h"
#include "scenarios/scenario.h"
#include "scenarios/stream_events.h"
#include "tests/golden_file.h"
#include "tests/mock_server/test_api.h"
#include "tests/stream_events.h"
#include "tests/stream_table_check.h"
#include "tests/transcripts/stream_checker.h"

namespace assistants_mock::tests {
namespace {

using mock_server::TestAnswer;
using mock_server::TestApi;
using mock_server::api::Pace;
using nlohmann::ordered_json;

// The first question that the scenario's golden file puts to it.
std::string question_for(const std::string& scenario) {
  std::istringstream golden(file_text(source_path("fixtures/library/" + scenario + ".txt")));
  const std::string mark = "message ";
  for (std::string line; std::getline(golden, line);)
    if (line.starts_with(mark)) return line.substr(mark.size());
  return "Hello";
}

// What its runs do, without what goes wrong with requests and streams.
scenarios::ScenarioBook without_faults(const std::string& name) {
  scenarios::Scenario scenario = scenarios::ScenarioBook::load(name).scenario();
  scenario.faults.clear();
  scenario.rate_limits.clear();
  return scenarios::ScenarioBook(std::move(scenario));
}

class Conversation {
 public:
  Conversation(const std::string& scenario, Pace pace)
      : api_(without_faults(scenario), {.pace = pace}), question_(question_for(scenario)) {}

  // The run as it ended, answering every call on the way.
  ordered_json streamed() { return played(true); }
  ordered_json polled() { return played(false); }

 private:
  std::string path(const ordered_json& run) const {
    return "/threads/" + run.at("thread_id").get<std::string>() + "/runs/" +
           run.at("id").get<std::string>();
  }

  ordered_json played(bool streaming) {
    const std::string assistant = api_.post("/assistants", R"({"model":"gpt-4o"})").id();
    const ordered_json body = {
        {"assistant_id", assistant},
        {"stream", streaming},
        {"thread", {{"messages", {{{"role", "user"}, {"content", question_}}}}}}};
    ordered_json run =
        settled(api_.post("/threads/runs", body.dump()), StreamOf::created_thread_and_run);
    while (run.at("status") == "requires_action") {
      const ordered_json outputs = {{"stream", streaming}, {"tool_outputs", outputs_for(run)}};
      run = settled(api_.post(path(run) + "/submit_tool_outputs", outputs.dump()),
                    StreamOf::submitted_outputs);
    }
    return run;
  }

  ordered_json settled(const TestAnswer& answer, StreamOf request) {
    EXPECT_EQ(answer.status, 200) << answer.json;
    return answer.stream ? read(*answer.stream, request) : poll(answer.json);
  }

  ordered_json read(mock_server::api::RunStream& stream, StreamOf request) {
    using State = mock_server::api::EventStream::State;
    std::string bytes;
    State state = stream.read(bytes, {});
    for (std::size_t before = 0; state == State::open && bytes.size() > before;) {
      before = bytes.size();  // a long stream comes in several reads
      state = stream.read(bytes, {});
    }
    EXPECT_EQ(state, State::ended);
    StreamChecker checker(request);
    ordered_json run;
    for (const StreamEvent& event : stream_events(bytes)) {
      checker.see(event);
      if (event.name.starts_with("thread.run.") && !event.name.starts_with("thread.run.step"))
        run = ordered_json::parse(event.data);
    }
    checker.end();
    EXPECT_EQ(checker.broken(), std::vector<std::string>{});
    expect_as_in_the_table(stream_events(bytes), row_of(request), seen_);
    return run;
  }

  static scenarios::StreamOf row_of(StreamOf request) {
    return request == StreamOf::submitted_outputs ? scenarios::StreamOf::submitted_outputs
                                                  : scenarios::StreamOf::created_thread_and_run;
  }

  // A run expires after 600 polls at the latest.
  ordered_json poll(ordered_json run) {
    for (int polls = 0; polls < 700; ++polls) {
      const std::string status = run.at("status");
      if (status != "queued" && status != "in_progress" && status != "cancelling") return run;
      run = api_.get(path(run)).json;
    }
    ADD_FAILURE() << "still polling: " << run;
    return run;
  }

  static ordered_json outputs_for(const ordered_json& run) {
    ordered_json outputs = ordered_json::array();
    for (const auto& call : run.at("required_action").at("submit_tool_outputs").at("tool_calls"))
      outputs.push_back({{"tool_call_id", call.at("id")}, {"output", R"({"temperature":12})"}});
    return outputs;
  }

  TestApi api_;
  std::string question_;
  std::set<std::string_view> seen_;
};

class LibraryOverTheWire : public testing::TestWithParam<std::string> {};

TEST_P(LibraryOverTheWire, StreamsAndPollsToTheSameEnd) {
  for (const Pace pace : {Pace::stepped, Pace::immediate}) {
    const ordered_json streamed = Conversation(GetParam(), pace).streamed();
    const ordered_json polled = Conversation(GetParam(), pace).polled();
    EXPECT_TRUE(streamed.at("expires_at").is_null()) << "not ended: " << streamed;
    for (const char* field : {"status", "last_error", "incomplete_details", "usage"})
      EXPECT_EQ(streamed.at(field), polled.at(field));
  }
}

std::vector<std::string> library_names() {
  std::vector<std::string> names;
  for (const auto& entry : scenarios::ScenarioBook::library()) names.push_back(entry.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Library, LibraryOverTheWire, testing::ValuesIn(library_names()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace assistants_mock::tests
