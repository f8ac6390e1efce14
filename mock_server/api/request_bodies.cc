// The tables: docs/wire/endpoints.md, section 3, row by row. Where it leaves an object open and a
// verbatim refusal of the service says otherwise, the refusal counts: tool_resources and all that
// is in it are closed (v.unknown, 'tool_resources.file_search.file_ids').
#include "mock_server/api/request_bodies.h"

#include <array>
#include <string_view>

#include "mock_server/api/body_pieces.h"

namespace assistants_mock::mock_server::api {
namespace {

using namespace body_pieces;
using std::string_view;
using Alternative = TaggedSchema::Alternative;
using Empty = StringSchema::Empty;

constexpr auto efforts =
    std::to_array<string_view>({"none", "minimal", "low", "medium", "high", "xhigh", "max"});
constexpr StringSchema one_effort{.supported = efforts};
constexpr ValueSchema reasoning_effort{.string = &one_effort, .null = true};

// Tools

constexpr auto rankers = std::to_array<string_view>({"auto", "default_2024_08_21"});
constexpr StringSchema one_ranker{.supported = rankers};
constexpr auto ranking_fields = std::to_array<Field>({
    {"ranker", {.string = &one_ranker}},
    {"score_threshold", {.decimal = &from_0_to_1}, true},
});
constexpr ObjectSchema ranking_options{.fields = ranking_fields, .open = true};
constexpr auto search_fields = std::to_array<Field>({
    {"max_num_results", {.integer = &from_1_to_50}},
    {"ranking_options", {.object = &ranking_options}},
});
constexpr ObjectSchema search_options{.fields = search_fields, .open = true};
constexpr auto file_search_fields = std::to_array<Field>({
    {"type", text},
    {"file_search", {.object = &search_options}},
});
constexpr ObjectSchema file_search_tool{.fields = file_search_fields, .open = true};

constexpr auto tool_types = std::to_array<Alternative>({
    {"code_interpreter", &type_only},  // v.enum: this order, verbatim
    {"function", &function_tool},
    {"file_search", &file_search_tool},
});
constexpr TaggedSchema tool{tool_types};
constexpr ArraySchema tools_128{.items = {.tagged = &tool}, .max_items = 128};
constexpr ArraySchema tools_20{.items = {.tagged = &tool}, .max_items = 20};
constexpr ValueSchema assistant_tools{.array = &tools_128};
constexpr ValueSchema run_tools{.array = &tools_20, .null = true};

// Tool resources

constexpr ArraySchema file_ids_20{.items = {.string = &file_id}, .max_items = 20};
constexpr auto code_interpreter_resource_fields =
    std::to_array<Field>({{"file_ids", {.array = &file_ids_20}}});
constexpr ObjectSchema code_interpreter_resources{.fields = code_interpreter_resource_fields};

constexpr ArraySchema store_ids_1{.items = {.string = &store_id}, .max_items = 1};
constexpr auto store_fields = std::to_array<Field>({{"vector_store_ids", {.array = &store_ids_1}}});
constexpr ObjectSchema file_search_resources{.fields = store_fields};

constexpr auto resource_fields = std::to_array<Field>({
    {"code_interpreter", {.object = &code_interpreter_resources}},
    {"file_search", {.object = &file_search_resources}},
});
constexpr ObjectSchema resources{.fields = resource_fields};
constexpr ValueSchema tool_resources{.object = &resources, .null = true};

// Creating an assistant or a thread may create a vector store beside it.

constexpr ArraySchema store_file_ids{.items = {.string = &file_id}, .max_items = 100'000'000};
constexpr auto new_store_fields = std::to_array<Field>({
    {"file_ids", {.array = &store_file_ids}},
    {"chunking_strategy", {.tagged = &chunking_strategy}},
    {"metadata", metadata},
});
constexpr ObjectSchema new_store{.fields = new_store_fields};
constexpr ArraySchema new_stores_1{.items = {.object = &new_store}, .max_items = 1};
constexpr auto store_or_new_fields = std::to_array<Field>({
    {"vector_store_ids", {.array = &store_ids_1}},
    {"vector_stores", {.array = &new_stores_1}},
});
constexpr ObjectSchema file_search_creating{.fields = store_or_new_fields,
                                            .together = Together::one_store_source};
constexpr auto creating_fields = std::to_array<Field>({
    {"code_interpreter", {.object = &code_interpreter_resources}},
    {"file_search", {.object = &file_search_creating}},
});
constexpr ObjectSchema resources_creating{.fields = creating_fields};
constexpr ValueSchema tool_resources_creating{.object = &resources_creating, .null = true};

constexpr auto choices = std::to_array<string_view>({"none", "auto", "required"});
constexpr StringSchema choice_name{.supported = choices};
constexpr auto tool_choice_types = std::to_array<Alternative>({
    {"function", &function_choice},
    {"code_interpreter", &type_only},
    {"file_search", &type_only},
});
constexpr TaggedSchema named_choice{tool_choice_types};
constexpr ValueSchema tool_choice{.string = &choice_name, .tagged = &named_choice, .null = true};

// Messages

constexpr auto details = std::to_array<string_view>({"auto", "low", "high"});
constexpr StringSchema one_detail{.supported = details};
constexpr StringSchema image_address{.form = StringSchema::Form::image_url};

constexpr auto text_part_fields = std::to_array<Field>({
    {"type", text},
    {"text", {.string = &content_text}, true},
});
constexpr ObjectSchema text_part{.fields = text_part_fields, .open = true};
constexpr auto image_url_fields = std::to_array<Field>({
    {"url", {.string = &image_address}, true},
    {"detail", {.string = &one_detail}},
});
constexpr ObjectSchema image_url{.fields = image_url_fields, .open = true};
constexpr auto image_url_part_fields = std::to_array<Field>({
    {"type", text},
    {"image_url", {.object = &image_url}, true},
});
constexpr ObjectSchema image_url_part{.fields = image_url_part_fields, .open = true};
constexpr auto image_file_fields = std::to_array<Field>({
    {"file_id", {.string = &file_id}, true},
    {"detail", {.string = &one_detail}},
});
constexpr ObjectSchema image_file{.fields = image_file_fields, .open = true};
constexpr auto image_file_part_fields = std::to_array<Field>({
    {"type", text},
    {"image_file", {.object = &image_file}, true},
});
constexpr ObjectSchema image_file_part{.fields = image_file_part_fields, .open = true};
constexpr auto part_types = std::to_array<Alternative>({
    {"text", &text_part},
    {"image_url", &image_url_part},
    {"image_file", &image_file_part},
});
constexpr TaggedSchema part{part_types};
constexpr ArraySchema parts{.items = {.tagged = &part}, .may_be_empty = false};

constexpr auto attachment_tool_types = std::to_array<Alternative>({
    {"code_interpreter", &type_only}, {"file_search", &type_only},  // without options
});
constexpr TaggedSchema attachment_tool{attachment_tool_types};
constexpr ArraySchema attachment_tools{.items = {.tagged = &attachment_tool}};
// Neither is required: the published schema demands both of the array, where it has no effect, and
// the SDKs' types leave both out.
constexpr auto attachment_fields = std::to_array<Field>({
    {"file_id", {.string = &file_id}},
    {"tools", {.array = &attachment_tools}},
});
constexpr ObjectSchema attachment{.fields = attachment_fields, .open = true};
constexpr ArraySchema attachment_list{.items = {.object = &attachment}};

constexpr auto message_fields = std::to_array<Field>({
    {"role", {.string = &one_role}, true},
    {"content", {.string = &content_text, .array = &parts}, true},
    {"attachments", {.array = &attachment_list, .null = true}},
    {"metadata", metadata},
});
constexpr ObjectSchema message{.fields = message_fields};
constexpr ArraySchema message_list{.items = {.object = &message}};
constexpr ValueSchema messages{.array = &message_list};

// Assistants

// `required` is whether the model must be named; `resources` what tool_resources may hold.
constexpr std::array<Field, 11> assistant_fields(bool required, const ValueSchema& resources) {
  return {{
      {"model", text, required},
      {"name", {.string = &name_256, .null = true}},
      {"description", {.string = &description_512, .null = true}},
      {"instructions", {.string = &instructions_256k, .null = true}},
      {"reasoning_effort", reasoning_effort},
      {"tools", assistant_tools},
      {"tool_resources", resources},
      {"metadata", metadata},
      {"temperature", temperature},
      {"top_p", top_p},
      {"response_format", response_format},
  }};
}
constexpr auto create_assistant_fields = assistant_fields(true, tool_resources_creating);
constexpr auto modify_assistant_fields = assistant_fields(false, tool_resources);

// Threads

constexpr auto create_thread_fields = std::to_array<Field>({
    {"messages", messages},
    {"tool_resources", tool_resources_creating},
    {"metadata", metadata},
});
constexpr ObjectSchema new_thread{.fields = create_thread_fields};
constexpr auto modify_thread_fields = std::to_array<Field>({
    {"tool_resources", tool_resources},
    {"metadata", metadata},
});
constexpr auto metadata_fields = std::to_array<Field>({{"metadata", metadata}});

// Runs

constexpr auto create_run_fields = std::to_array<Field>({
    {"assistant_id", {.string = &assistant_id}, true},
    {"model", or_null(text)},
    {"reasoning_effort", reasoning_effort},
    {"instructions", or_null(text)},
    {"additional_instructions", or_null(text)},
    {"additional_messages", or_null(messages)},
    {"tools", run_tools},
    {"metadata", metadata},
    {"temperature", temperature},
    {"top_p", top_p},
    {"stream", or_null(flag)},
    {"max_prompt_tokens", token_limit},
    {"max_completion_tokens", token_limit},
    {"truncation_strategy", truncation_strategy},
    {"tool_choice", tool_choice},
    {"parallel_tool_calls", flag},
    {"response_format", response_format},
});

constexpr auto create_thread_and_run_fields = std::to_array<Field>({
    {"assistant_id", {.string = &assistant_id}, true},
    {"thread", {.object = &new_thread}},
    {"model", or_null(text)},
    {"instructions", or_null(text)},
    {"tools", run_tools},
    {"tool_resources", tool_resources},
    {"metadata", metadata},
    {"temperature", temperature},
    {"top_p", top_p},
    {"stream", or_null(flag)},
    {"max_prompt_tokens", token_limit},
    {"max_completion_tokens", token_limit},
    {"truncation_strategy", truncation_strategy},
    {"tool_choice", tool_choice},
    {"parallel_tool_calls", flag},
    {"response_format", response_format},
});

// The published schema requires neither; the service did require the id (v.missing).
constexpr auto tool_output_fields = std::to_array<Field>({
    {"tool_call_id", text, true},
    {"output", text},
});
constexpr ObjectSchema tool_output{.fields = tool_output_fields, .open = true};
constexpr ArraySchema tool_outputs{.items = {.object = &tool_output}, .may_be_empty = false};
constexpr auto submit_fields = std::to_array<Field>({
    {"tool_outputs", {.array = &tool_outputs}, true},
    {"stream", or_null(flag)},
});

// Files and uploads

constexpr auto anchors = std::to_array<string_view>({"created_at"});
constexpr StringSchema one_anchor{.supported = anchors};
constexpr IntegerSchema from_an_hour_to_30_days{.min = 3'600, .max = 2'592'000};
constexpr auto expiry_fields = std::to_array<Field>({
    {"anchor", {.string = &one_anchor}, true},
    {"seconds", {.integer = &from_an_hour_to_30_days}, true},
});
constexpr ObjectSchema file_expiry{.fields = expiry_fields};
constexpr auto upload_purposes =
    std::to_array<string_view>({"assistants", "batch", "fine-tune", "vision"});
constexpr StringSchema one_upload_purpose{.supported = upload_purposes};
constexpr StringSchema some_text{.empty = Empty::refused};
constexpr IntegerSchema up_to_8_gb{.min = 1, .max = 8LL << 30};
constexpr auto create_upload_fields = std::to_array<Field>({
    {"filename", {.string = &some_text}, true},
    {"purpose", {.string = &one_upload_purpose}, true},
    {"bytes", {.integer = &up_to_8_gb}, true},
    {"mime_type", text, true},
    {"expires_after", {.object = &file_expiry}},
});
constexpr ArraySchema part_ids{.items = text};
constexpr auto complete_upload_fields = std::to_array<Field>({
    {"part_ids", {.array = &part_ids}, true},
    {"md5", text},
});

static_assert(create_run_fields.size() <= max_fields);

}  // namespace

constinit const ObjectSchema create_assistant_body{.fields = create_assistant_fields};
constinit const ObjectSchema modify_assistant_body{.fields = modify_assistant_fields};
constinit const ObjectSchema create_thread_body{.fields = create_thread_fields};
constinit const ObjectSchema modify_thread_body{.fields = modify_thread_fields};
constinit const ObjectSchema create_message_body{.fields = message_fields};
constinit const ObjectSchema modify_metadata_body{.fields = metadata_fields};
constinit const ObjectSchema create_run_body{.fields = create_run_fields};
constinit const ObjectSchema create_thread_and_run_body{.fields = create_thread_and_run_fields};
constinit const ObjectSchema submit_tool_outputs_body{.fields = submit_fields};
constinit const ObjectSchema create_upload_body{.fields = create_upload_fields};
constinit const ObjectSchema complete_upload_body{.fields = complete_upload_fields};

}  // namespace assistants_mock::mock_server::api
