// The table itself. Limits of assistants are those of the API (v.strlen, v.arrmax, v.meta.key).
#include "scenarios/field_table.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace assistants_mock::scenarios {

namespace {

constexpr auto section_table = std::to_array<SectionInfo>({
    {Section::scenario, "scenario", "a scenario", "The whole file."},
    {Section::assistant, "assistant", "an assistant",
     "An assistant that is there before the first request."},
    {Section::rule, "rule", "a rule", "Which runs it answers, and what happens in them."},
    {Section::criteria, "criteria", "the criteria of a rule",
     "Which runs a rule answers. All that is given must hold."},
    {Section::wait_step, "wait_step", "a wait step", "Time passes."},
    {Section::say_step, "say_step", "a say step", "The assistant writes one message."},
    {Section::call_step, "call_step", "a call step",
     "The run calls functions and waits in requires_action for all their outputs."},
    {Section::fail_step, "fail_step", "a fail step", "The run ends as failed."},
    {Section::incomplete_step, "incomplete_step", "an incomplete step",
     "The run ends as incomplete."},
    {Section::hang_step, "hang_step", "a hang step",
     "Nothing more happens; the run expires unless it is cancelled. `- hang` alone is enough."},
    {Section::branch_step, "branch_step", "a when step",
     "Goes one way or the other by what the tool outputs were."},
    {Section::branch_criteria, "branch_criteria", "the criteria of a when step",
     "What a `when` step looks at."},
    {Section::say_part, "say_part", "a part of a message",
     "One content part; has exactly one of these keys."},
    {Section::image, "image", "an image", "An image part that says more than its address."},
    {Section::failure, "failure", "a failure", "The run's `last_error`."},
    {Section::usage, "usage", "a token count",
     "What the run step is said to have used; estimated when it is left out."},
});

constexpr auto value_table = std::to_array<ValueInfo>({
    {Value::scenario_name, "a name of up to 64 letters, digits, '_', '-' and '.'",
     R"({"type":["string","number"],"pattern":"^[A-Za-z0-9_.-]{1,64}$"})"},
    {Value::text, "a text", R"({"$ref":"#/definitions/text"})"},
    {Value::assistants, "a list of assistants",
     R"({"type":"array","maxItems":100,"items":{"$ref":"#/definitions/assistant"}})"},
    {Value::rules, "a list of rules",
     R"({"type":"array","minItems":1,"maxItems":1000,"items":{"$ref":"#/definitions/rule"}})"},
    {Value::assistant_id,
     "an id that begins with 'asst_', then up to 59 letters, digits, '_' and '-'",
     R"({"type":"string","pattern":"^asst_[A-Za-z0-9_-]{1,59}$"})"},
    {Value::tools, "a list of tools such as {type: function, function: {name: get_weather}}",
     R"({"type":"array","maxItems":128,"items":{"$ref":"#/definitions/tool"}})"},
    {Value::tool_type, "code_interpreter, file_search or function",
     R"({"enum":["code_interpreter","file_search","function"]})"},
    {Value::tool_name, "a name of up to 64 letters, digits, '_' and '-'",
     R"({"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"})"},
    {Value::json_map, "a map", R"({"type":"object"})"},
    {Value::metadata, "a map of at most 16 texts",
     R"({"type":"object","maxProperties":16,"additionalProperties":{"$ref":"#/definitions/text"}})"},
    {Value::temperature, "a number from 0 to 2", R"({"type":"number","minimum":0,"maximum":2})"},
    {Value::top_p, "a number from 0 to 1", R"({"type":"number","minimum":0,"maximum":1})"},
    {Value::response_format, "auto or a map such as {type: json_object}",
     R"({"anyOf":[{"const":"auto"},{"type":"object","required":["type"]}]})"},
    {Value::rule_name, "a name of 1 to 100 bytes in one line",
     R"({"type":"string","minLength":1,"maxLength":100})"},
    {Value::criteria, "a map of criteria", R"({"$ref":"#/definitions/criteria"})"},
    {Value::queued, "a duration such as 1s, or forever",
     R"({"anyOf":[{"$ref":"#/definitions/duration"},{"const":"forever"}]})"},
    {Value::on_cancel, "a duration such as 1s, too_late or never",
     R"({"anyOf":[{"$ref":"#/definitions/duration"},{"enum":["too_late","never"]}]})"},
    {Value::steps, "a list of steps", R"({"$ref":"#/definitions/steps"})"},
    {Value::pattern, "a pattern", R"({"$ref":"#/definitions/text"})"},
    {Value::metadata_patterns, "a map of 1 to 16 patterns, by metadata key",
     R"({"type":"object","minProperties":1,"maxProperties":16,"additionalProperties":{"$ref":"#/definitions/text"}})"},
    {Value::times, "a number from 1, one with a plus such as 3+, or a rising list of them",
     R"({"anyOf":[{"$ref":"#/definitions/time"},{"type":"array","minItems":1,"maxItems":1000,"items":{"$ref":"#/definitions/time"}}]})"},
    {Value::duration, "a duration such as 250ms, 1s, 1.5s, 10min or 1h, or 0",
     R"({"$ref":"#/definitions/duration"})"},
    {Value::message, "a text or a list of parts",
     R"({"anyOf":[{"$ref":"#/definitions/text"},{"type":"array","minItems":1,"maxItems":100,"items":{"anyOf":[{"$ref":"#/definitions/text"},{"$ref":"#/definitions/say_part"}]}}]})"},
    {Value::pieces, "words, whole or a number of characters from 1",
     R"({"anyOf":[{"enum":["words","whole"]},{"type":"integer","minimum":1,"maximum":1000000}]})"},
    {Value::usage, "a map such as {prompt_tokens: 10, completion_tokens: 5}",
     R"({"$ref":"#/definitions/usage"})"},
    {Value::truth, "true or false", R"({"type":"boolean"})"},
    {Value::calls, "a function's name, a map of names to arguments, or a list of those",
     R"({"anyOf":[{"$ref":"#/definitions/call"},{"type":"array","minItems":1,"maxItems":128,"items":{"$ref":"#/definitions/call"}}]})"},
    {Value::function_name, "a name of up to 64 letters, digits, '_', '-' and '.'",
     R"({"$ref":"#/definitions/function_name"})"},
    {Value::failure, "an error code, or a map with code and message",
     R"({"anyOf":[{"enum":["server_error","rate_limit_exceeded"]},{"$ref":"#/definitions/failure"}]})"},
    {Value::incomplete_reason, "max_completion_tokens, max_prompt_tokens or content_filter",
     R"({"enum":["max_completion_tokens","max_prompt_tokens","content_filter"]})"},
    {Value::nothing, "no value", R"({"type":"null"})"},
    {Value::branch_criteria, "a map such as {outputs: {get_weather: rain}}",
     R"({"$ref":"#/definitions/branch_criteria"})"},
    {Value::output_patterns, "a map of 1 to 128 patterns, by function name",
     R"({"type":"object","minProperties":1,"maxProperties":128,"propertyNames":{"$ref":"#/definitions/function_name"},"additionalProperties":{"$ref":"#/definitions/text"}})"},
    {Value::image, "an address or a map with url and detail",
     R"({"anyOf":[{"type":"string"},{"$ref":"#/definitions/image"}]})"},
    {Value::image_detail, "auto, low or high", R"({"enum":["auto","low","high"]})"},
    {Value::error_code, "an error code of 1 to 100 bytes",
     R"({"type":"string","minLength":1,"maxLength":100})"},
    {Value::token_count, "a whole number from 0",
     R"({"type":"integer","minimum":0,"maximum":1000000000})"},
});

constexpr auto shared_table = std::to_array<SharedSchema>({
    {"text", R"({"type":"string"})"},
    {"duration",
     R"({"anyOf":[{"type":"string","pattern":"^[0-9]+(\\.[0-9]+)?(ms|s|min|h)$"},{"enum":[0,"0"]}]})"},
    {"time",
     R"({"anyOf":[{"type":"integer","minimum":1,"maximum":1000000},{"type":"string","pattern":"^[1-9][0-9]{0,6}\\+?$"}]})"},
    {"function_name", R"({"type":"string","pattern":"^[A-Za-z0-9_.-]{1,64}$"})"},
    {"call",
     R"({"anyOf":[{"type":["string","number"],"pattern":"^[A-Za-z0-9_.-]{1,64}$"},{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/function_name"},"additionalProperties":{"type":["object","array","string","null"]}}]})"},
    {"tool",
     R"({"type":"object","required":["type"],"properties":{"type":{"enum":["code_interpreter","file_search","function"]},"function":{"type":"object","required":["name"],"properties":{"name":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"}}}}})"},
});

constexpr auto field_table = std::to_array<Field>({
    {Section::scenario, "scenario", Value::scenario_name, false,
     "The scenario's name. Left out, it is the file's name without its ending."},
    {Section::scenario, "teaches", Value::text, false,
     "What the author of a client learns from it, in a sentence."},
    {Section::scenario, "assistants", Value::assistants, false,
     "Assistants that are there before the first request."},
    {Section::scenario, "runs", Value::rules, true,
     "The rules. The first that fits a run answers it."},

    {Section::assistant, "id", Value::assistant_id, true, "The id that clients know it by."},
    {Section::assistant, "model", Value::text, true, "Its model; any text."},
    {Section::assistant, "name", Value::text, false, "At most 256 characters."},
    {Section::assistant, "description", Value::text, false, "At most 512 characters."},
    {Section::assistant, "instructions", Value::text, false, "At most 256000 characters."},
    {Section::assistant, "tools", Value::tools, false,
     "As POST /assistants takes them; at most 128."},
    {Section::assistant, "tool_resources", Value::json_map, false,
     "As POST /assistants takes them."},
    {Section::assistant, "metadata", Value::metadata, false,
     "Keys of at most 64 characters, values of at most 512."},
    {Section::assistant, "temperature", Value::temperature, false, "As POST /assistants takes it."},
    {Section::assistant, "top_p", Value::top_p, false, "As POST /assistants takes it."},
    {Section::assistant, "response_format", Value::response_format, false,
     "As POST /assistants takes it."},

    {Section::rule, "name", Value::rule_name, false,
     "How messages and the journal name the rule; no two rules have the same."},
    {Section::rule, "when", Value::criteria, false,
     "Which runs the rule answers. Left out, it answers every run, and has to be the last rule."},
    {Section::rule, "queued", Value::queued, false,
     "How long a run is queued before it is picked up: 1s unless given."},
    {Section::rule, "on_cancel", Value::on_cancel, false,
     "What a cancel does: the run is cancelling for that long and then cancelled (1s unless "
     "given), or the cancel is too_late and the run ends as scripted, or it is never settled and "
     "the run stays cancelling until it expires."},
    {Section::rule, "do", Value::steps, true,
     "What happens in the run, in order; at most 1000 steps. A run that gets to their end is "
     "completed."},

    {Section::criteria, "message", Value::pattern, false,
     "Searched for in the text of the thread's last user message. Its groups give values: "
     "`${name}` and `${1}`."},
    {Section::criteria, "assistant", Value::pattern, false,
     "Searched for in the assistant's name and in its id."},
    {Section::criteria, "model", Value::pattern, false, "Searched for in the run's model."},
    {Section::criteria, "instructions", Value::pattern, false,
     "Searched for in the run's instructions, additional ones included."},
    {Section::criteria, "metadata", Value::metadata_patterns, false,
     "Searched for in the value that the run, or else the thread, has under that key."},
    {Section::criteria, "times", Value::times, false,
     "Which times the rule applies, of all times that its other criteria fit: `2`, `3+`, "
     "`[1, 2, 5+]`."},

    {Section::wait_step, "wait", Value::duration, true, "How long; at most 24h."},

    {Section::say_step, "say", Value::message, true,
     "The text, a template; or the message's parts, at most 100."},
    {Section::say_step, "chunk", Value::pieces, false,
     "How the text is cut into the deltas of a stream: words unless given."},
    {Section::say_step, "over", Value::duration, false, "The deltas are spread over this long."},
    {Section::say_step, "usage", Value::usage, false, "The tokens that the step used."},
    {Section::say_step, "unfinished", Value::truth, false,
     "`true`: the message stays open. The next step has to be fail, incomplete or hang."},

    {Section::call_step, "call", Value::calls, true,
     "The functions; at most 128. Arguments are a map or list, sent as JSON, its texts being "
     "templates; or a text, sent as it is, even if it is no JSON; or nothing, sent as {}. Names "
     "are up to 64 letters, digits, '_', '-' and '.'."},
    {Section::call_step, "chunk", Value::pieces, false,
     "How the arguments are cut into the deltas of a stream: words unless given."},
    {Section::call_step, "over", Value::duration, false, "The deltas are spread over this long."},
    {Section::call_step, "usage", Value::usage, false, "The tokens that the step used."},

    {Section::fail_step, "fail", Value::failure, true,
     "`server_error` and `rate_limit_exceeded` have a usual message; every other code needs one."},

    {Section::incomplete_step, "incomplete", Value::incomplete_reason, true,
     "Why the run was cut short."},

    {Section::hang_step, "hang", Value::nothing, true, "Takes no value."},

    {Section::branch_step, "when", Value::branch_criteria, true, "What has to hold."},
    {Section::branch_step, "do", Value::steps, true, "What happens if it holds."},
    {Section::branch_step, "otherwise", Value::steps, false, "What happens if it does not."},

    {Section::branch_criteria, "outputs", Value::output_patterns, true,
     "For each function a pattern, searched for in its latest output. All have to be found; an "
     "earlier step has to call the function."},

    {Section::say_part, "text", Value::text, false, "A text, a template."},
    {Section::say_part, "refusal", Value::text, false, "A refusal, a template."},
    {Section::say_part, "image_url", Value::image, false, "An image by its address, a template."},

    {Section::image, "url", Value::text, true, "Its address, a template."},
    {Section::image, "detail", Value::image_detail, false, "auto unless given."},

    {Section::failure, "code", Value::error_code, true,
     "Usually server_error, rate_limit_exceeded or invalid_prompt."},
    {Section::failure, "message", Value::text, true, "For people to read; a template."},

    {Section::usage, "prompt_tokens", Value::token_count, true, "Tokens read."},
    {Section::usage, "completion_tokens", Value::token_count, true, "Tokens written."},
});

constexpr std::array<Section, 7> step_table = {
    Section::wait_step,       Section::say_step,  Section::call_step,  Section::fail_step,
    Section::incomplete_step, Section::hang_step, Section::branch_step};

static_assert(std::ranges::is_sorted(field_table, {}, &Field::section),
              "the fields of a section stand together, in the order of the sections");
static_assert(
    [] {
      for (std::size_t place = 0; place < section_table.size(); ++place)
        if (section_table[place].section != static_cast<Section>(place)) return false;
      return section_table.back().section == Section::usage;
    }(),
    "a row for every section, in order");
static_assert(
    [] {
      for (std::size_t place = 0; place < value_table.size(); ++place)
        if (value_table[place].value != static_cast<Value>(place)) return false;
      return value_table.back().value == Value::token_count;
    }(),
    "a row for every kind of value, in order");

}  // namespace

std::span<const SectionInfo> sections() {
  return section_table;
}

const SectionInfo& info(Section section) {
  return section_table[static_cast<std::size_t>(section)];
}

const ValueInfo& info(Value value) {
  return value_table[static_cast<std::size_t>(value)];
}

std::span<const Field> fields_of(Section section) {
  const auto begin = std::ranges::lower_bound(field_table, section, {}, &Field::section);
  const auto end = std::ranges::upper_bound(field_table, section, {}, &Field::section);
  return {begin, end};
}

std::vector<std::string_view> keys_of(Section section) {
  std::vector<std::string_view> keys;
  for (const Field& field : fields_of(section)) keys.push_back(field.key);
  return keys;
}

const Field* find_field(Section section, std::string_view key) {
  for (const Field& field : fields_of(section))
    if (field.key == key) return &field;
  return nullptr;
}

std::span<const Section> step_sections() {
  return step_table;
}

std::span<const SharedSchema> shared_schemas() {
  return shared_table;
}

}  // namespace assistants_mock::scenarios
