// A scenario's text: read, written, read back and played. An input is the text.
//
// The contract: either a ScenarioError whose mistakes all lie within the text and say something, or
// a scenario that the writer writes and the parser reads back as the same, and whose rules can all
// be played: as scripts, and as a run of the API, to the end or to a bound.
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "assistants_mock/scenario_book.h"
#include "mock_server/api/api.h"
#include "mock_server/api/seeds.h"
#include "scenarios/playback.h"
#include "scenarios/scenario.h"
#include "scenarios/scenario_writer.h"
#include "tests/fuzz/contract.h"
#include "tests/fuzz/fuzz_targets.h"

namespace assistants_mock::tests {
namespace {

using mock_server::api::Api;
using scenarios::Scenario;
using scenarios::ScenarioBook;
using ScenarioPointer = std::shared_ptr<const Scenario>;

constexpr std::size_t longest_text = std::size_t{64} * 1024;
constexpr int most_turns = 200;

// How many bytes line `line`, counted from 1, has without its line feed; nothing when there is
// none.
std::optional<std::size_t> length_of_line(std::string_view text, int line) {
  for (; line > 1; --line) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    text.remove_prefix(end + 1);
  }
  return std::min(text.find('\n'), text.size());
}

void require_located(const scenarios::ScenarioError& error, std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  require(!error.mistakes().empty(), "an error without a mistake");
  for (const scenarios::Mistake& mistake : error.mistakes()) {
    require(!mistake.what.empty(), "a mistake without words");
    const std::string place =
        std::to_string(mistake.line) + ":" + std::to_string(mistake.column) + " " + mistake.what;
    const auto length = mistake.line < 1 ? std::nullopt : length_of_line(text, mistake.line);
    require(length.has_value(), "a mistake on a line that is not there: " + place);
    require(mistake.column >= 1 && static_cast<std::size_t>(mistake.column) <= *length + 1,
            "a mistake beyond the end of its line: " + place);
  }
}

// Null when the text is no scenario.
ScenarioPointer read(std::string_view text) {
  try {
    return ScenarioBook::parse(text, "fuzz.yaml").shared();
  } catch (const scenarios::ScenarioError& error) {
    require_located(error, text);
    return nullptr;
  }
}

void require_read_back(const Scenario& scenario) {
  const std::string written = scenarios::to_yaml(scenario);
  try {
    const ScenarioBook again = ScenarioBook::parse(written, "other.yaml");
    require(again.scenario() == scenario,
            "what was written is read as something else:\n" + written);
    require(scenarios::to_yaml(again.scenario()) == written,
            "what was written is written differently:\n" + written);
  } catch (const scenarios::ScenarioError& error) {
    throw BrokenContract("what was written is not read: " + std::string(error.what()) + "\n" +
                         written);
  }
}

// ---- As scripts ---------------------------------------------------------------------------------

// The calls of a turn, answered.
std::vector<std::pair<std::string, std::string>> outputs_for(
    const std::vector<scenarios::TimedAct>& turn) {
  std::vector<std::pair<std::string, std::string>> outputs;
  for (const scenarios::TimedAct& timed : turn)
    if (const auto* call = std::get_if<scenarios::AddCall>(&timed.act))
      outputs.emplace_back(call->function, R"({"done": true})");
  return outputs;
}

bool ends_turn(const scenarios::Act& act) {
  using namespace scenarios;
  return std::holds_alternative<CallsMade>(act) || std::holds_alternative<Answer>(act) ||
         std::holds_alternative<Error>(act) || std::holds_alternative<CutShort>(act) ||
         std::holds_alternative<Silence>(act);
}

void require_whole_turn(const std::vector<scenarios::TimedAct>& turn) {
  require(!turn.empty() && ends_turn(turn.back().act), "a turn without an end");
  require(std::ranges::count_if(turn, [](const auto& timed) { return ends_turn(timed.act); }) == 1,
          "a turn with an end in its middle");
  require(turn.front().after.count() >= 0 &&
              std::ranges::is_sorted(turn, {}, &scenarios::TimedAct::after),
          "a turn whose time goes back");
}

void play_script(const ScenarioPointer& scenario, std::size_t rule) {
  const scenarios::RuleMatch match{.rule = rule, .time = 1, .captures = {{"0", "Hello"}}};
  scenarios::Playback playback(scenario, match, {});
  scenarios::SeededFilesFound tools(*scenario);
  for (int turns = 0; turns < most_turns; ++turns) {
    const auto turn = playback.next_turn(tools);
    require_whole_turn(turn);
    if (!std::holds_alternative<scenarios::CallsMade>(turn.back().act)) return;
    playback.outputs_arrived(outputs_for(turn));
  }
}

// ---- As a run -----------------------------------------------------------------------------------

nlohmann::json ask(Api& api, std::string method, std::string path, const nlohmann::json& body) {
  const auto handled =
      api.handle({.method = std::move(method),
                  .target = std::move(path),
                  .headers = {{"Authorization", "Bearer key"}, {"OpenAI-Beta", "assistants=v2"}},
                  .body = body.dump()});
  require(handled.refusal.empty(), "a plain run is refused: " + handled.response.body);
  return nlohmann::json::parse(handled.response.body);
}

nlohmann::json outputs_for_calls_of(const nlohmann::json& run) {
  nlohmann::json outputs = nlohmann::json::array();
  for (const auto& call : run["required_action"]["submit_tool_outputs"]["tool_calls"])
    outputs.push_back({{"tool_call_id", call["id"]}, {"output", "done"}});
  return {{"tool_outputs", std::move(outputs)}};
}

bool is_seedable(const Scenario& scenario) {
  try {
    mock_server::api::require_valid_seeds(scenario);
    return true;
  } catch (const std::invalid_argument&) {
    return false;
  }
}

void play_run(const ScenarioPointer& scenario) {
  Api api({.pace = mock_server::api::Pace::stepped}, scenario);
  const auto assistant =
      ask(api, "POST", "/assistants", {{"model", "gpt-4o"}, {"instructions", "Be brief."}});
  auto run = ask(api, "POST", "/threads/runs",
                 {{"assistant_id", assistant["id"]},
                  {"thread", {{"messages", {{{"role", "user"}, {"content", "Hello"}}}}}}});
  const std::string path =
      "/threads/" + run["thread_id"].get<std::string>() + "/runs/" + run["id"].get<std::string>();
  for (int turns = 0; turns < most_turns && !run["expires_at"].is_null(); ++turns) {
    if (run["status"] == "requires_action")
      run = ask(api, "POST", path + "/submit_tool_outputs", outputs_for_calls_of(run));
    else if (const auto due = api.next_due())
      api.advance_to(*due);
    run = ask(api, "GET", path, nlohmann::json::object());
  }
}

}  // namespace

void check_scenario(std::string_view input) {
  if (input.size() > longest_text) return;
  const ScenarioPointer scenario = read(input);
  if (!scenario) return;
  require_read_back(*scenario);
  for (std::size_t rule = 0; rule < scenario->rules.size(); ++rule) play_script(scenario, rule);
  if (is_seedable(*scenario)) play_run(scenario);
}

}  // namespace assistants_mock::tests
