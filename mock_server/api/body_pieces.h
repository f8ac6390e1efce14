#pragma once
// What the tables of request bodies have in common (request_bodies.cc, vector_store_bodies.cc):
// texts, ids, metadata, ranges, chunking strategies, functions, options of runs; and the tables of
// the API's first version (first_version_bodies.cc). Rows of "Shared pieces" in
// docs/wire/endpoints.md.
#include <array>

#include "mock_server/api/body_schema.h"

namespace assistants_mock::mock_server::api::body_pieces {

// The same value, with null accepted too.
inline constexpr ValueSchema or_null(ValueSchema value) {
  value.null = true;
  return value;
}

inline constexpr StringSchema any_text;
inline constexpr StringSchema file_id{.id_prefix = "file"};
inline constexpr StringSchema store_id{.id_prefix = "vs"};
inline constexpr ValueSchema text{.string = &any_text};
inline constexpr ValueSchema flag{.boolean = true};

// What has a type and nothing else that is looked at.
inline constexpr auto type_field = std::to_array<Field>({{"type", text}});
inline constexpr ObjectSchema type_only{.fields = type_field, .open = true};

inline constexpr MetadataSchema any_metadata;
inline constexpr ValueSchema metadata{.metadata = &any_metadata, .null = true};

inline constexpr DecimalSchema from_0_to_1{.min = 0, .max = 1};
inline constexpr IntegerSchema from_1_to_50{.min = 1, .max = 50};
inline constexpr ObjectSchema auto_chunking{.fields = type_field};
inline constexpr IntegerSchema chunk_size{.min = 100, .max = 4096};
inline constexpr IntegerSchema chunk_overlap{.min = 0};
inline constexpr auto chunk_fields = std::to_array<Field>({
    {"max_chunk_size_tokens", {.integer = &chunk_size}, true},
    {"chunk_overlap_tokens", {.integer = &chunk_overlap}, true},
});
inline constexpr ObjectSchema chunk_sizes{.fields = chunk_fields,
                                          .together = Together::overlap_fits};
inline constexpr auto static_chunking_fields = std::to_array<Field>({
    {"type", text},
    {"static", {.object = &chunk_sizes}, true},
});
inline constexpr ObjectSchema static_chunking{.fields = static_chunking_fields};
inline constexpr auto chunking_types = std::to_array<TaggedSchema::Alternative>({
    {"auto", &auto_chunking},
    {"static", &static_chunking},
});
inline constexpr TaggedSchema chunking_strategy{chunking_types};

inline constexpr StringSchema unique_name{
    .max_length = 64, .empty = StringSchema::Empty::refused, .form = StringSchema::Form::name};
inline constexpr ObjectSchema any_object{.open = true};
inline constexpr ValueSchema json_schema_text{.object =
                                                  &any_object};  // given to the model as it is

inline constexpr DecimalSchema from_0_to_2{.min = 0, .max = 2};
inline constexpr ValueSchema temperature{.decimal = &from_0_to_2, .null = true};
inline constexpr ValueSchema top_p{.decimal = &from_0_to_1, .null = true};

// Tools

inline constexpr auto function_fields = std::to_array<Field>({
    {"name", {.string = &unique_name}, true},
    {"description", text},
    {"parameters", json_schema_text},
    {"strict", or_null(flag)},
});
inline constexpr ObjectSchema function_object{
    .fields = function_fields, .open = true, .together = Together::strict_parameters};
inline constexpr auto function_tool_fields = std::to_array<Field>({
    {"type", text},
    {"function", {.object = &function_object}, true},
});
inline constexpr ObjectSchema function_tool{.fields = function_tool_fields, .open = true};

// Options of a run that an assistant may have too

inline constexpr auto just_auto = std::to_array<std::string_view>({"auto"});
inline constexpr StringSchema format_name{.supported = just_auto};
inline constexpr auto schema_format_fields = std::to_array<Field>({
    {"name", {.string = &unique_name}, true},
    {"description", text},
    {"schema", json_schema_text},
    {"strict", or_null(flag)},
});
inline constexpr ObjectSchema schema_format{.fields = schema_format_fields, .open = true};
inline constexpr auto json_schema_fields = std::to_array<Field>({
    {"type", text},
    {"json_schema", {.object = &schema_format}, true},
});
inline constexpr ObjectSchema json_schema_format{.fields = json_schema_fields, .open = true};
inline constexpr auto format_types = std::to_array<TaggedSchema::Alternative>({
    {"json_object", &type_only},
    {"json_schema", &json_schema_format},
    {"text", &type_only},
});
inline constexpr TaggedSchema format_object{format_types};
inline constexpr ValueSchema response_format{
    .string = &format_name, .tagged = &format_object, .null = true};

inline constexpr auto chosen_function_fields = std::to_array<Field>({{"name", text, true}});
inline constexpr ObjectSchema chosen_function{.fields = chosen_function_fields, .open = true};
inline constexpr auto function_choice_fields = std::to_array<Field>({
    {"type", text},
    {"function", {.object = &chosen_function}, true},
});
inline constexpr ObjectSchema function_choice{.fields = function_choice_fields, .open = true};

inline constexpr auto truncations = std::to_array<std::string_view>({"auto", "last_messages"});
inline constexpr StringSchema one_truncation{.supported = truncations};
inline constexpr IntegerSchema at_least_1{.min = 1};
inline constexpr auto truncation_fields = std::to_array<Field>({
    {"type", {.string = &one_truncation}, true},
    {"last_messages", {.integer = &at_least_1, .null = true}},
});
inline constexpr ObjectSchema truncation{.fields = truncation_fields, .open = true};
inline constexpr ValueSchema truncation_strategy{.object = &truncation, .null = true};

inline constexpr IntegerSchema at_least_256{.min = 256};
inline constexpr ValueSchema token_limit{.integer = &at_least_256, .null = true};

// Messages and assistants

inline constexpr auto roles = std::to_array<std::string_view>({"user", "assistant"});
inline constexpr StringSchema one_role{.supported = roles};
inline constexpr StringSchema content_text{.max_length = 256'000,
                                           .empty = StringSchema::Empty::refused_as_content};

inline constexpr StringSchema assistant_id{.id_prefix = "asst"};
inline constexpr StringSchema name_256{.max_length = 256};
inline constexpr StringSchema description_512{.max_length = 512};
inline constexpr StringSchema instructions_256k{.max_length = 256'000};

}  // namespace assistants_mock::mock_server::api::body_pieces
