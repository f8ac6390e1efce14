#include "tests/docs/body_description.h"

#include <utility>
#include <vector>

namespace assistants_mock::tests {

using namespace mock_server::api;

namespace {

std::string listed(std::span<const std::string_view> words) {
  std::string list;
  for (const std::string_view word : words) list += (list.empty() ? "" : ", ") + code(word);
  return list;
}

std::string choice_of(std::span<const std::string_view> values) {
  return (values.size() > 1 ? "one of " : "") + listed(values);
}

std::string in_words(const StringSchema& schema) {
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

std::string in_words(const IntegerSchema& schema) {
  std::string words = "integer";
  if (schema.min != IntegerSchema{}.min) words += " from " + std::to_string(schema.min);
  if (schema.max != IntegerSchema{}.max) words += " to " + std::to_string(schema.max);
  return words;
}

std::string in_words(const DecimalSchema& schema) {
  return "number from " + std::to_string(static_cast<int>(schema.min)) + " to " +
         std::to_string(static_cast<int>(schema.max));
}

std::string in_words(const MetadataSchema& schema) {
  const std::string values =
      schema.numbers_and_flags ? " strings, numbers and truth values" : " strings";
  return "map of at most " + std::to_string(schema.max_pairs) + values + ", keys of at most " +
         std::to_string(schema.max_key_length) + " and values of at most " +
         std::to_string(schema.max_value_length) + " characters";
}

}  // namespace

JoinedTable BodyDescription::table_of(std::string_view operation, const ObjectSchema& schema) {
  operation_ = operation;
  table_ = {{"field", "takes", "needed"}, {"default, and what it does"}};
  seen_.emplace(schema.fields.data(), "the body of " + std::string(operation));
  fields(schema, "");
  return std::move(table_);
}

void BodyDescription::fields(const ObjectSchema& schema, const std::string& prefix) {
  for (const Field& field : schema.fields) {
    const std::string path = prefix + std::string(field.name);
    const std::size_t place = table_.rows.size();
    table_.rows.push_back({code(path), "", field.required ? "yes" : "–"});
    const std::string takes = described(field.value, path);
    table_.rows[place][1] = takes;
  }
}

std::string BodyDescription::described(const ValueSchema& value, const std::string& path) {
  std::vector<std::string> kinds;
  if (value.string) kinds.push_back(in_words(*value.string));
  if (value.integer) kinds.push_back(in_words(*value.integer));
  if (value.decimal) kinds.push_back(in_words(*value.decimal));
  if (value.boolean) kinds.emplace_back("boolean");
  if (value.array) kinds.push_back(described(*value.array, path));
  if (value.object) kinds.push_back(described(*value.object, path));
  if (value.tagged) kinds.push_back(described(*value.tagged, path));
  if (value.metadata) kinds.push_back(in_words(*value.metadata));
  if (value.null) kinds.emplace_back("null");
  std::string words;
  for (const std::string& kind : kinds) words += (words.empty() ? "" : "; or ") + kind;
  return words;
}

std::string BodyDescription::described(const ArraySchema& schema, const std::string& path) {
  std::string words = "array";
  if (schema.max_items != unlimited) words += " of at most " + std::to_string(schema.max_items);
  if (!schema.may_be_empty) words += ", not empty";
  return words + ", items: " + described(schema.items, path + "[]");
}

std::string BodyDescription::described(const ObjectSchema& schema, const std::string& path) {
  std::string words = schema.open ? "object that may have further fields" : "object";
  if (schema.fields.empty()) return words;
  if (const std::string earlier = seen(schema.fields.data(), path); !earlier.empty())
    return words + ", fields as those of " + earlier;
  fields(schema, path + ".");
  return words;
}

std::string BodyDescription::described(const TaggedSchema& schema, const std::string& path) {
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

std::string BodyDescription::seen(const void* piece, const std::string& path) {
  const auto [place, first] = seen_.emplace(piece, code(path) + " of " + std::string(operation_));
  return first ? "" : place->second;
}

}  // namespace assistants_mock::tests
