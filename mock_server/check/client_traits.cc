#include "mock_server/check/client_traits.h"

#include <algorithm>

#include "mock_server/check/evidence.h"
#include "scenarios/scenario.h"

namespace assistants_mock::mock_server::check {
namespace {

void add(std::vector<std::string>& list, std::string_view one) {
  if (std::ranges::find(list, one) == list.end()) list.emplace_back(one);
}

void add_function(ClientTraits& traits, const Json& function) {
  const std::string name = function.value("name", "");
  const bool is_hosted = name == "code_interpreter" || name == "file_search";
  const bool is_known =
      std::ranges::find(traits.functions, name, &scenarios::DeclaredFunction::name) !=
      traits.functions.end();
  if (name.empty() || is_hosted || is_known) return;
  traits.functions.push_back({name, function.value("parameters", Json::object()).dump()});
}

void add_tools(ClientTraits& traits, const Json& tools) {
  if (!tools.is_array()) return;
  for (const Json& tool : tools) {
    const std::string type = tool.value("type", "");
    if (type == "code_interpreter") traits.code_interpreter = true;
    if (type == "file_search") traits.file_search = true;
    if (type == "function") add_function(traits, tool.value("function", Json::object()));
  }
}

}  // namespace

ClientTraits traits_of(const ObservedCase& observed) {
  ClientTraits traits;
  const Evidence evidence(observed);
  for (const Exchange& exchange : evidence.exchanges()) {
    if (!exchange.granted()) continue;
    add(traits.operations, exchange.operation);
    if (exchange.streams) add(traits.streamed, exchange.operation);
    const Json body = Json::parse(exchange.request->body, nullptr, false);
    if (body.is_object() && body.contains("tools")) add_tools(traits, body["tools"]);
  }
  for (const scenarios::SeededAssistant& assistant : observed.scenario.scenario().assistants)
    add_tools(traits, assistant.body.value("tools", scenarios::Json::array()));
  // Which it asks only under scenarios that are yet to come.
  if (!traits.functions.empty()) {
    add(traits.operations, "submitToolOuputsToRun");
    if (!traits.streamed.empty()) add(traits.streamed, "submitToolOuputsToRun");
  }
  return traits;
}

std::chrono::milliseconds patience_in(const ObservedCase& observed) {
  const Evidence evidence(observed);
  for (const Exchange& exchange : evidence.exchanges()) {
    const RunOfCase* run = evidence.run(exchange.run_id);
    if (exchange.operation == "cancelRun" && run != nullptr)
      return exchange.request->at - evidence.exchanges()[run->creator].request->at;
  }
  return {};
}

}  // namespace assistants_mock::mock_server::check
