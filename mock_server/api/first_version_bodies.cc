// The tables: the schema of 2024-04-15, the last one before the second version (docs/wire/
// first-version.md, "Requests").
#include "mock_server/api/first_version_bodies.h"

#include <array>
#include <string>
#include <string_view>

#include "mock_server/api/body_pieces.h"

namespace assistants_mock::mock_server::api::first_version {
namespace {

using namespace body_pieces;
using Alternative = TaggedSchema::Alternative;

// A flag was taken, and came back as a text (observed).
constexpr MetadataSchema lenient_metadata{.numbers_and_flags = true};
constexpr ValueSchema metadata_1{.metadata = &lenient_metadata, .null = true};
constexpr auto metadata_fields = std::to_array<Field>({{"metadata", metadata_1}});

// v.enum: this order, verbatim.
constexpr auto tool_types = std::to_array<Alternative>({
    {"code_interpreter", &type_only},
    {"function", &function_tool},
    {"retrieval", &type_only},
});
constexpr TaggedSchema tool{tool_types};
constexpr ArraySchema tools_128{.items = {.tagged = &tool}, .max_items = 128};
constexpr ArraySchema tools_20{.items = {.tagged = &tool}, .max_items = 20};
constexpr ValueSchema run_tools{.array = &tools_20, .null = true};

constexpr ArraySchema file_ids_20{.items = {.string = &file_id}, .max_items = 20};
constexpr ArraySchema file_ids_10{.items = {.string = &file_id}, .max_items = 10};

constexpr std::array<Field, 7> assistant_fields(bool required) {
  return {{
      {"model", text, required},
      {"name", {.string = &name_256, .null = true}},
      {"description", {.string = &description_512, .null = true}},
      {"instructions", {.string = &instructions_256k, .null = true}},
      {"tools", {.array = &tools_128}},
      {"file_ids", {.array = &file_ids_20}},
      {"metadata", metadata_1},
  }};
}
constexpr auto create_assistant_fields = assistant_fields(true);
constexpr auto modify_assistant_fields = assistant_fields(false);
constexpr auto attach_fields = std::to_array<Field>({{"file_id", {.string = &file_id}, true}});

constexpr auto message_fields = std::to_array<Field>({
    {"role", {.string = &one_role}, true},
    {"content", {.string = &content_text}, true},
    {"file_ids", {.array = &file_ids_10}},
    {"metadata", metadata_1},
});
constexpr ObjectSchema message{.fields = message_fields};
constexpr ArraySchema message_list{.items = {.object = &message}};
constexpr ValueSchema messages{.array = &message_list};

constexpr auto thread_fields = std::to_array<Field>({
    {"messages", messages},
    {"metadata", metadata_1},
});
constexpr ObjectSchema new_thread{.fields = thread_fields};

constexpr auto choices = std::to_array<std::string_view>({"none", "auto"});
constexpr StringSchema choice_name{.supported = choices};
constexpr auto tool_choice_types = std::to_array<Alternative>({
    {"function", &function_choice},
    {"code_interpreter", &type_only},
    {"retrieval", &type_only},
});
constexpr TaggedSchema named_choice{tool_choice_types};
constexpr ValueSchema tool_choice{.string = &choice_name, .tagged = &named_choice, .null = true};

constexpr auto create_run_fields = std::to_array<Field>({
    {"assistant_id", {.string = &assistant_id}, true},
    {"model", or_null(text)},
    {"instructions", or_null(text)},
    {"additional_instructions", or_null(text)},
    {"additional_messages", or_null(messages)},
    {"tools", run_tools},
    {"metadata", metadata_1},
    {"temperature", temperature},
    {"top_p", top_p},
    {"stream", or_null(flag)},
    {"max_prompt_tokens", token_limit},
    {"max_completion_tokens", token_limit},
    {"truncation_strategy", truncation_strategy},
    {"tool_choice", tool_choice},
    {"response_format", response_format},
});

constexpr auto create_thread_and_run_fields = std::to_array<Field>({
    {"assistant_id", {.string = &assistant_id}, true},
    {"thread", {.object = &new_thread}},
    {"model", or_null(text)},
    {"instructions", or_null(text)},
    {"tools", run_tools},
    {"metadata", metadata_1},
    {"temperature", temperature},
    {"top_p", top_p},
    {"stream", or_null(flag)},
    {"max_prompt_tokens", token_limit},
    {"max_completion_tokens", token_limit},
    {"truncation_strategy", truncation_strategy},
    {"tool_choice", tool_choice},
    {"response_format", response_format},
});

void rename_type(Body& tagged, std::string_view from, std::string_view to) {
  if (!tagged.is_object()) return;
  const auto type = tagged.find("type");
  if (type != tagged.end() && *type == from) *type = to;
}

void rename_tools(Body& body, std::string_view from, std::string_view to) {
  const auto tools = body.find("tools");
  if (tools != body.end() && tools->is_array())
    for (Body& tool : *tools) rename_type(tool, from, to);
}

// "True" and "2", as they came back.
std::string text_of(const Body& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
  return value.dump();
}

void write_out_metadata(Body& body) {
  const auto metadata = body.find("metadata");
  if (metadata == body.end() || !metadata->is_object()) return;
  for (auto& [name, value] : metadata->items()) value = text_of(value);
}

void translate_messages(Body& body, std::string_view key) {
  const auto list = body.find(key);
  if (list != body.end() && list->is_array())
    for (Body& one : *list) write_out_metadata(one);
}

}  // namespace

constinit const ObjectSchema create_assistant_body{.fields = create_assistant_fields};
constinit const ObjectSchema modify_assistant_body{.fields = modify_assistant_fields};
constinit const ObjectSchema attach_file_body{.fields = attach_fields};
constinit const ObjectSchema create_thread_body{.fields = thread_fields};
constinit const ObjectSchema modify_metadata_body{.fields = metadata_fields};
constinit const ObjectSchema create_message_body{.fields = message_fields};
constinit const ObjectSchema create_run_body{.fields = create_run_fields};
constinit const ObjectSchema create_thread_and_run_body{.fields = create_thread_and_run_fields};

void mend_spelling(Body& body) {
  if (body.is_object()) rename_tools(body, "retreival", "retrieval");
}

void translate(Body& body) {
  write_out_metadata(body);
  rename_tools(body, "retrieval", "file_search");
  if (const auto choice = body.find("tool_choice"); choice != body.end())
    rename_type(*choice, "retrieval", "file_search");
  translate_messages(body, "messages");
  translate_messages(body, "additional_messages");
  if (const auto thread = body.find("thread"); thread != body.end() && thread->is_object()) {
    write_out_metadata(*thread);
    translate_messages(*thread, "messages");
  }
}

}  // namespace assistants_mock::mock_server::api::first_version
