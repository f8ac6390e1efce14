// The kinds of value of the field table, with their JSON Schemas. Limits of assistants are those of
// the API (v.strlen, v.arrmax, v.meta.key).
#include <array>
#include <cstddef>

#include "scenarios/field_table.h"

namespace assistants_mock::scenarios {

namespace {

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
    {Value::files, "a list of files",
     R"({"type":"array","maxItems":1000,"items":{"$ref":"#/definitions/seeded_file"}})"},
    {Value::file_id, "an id that begins with 'file-', then up to 59 letters, digits, '_' and '-'",
     R"({"$ref":"#/definitions/file_id"})"},
    {Value::filename, "a file's name of 1 to 255 bytes in one line, without '/'",
     R"({"$ref":"#/definitions/filename"})"},
    {Value::base64, "bytes written as base64", R"({"type":"string"})"},
    {Value::file_purpose,
     "assistants, assistants_output, batch, batch_output, fine-tune, fine-tune-results, vision or "
     "user_data",
     R"({"enum":["assistants","assistants_output","batch","batch_output","fine-tune","fine-tune-results","vision","user_data"]})"},
    {Value::vector_stores, "a list of vector stores",
     R"({"type":"array","maxItems":100,"items":{"$ref":"#/definitions/vector_store"}})"},
    {Value::store_id, "an id that begins with 'vs_', then up to 61 letters, digits, '_' and '-'",
     R"({"type":"string","pattern":"^vs_[A-Za-z0-9_-]{1,61}$"})"},
    {Value::file_ids, "a list of ids of files of the scenario",
     R"({"type":"array","maxItems":1000,"items":{"$ref":"#/definitions/file_id"}})"},
    {Value::days, "a whole number from 1 to 365",
     R"({"type":"integer","minimum":1,"maximum":365})"},
    {Value::indexing, "a map such as {counters_lag: 2s}", R"({"$ref":"#/definitions/indexing"})"},
    {Value::indexing_rules, "a list of rules such as {filename: '\\.csv$', takes: 5s}",
     R"({"type":"array","maxItems":100,"items":{"$ref":"#/definitions/indexing_rule"}})"},
    {Value::file_failure,
     "unsupported_file, invalid_file or server_error, or a map with code and message",
     R"({"anyOf":[{"enum":["unsupported_file","invalid_file","server_error"]},{"$ref":"#/definitions/file_failure"}]})"},
    {Value::polled_batch_id, "batch or store", R"({"enum":["batch","store"]})"},
    {Value::id_letters, "usual or unusual", R"({"enum":["usual","unusual"]})"},
    {Value::models, "a list of 1 to 100 names of models",
     R"({"type":"array","minItems":1,"maxItems":100,"items":{"type":"string"}})"},
    {Value::code_outputs, "a list of outputs such as {logs: '42'} or {image: plot.png}",
     R"({"type":"array","maxItems":100,"items":{"$ref":"#/definitions/code_output"}})"},
    {Value::made_files, "a list of files such as {filename: report.csv, content: 'a,b'}",
     R"({"type":"array","maxItems":100,"items":{"$ref":"#/definitions/made_file"}})"},
    {Value::output_image, "a file's name, or a map with filename and base64",
     R"({"anyOf":[{"$ref":"#/definitions/filename"},{"$ref":"#/definitions/output_image"}]})"},
    {Value::search_results, "a list of results such as {file: foods.txt, text: cake, score: 0.9}",
     R"({"type":"array","maxItems":50,"items":{"$ref":"#/definitions/search_result"}})"},
    {Value::score, "a number from 0 to 1", R"({"type":"number","minimum":0,"maximum":1})"},
    {Value::image_file, "a file's name or id, or a map with file and detail",
     R"({"anyOf":[{"$ref":"#/definitions/filename"},{"$ref":"#/definitions/image_file"}]})"},
    {Value::rate_limits, "published or a list of limits such as {requests_per_minute: 60}",
     R"({"anyOf":[{"const":"published"},{"type":"array","minItems":1,"maxItems":1000,"items":{"$ref":"#/definitions/rate_limit"}}]})"},
    {Value::faults, "a list of faults such as {on: createRun, error: rl.rpm}",
     R"({"type":"array","maxItems":1000,"items":{"$ref":"#/definitions/fault"}})"},
    {Value::operation, "an operation such as createRun or POST /threads/{thread_id}/runs",
     R"({"type":"string"})"},
    {Value::operations, "an operation such as createRun, or a list of operations",
     R"({"anyOf":[{"type":"string"},{"type":"array","minItems":1,"items":{"type":"string"}}]})"},
    {Value::path_parameter, "a parameter of the path such as run_id",
     R"({"enum":["assistant_id","thread_id","message_id","run_id","step_id","vector_store_id","file_id","batch_id","model","upload_id"]})"},
    {Value::run_status, "a status of runs such as requires_action",
     R"({"enum":["queued","in_progress","requires_action","cancelling","cancelled","failed","completed","incomplete","expired"]})"},
    {Value::error_row, "a row of errors.md such as rl.rpm", R"({"type":"string"})"},
    {Value::http_status, "a status from 200 to 599",
     R"({"type":"integer","minimum":200,"maximum":599})"},
    {Value::http_headers, "a map of 1 to 100 headers such as {retry-after: 2}",
     R"({"type":"object","minProperties":1,"maxProperties":100,"additionalProperties":{"type":["string","number","boolean"]}})"},
    {Value::http_body, "a text, or a map or list",
     R"({"anyOf":[{"$ref":"#/definitions/text"},{"type":["object","array"]}]})"},
    {Value::connection, "kept, closed, reset or hanging",
     R"({"enum":["kept","closed","reset","hanging"]})"},
    {Value::byte_count, "a number of bytes from 0",
     R"({"type":"integer","minimum":0,"maximum":1000000000})"},
    {Value::stream_fault, "a map such as {after: thread.message.delta, then: cut}",
     R"({"$ref":"#/definitions/stream_fault"})"},
    {Value::stream_event, "the name of an event such as thread.message.delta",
     R"({"type":"string"})"},
    {Value::position, "a number from 1", R"({"type":"integer","minimum":1,"maximum":1000000000})"},
    {Value::stream_outcome,
     "cut, reset, hang, end, cut_inside, cut_in_character, error, bare_error, unknown_event, "
     "repeat, swap or rename",
     R"({"enum":["none","cut","reset","hang","end","cut_inside","cut_in_character","error","bare_error","unknown_event","repeat","swap","rename"]})"},
});

constexpr auto shared_table = std::to_array<SharedSchema>({
    {"text", R"({"type":"string"})"},
    {"duration",
     R"({"anyOf":[{"type":"string","pattern":"^[0-9]+(\\.[0-9]+)?(ms|s|min|h)$"},{"enum":[0,"0"]}]})"},
    {"time",
     R"({"anyOf":[{"type":"integer","minimum":1,"maximum":1000000},{"type":"string","pattern":"^[1-9][0-9]{0,6}\\+?$"}]})"},
    {"function_name", R"({"type":"string","pattern":"^[A-Za-z0-9_.-]{1,64}$"})"},
    {"call",
     R"({"anyOf":[{"type":["string","number"],"pattern":"^[A-Za-z0-9_.-]{1,64}$","not":{"const":"code_interpreter"}},{"type":"object","minProperties":1,"propertyNames":{"$ref":"#/definitions/function_name"},"properties":{"code_interpreter":{"$ref":"#/definitions/code_run"},"file_search":{"anyOf":[{"type":"null"},{"$ref":"#/definitions/file_search"}]}},"additionalProperties":{"type":["object","array","string","null"]}}]})"},
    {"file_id", R"({"type":"string","pattern":"^file-[A-Za-z0-9_-]{1,59}$"})"},
    {"filename", R"({"type":"string","minLength":1,"maxLength":255,"pattern":"^[^/]*$"})"},
    {"tool",
     R"({"type":"object","required":["type"],"properties":{"type":{"enum":["code_interpreter","file_search","function"]},"function":{"type":"object","required":["name"],"properties":{"name":{"type":"string","pattern":"^[A-Za-z0-9_-]{1,64}$"}}}}})"},
});

static_assert(
    [] {
      for (std::size_t place = 0; place < value_table.size(); ++place)
        if (value_table[place].value != static_cast<Value>(place)) return false;
      return value_table.back().value == Value::stream_outcome;
    }(),
    "a row for every kind of value, in order");

}  // namespace

const ValueInfo& info(Value value) {
  return value_table[static_cast<std::size_t>(value)];
}

std::span<const SharedSchema> shared_schemas() {
  return shared_table;
}

}  // namespace assistants_mock::scenarios
