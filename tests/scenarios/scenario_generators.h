#pragma once
// Scenarios of every kind that the language can say, for RapidCheck. Start with any_scenario(). The
// pick_ functions draw one value and may be called inside a property or rc::gen::exec.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/hosted_tools.h"
#include "scenarios/scenario.h"
#include "scenarios/scenario_writer.h"
#include "tests/scenarios/fault_generators.h"
#include "tests/scenarios/value_generators.h"

namespace assistants_mock::scenarios {

inline Criteria pick_criteria(KnownNames& names) {
  Criteria when;
  if (pick_truth()) {
    const PickedPattern pattern = pick_pattern();
    when.message = pattern.text;
    names.references.insert(names.references.end(), pattern.groups.begin(), pattern.groups.end());
  }
  if (pick_rarely()) when.assistant = pick_pattern().text;
  if (pick_rarely()) when.model = pick_pattern().text;
  if (pick_rarely()) when.instructions = pick_pattern().text;
  if (pick_rarely()) {
    std::set<std::string> keys;
    const int pairs = pick_number(1, 3);
    for (int pair = 0; pair < pairs; ++pair)
      if (const std::string key = pick_text(); keys.insert(key).second)
        when.metadata.emplace_back(key, pick_pattern().text);
  }
  if (pick_truth() || when == Criteria{}) when.times = pick_times();
  return when;
}

inline Pieces pick_pieces() {
  switch (pick_number(0, 3)) {
    case 0:
      return {Pieces::Unit::characters, pick_number(1, 1'000'000)};
    case 1:
      return {Pieces::Unit::whole, 0};
    default:
      return {};
  }
}

template <class Action>
void pick_modifiers(Action& action) {
  action.pieces = pick_pieces();
  if (pick_rarely()) action.over = pick_duration();
  if (pick_rarely()) action.usage = Usage{pick_number(0, 1'000'000'000), pick_number(0, 20)};
}

inline std::string pick_bytes() {
  return pick_truth() ? pick_text() : *rc::gen::arbitrary<std::string>();
}

inline std::string pick_filename() {
  std::string name = pick_text() + pick_name(".", 9);
  std::erase_if(name, [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F || letter == '/';
  });
  return name;
}

inline std::string pick_detail() {
  return pick_one_of(std::vector<std::string>{"auto", "low", "high"});
}

inline SayPart pick_image_file(const KnownNames& names) {
  const bool made = !names.files.empty() && pick_truth();
  return ImageFilePart{made ? pick_one_of(names.files) : "file-" + pick_name(".", 9),
                       pick_detail()};
}

inline Say pick_say(const KnownNames& names) {
  Say say;
  const int parts = pick_truth() ? 1 : pick_number(1, 3);
  for (int part = 0; part < parts; ++part) {
    const int kind = pick_number(0, 5);
    if (kind == 0)
      say.parts.push_back(RefusalPart{pick_template(names)});
    else if (kind == 1)
      say.parts.push_back(ImageUrlPart{pick_template(names), pick_detail()});
    else if (kind == 2)
      say.parts.push_back(pick_image_file(names));
    else
      say.parts.push_back(TextPart{pick_template(names)});
  }
  pick_modifiers(say);
  return say;
}

inline std::string pick_function_name() {
  const std::vector<std::string> odd = {
      "get_weather", "multi_tool_use.parallel", "null", "123", "-", ".", "true", "1e3", "<"};
  const std::string name = pick_one_of(odd);
  return name == "<" ? pick_name(".", 64) : name;
}

inline FunctionCall pick_function(const KnownNames& names) {
  FunctionCall function{.name = pick_function_name()};
  const int kind = pick_number(0, 3);
  if (kind == 0)
    function.arguments = pick_template(names);
  else if (kind == 1)
    function.arguments = pick_array(names, 3);
  else if (kind == 2)
    function.arguments = pick_object(names, 3);
  return function;
}

inline CodeRun pick_code(const KnownNames& names) {
  CodeRun code{.input = pick_template(names)};
  const int outputs = pick_number(0, 3);
  for (int output = 0; output < outputs; ++output) {
    if (pick_truth())
      code.outputs.emplace_back(Logs{pick_template(names)});
    else if (pick_truth())
      code.outputs.emplace_back(MadeFile{pick_filename() + ".png", std::nullopt});
    else
      code.outputs.emplace_back(MadeFile{pick_filename(), pick_bytes()});
  }
  const int files = pick_number(0, 2);
  for (int file = 0; file < files; ++file) code.files.push_back({pick_filename(), pick_bytes()});
  return code;
}

inline FileSearch pick_search(const KnownNames& names) {
  FileSearch search;
  if (pick_truth()) search.query = pick_template(names);
  if (pick_truth()) return search;
  search.results.emplace();
  const int results = pick_number(0, 3);
  for (int result = 0; result < results; ++result)
    search.results->push_back(
        {pick_filename(), pick_template(names), pick_number(0, 1000) / 1000.0});
  return search;
}

// What later steps can refer to.
inline void note_call(const CalledTool& tool, KnownNames& names) {
  const auto make = [&](const MadeFile& file) {
    names.files.push_back(file.filename);
    if (file.filename.find('}') == std::string::npos)
      names.references.push_back("link." + file.filename);
  };
  if (const auto* function = std::get_if<FunctionCall>(&tool)) {
    names.functions.push_back(function->name);
    for (std::string_view path : {"", "[0]", ".a.b[2]", "[1].c"})
      names.references.push_back("outputs." + function->name + std::string(path));
  } else if (const auto* code = std::get_if<CodeRun>(&tool)) {
    for (const MadeFile& file : code->files) make(file);
    for (const CodeOutput& output : code->outputs)
      if (const auto* image = std::get_if<MadeFile>(&output)) make(*image);
  } else if (const auto* search = std::get_if<FileSearch>(&tool)) {
    const std::size_t most = search->results ? search->results->size() : max_found;
    if (most == 0) return;
    const std::string last = "[" + std::to_string(most - 1) + "]";
    for (const std::string name : {"cite[0]", "results[0].text", "results[0].score"})
      names.references.push_back(name);
    names.references.push_back("cite" + last);
    names.references.push_back("results" + last + ".filename");
  }
}

inline Call pick_call(KnownNames& names) {
  Call call;
  const int tools = pick_truth() ? 1 : pick_number(1, 3);
  for (int tool = 0; tool < tools; ++tool) {
    const int kind = pick_number(0, 4);
    if (kind == 0)
      call.tools.emplace_back(pick_code(names));
    else if (kind == 1)
      call.tools.emplace_back(pick_search(names));
    else
      call.tools.emplace_back(pick_function(names));
  }
  for (const CalledTool& tool : call.tools) note_call(tool, names);
  pick_modifiers(call);
  return call;
}

inline Step pick_end(const KnownNames& names) {
  switch (pick_number(0, 3)) {
    case 0:
      return {Hang{}};
    case 1:
      return {Incomplete{pick_one_of(std::vector<std::string>{
          "max_completion_tokens", "max_prompt_tokens", "content_filter"})}};
    case 2: {
      const std::string code =
          pick_one_of(std::vector<std::string>{"server_error", "rate_limit_exceeded"});
      return {Fail{code, std::string(usual_message(code))}};
    }
    default:
      return {Fail{pick_truth() ? "server_error" : "x" + pick_text(), pick_template(names)}};
  }
}

inline std::vector<Step> pick_steps(KnownNames& names, int depth, bool may_end);

inline Branch pick_branch(KnownNames& names, int depth) {
  Branch branch;
  std::set<std::string> functions;
  const int outputs = pick_number(1, 2);
  for (int output = 0; output < outputs; ++output)
    if (const std::string function = pick_one_of(names.functions);
        functions.insert(function).second)
      branch.outputs.emplace_back(function, pick_pattern().text);
  branch.then = pick_steps(names, depth - 1, true);
  // One way goes on, so that what follows can be reached.
  branch.otherwise = pick_steps(names, depth - 1, false);
  return branch;
}

inline std::vector<Step> pick_steps(KnownNames& names, int depth, bool may_end) {
  std::vector<Step> steps;
  const int count = pick_number(0, 4);
  for (int step = 0; step < count; ++step) {
    const int kind = pick_number(0, 5);
    if (kind == 0)
      steps.emplace_back().action = Wait{pick_duration()};
    else if (kind == 1)
      steps.push_back({pick_call(names)});
    else if (kind == 2 && depth > 0 && !names.functions.empty())
      steps.push_back({pick_branch(names, depth)});
    else
      steps.push_back({pick_say(names)});
  }
  if (!may_end || pick_truth()) return steps;
  if (!steps.empty()) {
    if (auto* say = std::get_if<Say>(&steps.back().action)) say->unfinished = pick_truth();
    if (auto* call = std::get_if<Call>(&steps.back().action)) call->unfinished = pick_truth();
  }
  steps.push_back(pick_end(names));
  return steps;
}

inline Rule pick_rule(bool is_last) {
  KnownNames names;
  Rule rule;
  if (!is_last || pick_truth()) rule.when = pick_criteria(names);
  if (pick_truth()) rule.queued.length = pick_duration();
  if (pick_rarely()) rule.queued.length.reset();
  if (pick_rarely()) rule.on_cancel.after = pick_duration();
  if (pick_rarely()) rule.on_cancel = {.outcome = OnCancel::Outcome::too_late};
  if (pick_rarely()) rule.on_cancel = {.outcome = OnCancel::Outcome::never};
  rule.steps = pick_steps(names, 3, true);
  return rule;
}

inline SeededAssistant pick_assistant(int number) {
  const KnownNames none;
  SeededAssistant assistant{.id = "asst_" + std::to_string(number) + pick_name("", 9)};
  Json& body = assistant.body;
  body["model"] = pick_text();
  if (pick_truth()) body["name"] = pick_text();
  if (pick_truth()) body["instructions"] = pick_text();
  if (pick_truth())
    body["tools"] = Json::array(
        {{{"type", "function"},
          {"function", {{"name", pick_name("", 20)}, {"parameters", pick_object(none, 3)}}}},
         {{"type", "code_interpreter"}}});
  if (pick_truth()) body["tool_resources"] = pick_object(none, 2);
  if (pick_truth()) body["metadata"] = {{pick_text(), pick_text()}};
  if (pick_truth()) body["temperature"] = pick_number(0, 20) / 10.0;
  if (pick_truth()) body["top_p"] = pick_number(0, 1);
  if (pick_rarely()) body["response_format"] = "auto";
  if (pick_rarely()) body["response_format"] = {{"type", "json_object"}};
  return assistant;
}

inline SeededFile pick_seeded_file(int number) {
  return {.id = "file-" + std::to_string(number) + pick_name("", 9),
          .filename = pick_filename(),
          .purpose = pick_one_of(std::vector<std::string>{"assistants", "vision", "batch_output"}),
          .content = pick_bytes()};
}

inline SeededVectorStore pick_store(int number, const std::vector<SeededFile>& files) {
  SeededVectorStore store{.id = "vs_" + std::to_string(number) + pick_name("", 9)};
  if (pick_truth()) store.name = pick_text();
  for (const SeededFile& file : files)
    if (pick_truth()) store.file_ids.push_back(file.id);
  if (pick_truth()) store.expires_after_days = pick_number(1, 365);
  if (store.expires_after_days && pick_truth()) store.idle_days = pick_number(1, 365);
  return store;
}

inline IndexingRule pick_indexing_rule(bool is_last) {
  IndexingRule rule;
  if (!is_last || pick_truth()) rule.filename = pick_pattern().text;
  if (pick_truth()) rule.takes = pick_duration();
  if (pick_rarely()) rule.takes.reset();
  const std::string code =
      pick_one_of(std::vector<std::string>{"unsupported_file", "invalid_file", "server_error"});
  if (rule.takes && pick_truth())
    rule.fail = FileError{code, pick_truth() ? std::string(usual_file_message(code)) : pick_text()};
  if (rule.fail && pick_rarely()) rule.fail = FileError{pick_name(".", 100), pick_text()};
  return rule;
}

inline Indexing pick_indexing() {
  Indexing indexing;
  const int rules = pick_number(0, 3);
  for (int rule = 1; rule <= rules; ++rule)
    indexing.files.push_back(pick_indexing_rule(rule == rules));
  if (pick_rarely()) indexing.counters_lag = pick_duration();
  if (pick_rarely()) indexing.found_after = pick_duration();
  indexing.polled_batch_shows_store = pick_rarely();
  return indexing;
}

// Empty for none.
inline std::string pick_rule_name() {
  std::string name = pick_text();
  std::erase_if(name, [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
  });
  return name.size() > 100 ? "" : name;
}

inline std::vector<std::string> models_with(std::string one,
                                            const std::vector<SeededAssistant>& assistants) {
  std::vector<std::string> models{"gpt-4o", std::move(one)};
  for (const SeededAssistant& assistant : assistants)
    models.push_back(assistant.body.at("model").get<std::string>());
  return models;
}

inline Scenario pick_scenario() {
  Scenario scenario{.name = pick_name(".", 64),
                    .teaches = pick_text(),
                    .reveals = pick_text(),
                    .source = pick_text()};
  const int assistants = pick_number(0, 2);
  for (int number = 0; number < assistants; ++number)
    scenario.assistants.push_back(pick_assistant(number));
  const int files = pick_number(0, 2);
  for (int number = 0; number < files; ++number) scenario.files.push_back(pick_seeded_file(number));
  const int stores = pick_number(0, 2);
  for (int number = 0; number < stores; ++number)
    scenario.vector_stores.push_back(pick_store(number, scenario.files));
  if (pick_truth()) scenario.indexing = pick_indexing();
  if (pick_rarely()) scenario.messages_lag = pick_duration();
  if (pick_rarely()) scenario.models = models_with(pick_text(), scenario.assistants);
  if (pick_rarely()) scenario.ids = IdLetters::unusual;
  scenario.faults = pick_faults();
  if (pick_rarely()) scenario.rate_limits.push_back(pick_rate_limit());
  const int rules = pick_number(1, 3);
  std::set<std::string> rule_names;
  for (int rule = 1; rule <= rules; ++rule) {
    scenario.rules.push_back(pick_rule(rule == rules));
    const std::string name = pick_rule_name();
    if (rule_names.insert(name).second) scenario.rules.back().name = name;
  }
  return scenario;
}

inline rc::Gen<Scenario> any_scenario() {
  return rc::gen::exec(pick_scenario);
}

}  // namespace assistants_mock::scenarios
