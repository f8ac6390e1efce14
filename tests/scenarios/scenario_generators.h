#pragma once
// Scenarios of every kind that the language can say, for RapidCheck. Start with any_scenario(). The
// pick_ functions draw one value and may be called inside a property or rc::gen::exec.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/duration_text.h"
#include "scenarios/scenario.h"
#include "scenarios/scenario_writer.h"

namespace assistants_mock::scenarios {

inline int pick_number(int least, int most) {
  return *rc::gen::inRange(least, most + 1);
}
inline bool pick_truth() {
  return *rc::gen::arbitrary<bool>();
}
inline bool pick_rarely() {
  return pick_number(0, 4) == 0;
}

template <class Value>
Value pick_one_of(const std::vector<Value>& values) {
  return *rc::gen::elementOf(values);
}

// What YAML readers and editors stumble over.
inline const std::vector<std::string>& odd_pieces() {
  using namespace std::string_literals;
  static const std::vector<std::string> pieces = {
      "word",   "true",   "null",   "~",      "yes",    "123",    "0x1F",       "1e3",
      "017",    ".inf",   " ",      "  ",     "\n",     "\n\n",   "\t",         "\r\n",
      "\r",     "\"",     "'",      "''",     "\\",     "\\n",    ": ",         ":",
      " #",     "#",      "- ",     "---",    "...",    "? ",     "{",          "}",
      "[",      "]",      ",",      "*a",     "&a",     "!t",     "|",          ">",
      "%",      "@",      "`",      "<<",     "$",      "$$",     "\0"s,        "\x01",
      "\x04",   "\x1B",   "\x7F",   "é",      "漢字",   "😀",      "\u0085",     "\u00A0",
      "\u200B", "\u2028", "\u2029", "\uFEFF", "\uFFFD", "\uFFFF", "\U0010FFFF", "e\u0301"};
  return pieces;
}

// Has no reference in it.
inline std::string pick_text() {
  std::string text;
  const int pieces = pick_number(0, 6);
  for (int piece = 0; piece < pieces; ++piece) text += pick_one_of(odd_pieces());
  for (std::size_t at = text.find("${"); at != text.npos; at = text.find("${")) text.erase(at, 1);
  return text;
}

inline std::string pick_name(std::string_view more, int most) {
  static constexpr std::string_view letters = "abcXYZ019_-";
  std::string name;
  const std::string from = std::string(letters) + std::string(more);
  const int length = pick_number(1, most);
  for (int letter = 0; letter < length; ++letter)
    name += from[static_cast<std::size_t>(pick_number(0, static_cast<int>(from.size()) - 1))];
  return name;
}

inline Duration pick_duration() {
  const std::vector<long long> usual = {0, 1, 999, 1000, 1500, 60'000, 3'600'000};
  if (pick_truth()) return Duration{pick_one_of(usual)};
  return Duration{*rc::gen::inRange<long long>(0, longest_duration.count() + 1)};
}

// What a rule's texts can refer to, as the rule goes on.
struct KnownNames {
  std::vector<std::string> references = {"message",   "model",        "instructions",
                                         "times",     "assistant.id", "assistant.name",
                                         "thread.id", "run.id",       "metadata.a key"};
  std::vector<std::string> functions = {};
};

inline std::string pick_template(const KnownNames& names) {
  std::string text;
  const int pieces = pick_number(0, 3);
  for (int piece = 0; piece < pieces; ++piece) {
    text += pick_text();
    if (text.ends_with('$')) text += ' ';
    text += pick_rarely() ? "$${" : "${" + pick_one_of(names.references) + "}";
  }
  return text + (text.ends_with('$') ? " " : "") + pick_text();
}

inline Json pick_json(const KnownNames& names, int depth);

inline Json pick_object(const KnownNames& names, int depth) {
  Json object = Json::object();
  const int keys = pick_number(0, 3);
  for (int key = 0; key < keys; ++key) {
    std::string name = pick_truth() ? pick_name(".", 5) : pick_text();
    if (pick_number(0, 30) == 0) name += std::string(1100, 'k');
    object[name] = pick_json(names, depth - 1);
  }
  return object;
}

inline Json pick_array(const KnownNames& names, int depth) {
  Json array = Json::array();
  const int values = pick_number(0, 3);
  for (int value = 0; value < values; ++value) array.push_back(pick_json(names, depth - 1));
  return array;
}

inline double pick_decimal() {
  const std::vector<double> usual = {0.0, -0.0, 0.1, 1.0, 1e300, 5e-324, -2.5, 1e15, 123456789.0};
  if (pick_truth()) return pick_one_of(usual);
  const double number = *rc::gen::arbitrary<double>();
  return std::isfinite(number) ? number : 0.5;
}

inline Json pick_json(const KnownNames& names, int depth) {
  switch (pick_number(0, depth > 0 ? 7 : 5)) {
    case 0:
      return nullptr;
    case 1:
      return pick_truth();
    case 2:
      return *rc::gen::arbitrary<std::int64_t>();
    case 3:
      return *rc::gen::arbitrary<std::uint64_t>();
    case 4:
      return pick_decimal();
    case 5:
      return pick_template(names);
    case 6:
      return pick_array(names, depth);
    default:
      return pick_object(names, depth);
  }
}

// A pattern with the names of its groups.
struct PickedPattern {
  std::string text;
  std::vector<std::string> groups;
};
inline PickedPattern pick_pattern() {
  static const std::vector<PickedPattern> patterns = {
      {"", {}},
      {"hello", {}},
      {R"((?i)weather in (?P<city>[\w ]+))", {"0", "1", "city"}},
      {R"(^"quoted" it's (\d+)\.(\d+)$)", {"0", "1", "2"}},
      {"one\ntwo", {}},
      {"[é漢]|\\x{1F600}", {}},
      {"123", {}},
      {"null", {}},
      {": #", {}}};
  return patterns[static_cast<std::size_t>(pick_number(0, static_cast<int>(patterns.size()) - 1))];
}

inline Times pick_times() {
  Times times;
  int last = 0;
  const int numbers = pick_number(0, 3);
  for (int number = 0; number < numbers; ++number)
    times.listed.push_back(last += pick_number(1, 10));
  if (times.listed.empty() || pick_truth()) times.from_then_on = last + pick_number(1, 5);
  // 1+ is every time, which a rule says by saying nothing.
  if (times == Times{.listed = {}, .from_then_on = 1}) times.from_then_on = 2;
  return times;
}

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

inline Say pick_say(const KnownNames& names) {
  Say say;
  const int parts = pick_truth() ? 1 : pick_number(1, 3);
  for (int part = 0; part < parts; ++part) {
    const int kind = pick_number(0, 4);
    if (kind == 0)
      say.parts.push_back(RefusalPart{pick_template(names)});
    else if (kind == 1)
      say.parts.push_back(ImageUrlPart{
          pick_template(names), pick_one_of(std::vector<std::string>{"auto", "low", "high"})});
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

inline Call pick_call(KnownNames& names) {
  Call call;
  const int functions = pick_truth() ? 1 : pick_number(1, 3);
  for (int function = 0; function < functions; ++function) {
    FunctionCall one{.name = pick_function_name()};
    const int kind = pick_number(0, 3);
    if (kind == 0)
      one.arguments = pick_template(names);
    else if (kind == 1)
      one.arguments = pick_array(names, 3);
    else if (kind == 2)
      one.arguments = pick_object(names, 3);
    call.functions.push_back(std::move(one));
  }
  for (const FunctionCall& function : call.functions) {
    names.functions.push_back(function.name);
    for (std::string_view path : {"", "[0]", ".a.b[2]", "[1].c"})
      names.references.push_back("outputs." + function.name + std::string(path));
  }
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
  if (!steps.empty())
    if (auto* say = std::get_if<Say>(&steps.back().action)) say->unfinished = pick_truth();
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

// Empty for none.
inline std::string pick_rule_name() {
  std::string name = pick_text();
  std::erase_if(name, [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
  });
  return name.size() > 100 ? "" : name;
}

inline Scenario pick_scenario() {
  Scenario scenario{.name = pick_name(".", 64), .teaches = pick_text()};
  const int assistants = pick_number(0, 2);
  for (int number = 0; number < assistants; ++number)
    scenario.assistants.push_back(pick_assistant(number));
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
