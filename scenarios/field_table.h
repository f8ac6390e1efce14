#pragma once
// Every key that a scenario file can have: where, what it takes, what it means. The parser takes
// its keys from here, scenario_schema the JSON Schema, reference_tables the tables of
// docs/scenarios.md. A key is added by adding a row and the line that reads it.
#include <span>
#include <string_view>
#include <vector>

namespace assistants_mock::scenarios {

// The kinds of map in a scenario file.
enum class Section {
  scenario,
  assistant,
  seeded_file,
  vector_store,
  indexing,
  indexing_rule,
  file_failure,
  rate_limit,
  fault,
  stream_fault,
  rule,
  criteria,
  wait_step,
  say_step,
  call_step,
  code_run,
  code_output,
  output_image,
  made_file,
  file_search,
  search_result,
  fail_step,
  incomplete_step,
  hang_step,
  branch_step,
  branch_criteria,
  say_part,
  image,
  image_file,
  failure,
  usage,
};

// What a key takes.
enum class Value {
  scenario_name,
  text,
  assistants,
  rules,
  assistant_id,
  tools,
  tool_type,
  tool_name,
  json_map,
  metadata,
  temperature,
  top_p,
  response_format,
  rule_name,
  criteria,
  queued,
  on_cancel,
  steps,
  pattern,
  metadata_patterns,
  times,
  duration,
  message,
  pieces,
  usage,
  truth,
  calls,
  function_name,
  failure,
  incomplete_reason,
  nothing,
  branch_criteria,
  output_patterns,
  image,
  image_detail,
  error_code,
  token_count,
  files,
  file_id,
  filename,
  base64,
  file_purpose,
  vector_stores,
  store_id,
  file_ids,
  days,
  indexing,
  indexing_rules,
  file_failure,
  polled_batch_id,
  id_letters,
  models,
  code_outputs,
  made_files,
  output_image,
  search_results,
  score,
  image_file,
  rate_limits,
  faults,
  operation,
  operations,
  path_parameter,
  run_status,
  error_row,
  http_status,
  http_headers,
  http_body,
  connection,
  byte_count,
  stream_fault,
  stream_event,
  position,
  stream_outcome,
};

struct SectionInfo {
  Section section;
  std::string_view id;     // its name in the JSON Schema
  std::string_view title;  // how messages name it: "a step"
  std::string_view description;
};

struct ValueInfo {
  Value value;
  std::string_view wording;  // completes "needs …"
  std::string_view schema;   // its JSON Schema
};

struct Field {
  Section section;
  std::string_view key;
  Value value;
  bool required;
  std::string_view description;
};

std::span<const SectionInfo> sections();
const SectionInfo& info(Section section);
const ValueInfo& info(Value value);

// The fields of one section. Of a step's section the first is the verb: the key that says what the
// step does; the others may stand beside it.
std::span<const Field> fields_of(Section section);
std::vector<std::string_view> keys_of(Section section);

// The field of that name, or nothing.
const Field* find_field(Section section, std::string_view key);

// The sections that are steps, one for each verb.
std::span<const Section> step_sections();

// The JSON Schema of what is not a map of its own: one step, one message part, one function call
// and so on, as `definitions` that the schemas above refer to.
struct SharedSchema {
  std::string_view id;
  std::string_view schema;
};
std::span<const SharedSchema> shared_schemas();

}  // namespace assistants_mock::scenarios
