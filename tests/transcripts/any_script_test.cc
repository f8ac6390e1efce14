// Any script, hosted tools and functions mixed as it likes: its streams keep what clients demand of
// them, and what is polled afterwards is what was streamed.
#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

#include "scenarios/scenario_writer.h"
#include "tests/mock_server/test_api.h"
#include "tests/scenarios/scenario_generators.h"
#include "tests/stream_events.h"
#include "tests/transcripts/stream_checker.h"

namespace assistants_mock::tests {
namespace {

using mock_server::api::Pace;
using nlohmann::ordered_json;

constexpr int most_turns = 20;
constexpr std::string_view include =
    "include[]=step_details.tool_calls[*].file_search.results[*].content";

// One run of one script, streamed to its end.
class StreamedScript {
 public:
  explicit StreamedScript(const scenarios::Scenario& scenario)
      : api_({.pace = Pace::immediate}, std::make_shared<const scenarios::Scenario>(scenario)) {
    assistant_ = ask("POST", "/assistants", {{"model", "gpt-4o"}}).at("id");
    thread_ = ask("POST", "/threads",
                  {{"messages", {{{"role", "user"}, {"content", "weather in Oslo"}}}}})
                  .at("id");
  }

  void play() {
    read(stream("/threads/" + thread_ + "/runs?" + std::string(include),
                {{"assistant_id", assistant_}, {"stream", true}}),
         StreamOf::created_run);
    for (int turn = 0; turn < most_turns && run_.at("status") == "requires_action"; ++turn)
      read(stream(path() + "/submit_tool_outputs", {{"stream", true}, {"tool_outputs", outputs()}}),
           StreamOf::submitted_outputs);
  }

  const std::vector<std::string>& broken() const { return broken_; }
  // The last that streams told of each step and message that ended, by id.
  const std::map<std::string, ordered_json>& ended() const { return ended_; }

  // The same as a poller is told it; the results of searches with their content where streams have
  // it: only the stream of a new run was asked for it.
  ordered_json polled(const std::string& id) {
    if (id.starts_with("msg_")) return ask("GET", "/threads/" + thread_ + "/messages/" + id, {});
    const bool with_content = with_content_.contains(id);
    return ask("GET", path() + "/steps/" + id + (with_content ? "?" + std::string(include) : ""),
               {});
  }

 private:
  mock_server::api::Api::Handled handle(const std::string& method, const std::string& path,
                                        const ordered_json& body) {
    return api_.handle({method, "/v1" + path, mock_server::TestApi::client_headers(),
                        body.is_null() ? "" : body.dump()});
  }
  ordered_json ask(const std::string& method, const std::string& path, const ordered_json& body) {
    const auto handled = handle(method, path, body);
    RC_ASSERT(handled.refusal == "");
    return ordered_json::parse(handled.response.body);
  }
  std::shared_ptr<mock_server::api::RunStream> stream(const std::string& path,
                                                      const ordered_json& body) {
    const auto handled = handle("POST", path, body);
    RC_ASSERT(handled.refusal == "");
    return handled.stream;
  }

  void read(const std::shared_ptr<mock_server::api::RunStream>& stream, StreamOf request) {
    std::string bytes;
    while (stream->read(bytes, {}) == mock_server::api::EventStream::State::open) {
    }
    StreamChecker checker(request);
    for (const StreamEvent& event : stream_events(bytes)) {
      checker.see(event);
      note(event, request);
    }
    checker.end();
    broken_.insert(broken_.end(), checker.broken().begin(), checker.broken().end());
  }

  void note(const StreamEvent& event, StreamOf request) {
    if (event.data == "[DONE]") return;
    ordered_json data = ordered_json::parse(event.data);
    const std::string id = data.at("id");
    if (id.starts_with("run_"))
      run_ = std::move(data);
    else if (!event.name.ends_with(".delta"))
      ended_[id] = std::move(data);
    if (request == StreamOf::created_run)
      with_content_.insert(id);
    else if (event.name == "thread.run.step.completed")
      with_content_.erase(id);
  }

  ordered_json outputs() const {
    ordered_json outputs = ordered_json::array();
    for (const auto& call : run_.at("required_action").at("submit_tool_outputs").at("tool_calls"))
      outputs.push_back({{"tool_call_id", call.at("id")}, {"output", R"({"a":{"b":[0,1,2]}})"}});
    return outputs;
  }
  std::string path() const {
    return "/threads/" + thread_ + "/runs/" + run_.at("id").get<std::string>();
  }

  mock_server::api::Api api_;
  std::string assistant_;
  std::string thread_;
  ordered_json run_;
  std::vector<std::string> broken_;
  std::map<std::string, ordered_json> ended_;
  std::set<std::string> with_content_;
};

RC_GTEST_PROP(AnyScript, StreamsAsClientsDemandAndIsPolledAsItWasStreamed, ()) {
  scenarios::Scenario scenario = *scenarios::any_scenario();
  scenario.assistants.clear();  // the API would refuse most
  scenario.faults.clear();      // what they do to streams is not what clients demand
  scenario.rate_limits.clear();
  StreamedScript script(scenario);
  script.play();
  if (!script.broken().empty()) RC_LOG() << to_yaml(scenario);
  RC_ASSERT(script.broken() == std::vector<std::string>{});
  for (const auto& [id, streamed] : script.ended())
    if (streamed.at("status") != "in_progress") RC_ASSERT(script.polled(id) == streamed);
}

}  // namespace
}  // namespace assistants_mock::tests
