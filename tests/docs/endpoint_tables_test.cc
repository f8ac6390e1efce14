// docs/wire/endpoints.md beside the routes and the tables of bodies.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>

#include "mock_server/api/request_bodies.h"
#include "mock_server/api/routes.h"
#include "tests/docs/joined_table.h"

namespace assistants_mock::tests {
namespace {

using namespace mock_server::api;

constexpr std::string_view endpoint_page = "docs/wire/endpoints.md";

std::string query_of(const QueryParameters& query) {
  std::string names;
  if (query.paging) names += "*list*";
  if (query.files) names += "`limit` to 10,000, `order`, `after`, `purpose`";
  if (query.run_id) names += ", `run_id`";
  if (query.filter) names += ", `filter`";
  if (query.include) names += names.empty() ? "`include[]`" : ", `include[]`";
  return names.empty() ? "–" : names;
}

std::string body_of(const Route& route) {
  if (route.form != nullptr) return "form with " + code(route.form->file);
  return route.body != nullptr ? "JSON" : "–";
}

TEST(WireDocs, OperationsAreThoseOfTheRoutes) {
  JoinedTable table{{"operation", "method and path", "query", "body", "beta header"},
                    {"answer", "held by"}};
  for (const Route& route : routes())
    table.rows.push_back({code(route.operation), std::string(route.method) + " " + code(route.path),
                          query_of(route.query), body_of(route), route.beta ? "needed" : "–"});
  expect_joined_table(endpoint_page, "operations", table);
}

// Describes bodies field by field, each piece that several of them share once.
class BodyDescription {
 public:
  JoinedTable table_of(std::string_view operation, const ObjectSchema& schema) {
    operation_ = operation;
    table_ = {{"field", "takes", "needed"}, {"default, and what it does"}};
    seen_.emplace(schema.fields.data(), "the body of " + std::string(operation));
    fields(schema, "");
    return std::move(table_);
  }

 private:
  void fields(const ObjectSchema& schema, const std::string& prefix) {
    for (const Field& field : schema.fields) {
      const std::string path = prefix + std::string(field.name);
      const std::size_t place = table_.rows.size();
      table_.rows.push_back({code(path), "", field.required ? "yes" : "–"});
      const std::string takes = described(field.value, path);
      table_.rows[place][1] = takes;
    }
  }

  // In words, with the rows of what is inside added to the table.
  std::string described(const ValueSchema& value, const std::string& path) {
    std::vector<std::string> kinds;
    if (value.string) kinds.push_back(described(*value.string));
    if (value.integer) kinds.push_back(described(*value.integer));
    if (value.decimal) kinds.push_back(described(*value.decimal));
    if (value.boolean) kinds.emplace_back("boolean");
    if (value.array) kinds.push_back(described(*value.array, path));
    if (value.object) kinds.push_back(described(*value.object, path));
    if (value.tagged) kinds.push_back(described(*value.tagged, path));
    if (value.metadata) kinds.push_back(described(*value.metadata));
    if (value.null) kinds.emplace_back("null");
    std::string words;
    for (const std::string& kind : kinds) words += (words.empty() ? "" : "; or ") + kind;
    return words;
  }

  static std::string described(const StringSchema& schema) {
    std::string words = "string";
    if (!schema.supported.empty()) words = choice_of(schema.supported);
    if (!schema.id_prefix.empty()) words = "id that begins with " + code(schema.id_prefix);
    if (schema.form == StringSchema::Form::name) words += " like " + code(name_pattern);
    if (schema.form == StringSchema::Form::image_url) words = "web address of an image";
    if (schema.max_length != unlimited)
      words += " of at most " + std::to_string(schema.max_length) + " characters";
    if (schema.empty != StringSchema::Empty::accepted) words += ", not empty";
    return words;
  }

  static std::string choice_of(std::span<const std::string_view> values) {
    return (values.size() > 1 ? "one of " : "") + listed(values);
  }

