#pragma once
// What messages and run steps are made of, to JSON: content parts and tool calls. Their deltas have
// some of it too.
#include <optional>
#include <string_view>
#include <vector>

#include "mock_server/api/json_writer.h"
#include "mock_server/api/wire_json.h"
#include "mock_server/store/resources.h"

namespace assistants_mock::mock_server::api {

// "content": […]
void write_content(JsonWriter& out, const std::vector<store::Content>& content, const View& view);

// The `detail` of an image that is a file; empty for the first version, which had none.
std::string_view shown_detail(std::string_view detail, const View& view);

// "tool_calls": […], of a step.
void write_calls(JsonWriter& out, const std::vector<store::StepCall>& calls, const View& view);

// These write members of the object that is open.

// In whole seconds since 1970, or null.
void write_date(JsonWriter& out, std::string_view key,
                const std::optional<state_machine::Instant>& at);
void write_function(JsonWriter& out, std::string_view name, std::string_view arguments);
void write_code_output(JsonWriter& out, const store::CodeOutput& output);
// "ranking_options": {…}
void write_ranking(JsonWriter& out, std::string_view ranker, double score_threshold);
// With the empty `quote` that deltas have (observed: docs/wire/streaming.md, 4), and that all had
// in the first version.
void write_annotation(JsonWriter& out, const store::Annotation& annotation, bool with_quote);

}  // namespace assistants_mock::mock_server::api
