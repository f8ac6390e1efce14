#include "tests/recordings/recorded_script.h"

#include <algorithm>
#include <stdexcept>

namespace assistants_mock::tests {
namespace {

using scenarios::CodeRun;

const Json& steps_in(const std::vector<Exchange>& recording) {
  const auto listed = std::ranges::find_if(recording, [](const Exchange& exchange) {
    const Json& body = exchange.answer.body;
    return body.is_object() && body.value("object", "") == "list" && !body.at("data").empty() &&
           body.at("data")[0].value("object", "") == "thread.run.step";
  });
  if (listed == recording.end()) throw std::runtime_error("no steps are listed");
  return listed->answer.body.at("data");
}

scenarios::Duration lasting(const Json& step) {
  return std::chrono::seconds(step.at("completed_at").get<std::int64_t>() -
                              step.at("created_at").get<std::int64_t>());
}

scenarios::Usage usage_of(const Json& step) {
  return {step.at("usage").at("prompt_tokens").get<int>(),
          step.at("usage").at("completion_tokens").get<int>()};
}

CodeRun code_of(const Json& call) {
  CodeRun code;
  code.input = call.at("code_interpreter").at("input").get<std::string>();
  if (code.input.find("${") != std::string::npos)
    throw std::runtime_error("code that would be taken for a template");
  int images = 0;
  for (const Json& output : call.at("code_interpreter").at("outputs")) {
    if (output.at("type") == "logs")
      code.outputs.emplace_back(scenarios::Logs{output.at("logs")});
    else
      code.outputs.emplace_back(
          scenarios::MadeFile{"image-" + std::to_string(++images) + ".png", std::nullopt});
  }
  return code;
}

scenarios::Step step_of(const Json& recorded) {
  if (recorded.at("type") == "message_creation")
    return {scenarios::Say{.parts = {scenarios::TextPart{"A text that was not recorded."}},
                           .pieces = {scenarios::Pieces::Unit::characters, 1},
                           .over = lasting(recorded),
                           .usage = usage_of(recorded)}};
  scenarios::Call call;
  for (const Json& one : recorded.at("step_details").at("tool_calls"))
    call.tools.emplace_back(code_of(one));
  call.over = lasting(recorded);
  call.usage = usage_of(recorded);
  return {std::move(call)};
}

}  // namespace

std::shared_ptr<const scenarios::Scenario> script_of(const std::vector<Exchange>& recording) {
  scenarios::Scenario scenario;
  scenario.name = "recorded";
  scenarios::Rule rule;
  rule.queued.length = std::chrono::seconds{3};
  const Json& steps = steps_in(recording);
  for (auto step = steps.rbegin(); step != steps.rend(); ++step)
    rule.steps.push_back(step_of(*step));
  scenario.rules.push_back(std::move(rule));
  return std::make_shared<const scenarios::Scenario>(std::move(scenario));
}

}  // namespace assistants_mock::tests
