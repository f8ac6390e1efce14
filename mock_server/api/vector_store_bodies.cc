// The bodies of the operations on vector stores: docs/wire/endpoints.md, section 3. What a search
// filters by nests without end and is read by filter_reader.h.
#include <array>
#include <string_view>

#include "mock_server/api/body_pieces.h"
#include "mock_server/api/request_bodies.h"

namespace assistants_mock::mock_server::api {
namespace {

using namespace body_pieces;
using std::string_view;

constexpr auto anchors = std::to_array<string_view>({"last_active_at"});
constexpr StringSchema one_anchor{.supported = anchors};
constexpr IntegerSchema days{.min = 1, .max = 365};
constexpr auto expiry_fields = std::to_array<Field>({
    {"anchor", {.string = &one_anchor}, true},
    {"days", {.integer = &days}, true},
});
constexpr ObjectSchema expires_after{.fields = expiry_fields};

constexpr MetadataSchema any_attributes{.numbers_and_flags = true};
constexpr ValueSchema attributes{.metadata = &any_attributes, .null = true};

constexpr ArraySchema file_ids_500{.items = {.string = &file_id}, .max_items = 500};
constexpr auto create_fields = std::to_array<Field>({
    {"file_ids", {.array = &file_ids_500}},
    {"name", or_null(text)},
    {"description", or_null(text)},
    {"expires_after", {.object = &expires_after, .null = true}},
    {"chunking_strategy", {.tagged = &chunking_strategy, .null = true}},
    {"metadata", metadata},
});

constexpr auto modify_fields = std::to_array<Field>({
    {"name", or_null(text)},
    {"expires_after", {.object = &expires_after, .null = true}},
    {"metadata", metadata},
});

constexpr auto create_file_fields = std::to_array<Field>({
    {"file_id", {.string = &file_id}, true},
    {"chunking_strategy", {.tagged = &chunking_strategy, .null = true}},
    {"attributes", attributes},
});
constexpr ObjectSchema new_file{.fields = create_file_fields};

constexpr auto attributes_fields = std::to_array<Field>({{"attributes", attributes, true}});

constexpr ArraySchema file_ids_2000{
    .items = {.string = &file_id}, .may_be_empty = false, .max_items = 2000};
constexpr ArraySchema files_2000{
    .items = {.object = &new_file}, .may_be_empty = false, .max_items = 2000};
constexpr auto create_batch_fields = std::to_array<Field>({
    {"file_ids", {.array = &file_ids_2000}},
    {"files", {.array = &files_2000}},
    {"chunking_strategy", {.tagged = &chunking_strategy, .null = true}},
    {"attributes", attributes},
});

constexpr StringSchema some_text{.empty = StringSchema::Empty::refused};
constexpr ArraySchema queries{
    .items = {.string = &some_text}, .may_be_empty = false, .max_items = 100};
constexpr auto rankers = std::to_array<string_view>({"none", "auto", "default-2024-11-15"});
constexpr StringSchema one_ranker{.supported = rankers};
constexpr auto ranking_fields = std::to_array<Field>({
    {"ranker", {.string = &one_ranker}},
    {"score_threshold", {.decimal = &from_0_to_1}},
});
constexpr ObjectSchema ranking_options{.fields = ranking_fields};
constexpr ObjectSchema any_filter{.open = true};
constexpr auto search_fields = std::to_array<Field>({
    {"query", {.string = &some_text, .array = &queries}, true},
    {"rewrite_query", flag},
    {"max_num_results", {.integer = &from_1_to_50}},
    {"filters", {.object = &any_filter, .null = true}},
    {"ranking_options", {.object = &ranking_options, .null = true}},
});

}  // namespace

constinit const ObjectSchema create_vector_store_body{.fields = create_fields};
constinit const ObjectSchema modify_vector_store_body{.fields = modify_fields};
constinit const ObjectSchema create_store_file_body{.fields = create_file_fields};
constinit const ObjectSchema store_file_attributes_body{.fields = attributes_fields};
constinit const ObjectSchema create_file_batch_body{.fields = create_batch_fields,
                                                    .together = Together::one_file_source};
constinit const ObjectSchema search_vector_store_body{.fields = search_fields};

}  // namespace assistants_mock::mock_server::api