  static std::string described(const IntegerSchema& schema) {
    std::string words = "integer";
    if (schema.min != IntegerSchema{}.min) words += " from " + std::to_string(schema.min);
    if (schema.max != IntegerSchema{}.max) words += " to " + std::to_string(schema.max);
    return words;
  }

  static std::string described(const DecimalSchema& schema) {
    return "number from " + std::to_string(static_cast<int>(schema.min)) + " to " +
           std::to_string(static_cast<int>(schema.max));
  }

  static std::string described(const MetadataSchema& schema) {
    const std::string values =
        schema.numbers_and_flags ? " strings, numbers and truth values" : " strings";
    return "map of at most " + std::to_string(schema.max_pairs) + values + ", keys of at most " +
           std::to_string(schema.max_key_length) + " and values of at most " +
           std::to_string(schema.max_value_length) + " characters";
  }

  std::string described(const ArraySchema& schema, const std::string& path) {
    std::string words = "array";
    if (schema.max_items != unlimited) words += " of at most " + std::to_string(schema.max_items);
    if (!schema.may_be_empty) words += ", not empty";
    return words + ", items: " + described(schema.items, path + "[]");
  }

  std::string described(const ObjectSchema& schema, const std::string& path) {
    std::string words = schema.open ? "object that may have further fields" : "object";
    if (schema.fields.empty()) return words;
    if (const std::string earlier = seen(schema.fields.data(), path); !earlier.empty())
      return words + ", fields as those of " + earlier;
    fields(schema, path + ".");
    return words;
  }

  std::string described(const TaggedSchema& schema, const std::string& path) {
    std::vector<std::string_view> types;
    for (const auto& alternative : schema.alternatives) types.push_back(alternative.type);
    std::string words = "object whose `type` is one of " + listed(types);
    if (const std::string earlier = seen(&schema, path); !earlier.empty())
      return words + ", fields as those of " + earlier;
    for (const auto& alternative : schema.alternatives)
      for (const Field& field : alternative.object->fields)
        if (field.name != "type") {
          const Field one[] = {field};
          fields({.fields = one}, path + ".");
        }
    return words;
  }

  // Where this piece was described; nothing the first time.
  std::string seen(const void* piece, const std::string& path) {
    const auto [place, first] = seen_.emplace(piece, code(path) + " of " + std::string(operation_));
    return first ? "" : place->second;
  }

  static std::string listed(std::span<const std::string_view> words) {
    std::string list;
    for (const std::string_view word : words) list += (list.empty() ? "" : ", ") + code(word);
    return list;
  }

  std::string_view operation_;
  JoinedTable table_;
  std::map<const void*, std::string> seen_;
};

// What simple pieces are made of comes first.
constexpr auto described_in_order = std::to_array<std::string_view>(
    {"createAssistant", "modifyAssistant", "createMessage", "createThread", "modifyThread",
     "createRun", "createThreadAndRun", "submitToolOuputsToRun", "createVectorStore",
     "modifyVectorStore", "createVectorStoreFile", "updateVectorStoreFileAttributes",
     "createVectorStoreFileBatch", "searchVectorStore", "createUpload", "completeUpload"});

const ObjectSchema& body_of(std::string_view operation) {
  return *std::ranges::find(routes(), operation, &Route::operation)->body;
}

TEST(WireDocs, BodiesAreThoseOfTheTables) {
  BodyDescription description;
  for (const std::string_view operation : described_in_order)
    expect_joined_table(endpoint_page, "body of " + std::string(operation),
                        description.table_of(operation, body_of(operation)));
}

TEST(WireDocs, EveryBodyIsDescribed) {
  for (const Route& route : routes()) {
    if (route.body == nullptr || route.body == &modify_metadata_body) continue;
    EXPECT_EQ(std::ranges::count(described_in_order, route.operation), 1) << route.operation;
  }
}

}  // namespace
}  // namespace assistants_mock::tests
