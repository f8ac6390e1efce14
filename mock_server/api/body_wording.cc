#include "mock_server/api/body_wording.h"

#include <vector>

#include "mock_server/api/error_wording.h"

namespace assistants_mock::mock_server::api {
namespace {

bool is_some_object(const ValueSchema& schema) {
  return schema.object || schema.tagged || schema.metadata;
}

std::string string_words(const StringSchema& schema) {
  if (schema.supported.empty()) return "a string";
  const std::string values = enumeration(schema.supported, "or");
  return schema.supported.size() == 1 ? values : joined({"one of ", values});
}

std::string array_words(const ArraySchema& schema) {
  if (is_some_object(schema.items)) return "an array of objects";
  return schema.items.string ? "an array of strings" : "an array";
}

// Null is never named, even where it is accepted.
std::vector<std::string> each_in_words(const ValueSchema& schema) {
  std::vector<std::string> words;
  if (schema.string) words.push_back(string_words(*schema.string));
  if (schema.integer) words.emplace_back("an integer");
  if (schema.decimal) words.emplace_back("a decimal");
  if (schema.boolean) words.emplace_back("a boolean");
  if (schema.array) words.push_back(array_words(*schema.array));
  if (schema.metadata) words.emplace_back("a metadata object");
  if (schema.object || schema.tagged) words.emplace_back("an object");
  return words;
}

std::string_view without_article(std::string_view words) {
  for (const std::string_view article : {"a ", "an "})
    if (words.starts_with(article)) return words.substr(article.size());
  return words;
}

}  // namespace

bool accepts_type_of(const Body& value, const ValueSchema& schema) {
  switch (value.type()) {
    case Body::value_t::string:
      return schema.string;
    case Body::value_t::array:
      return schema.array;
    case Body::value_t::object:
      return is_some_object(schema);
    case Body::value_t::number_integer:
    case Body::value_t::number_unsigned:
      return schema.integer || schema.decimal;
    case Body::value_t::number_float:
      return schema.decimal;
    case Body::value_t::boolean:
      return schema.boolean;
    case Body::value_t::null:
      return schema.null;
    default:
      return false;  // never read from JSON
  }
}

std::string expected_words(const ValueSchema& schema) {
  const std::vector<std::string> each = each_in_words(schema);
  if (each.size() == 1) return each.front();
  // The article is said once: "one of a string or array of objects".
  std::string text = "one of ";
  for (std::size_t i = 0; i < each.size(); ++i)
    text += i == 0 ? each[i] : joined({" or ", without_article(each[i])});
  return text;
}

std::string_view got_words(const Body& value) {
  switch (value.type()) {
    case Body::value_t::string:
      return "a string";
    case Body::value_t::array:
      return "an array";
    case Body::value_t::object:
      return "an object";
    case Body::value_t::number_integer:
    case Body::value_t::number_unsigned:
      return "an integer";
    case Body::value_t::number_float:
      return "a decimal number";
    case Body::value_t::boolean:
      return "a boolean";
    default:
      return "null";
  }
}

}  // namespace assistants_mock::mock_server::api
