#pragma once
// What the tables of request bodies have in common (request_bodies.cc, vector_store_bodies.cc):
// texts, ids, metadata, ranges, chunking strategies. Rows of "Shared pieces" in
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

}  // namespace assistants_mock::mock_server::api::body_pieces
