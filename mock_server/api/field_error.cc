// Refusals of the fields of a body and of query parameters: section 1.4, in the grammar of
// section 2, of docs/wire/errors.md.
#include <utility>

#include "mock_server/api/api_error.h"
#include "mock_server/api/error_wording.h"

namespace assistants_mock::mock_server::api::api_error {
namespace {

ApiError about(std::string_view row, std::string_view path, std::string_view code,
               std::string message) {
  return {.row = row,
          .message = std::move(message),
          .param = std::string(path),
          .code = std::string(code)};
}

// "v.role" is the list of roles, of which only the wording is inferred.
std::string_view row_of_list(std::string_view path) {
  return path == "role" || path.ends_with(".role") ? "v.role" : "v.enum";
}

}  // namespace

ApiError missing(std::string_view path) {
  return about("v.missing", path, "missing_required_parameter",
               joined({"Missing required parameter: '", path, "'."}));
}

ApiError unknown(std::string_view path) {
  return about("v.unknown", path, "unknown_parameter",
               joined({"Unknown parameter: '", path, "'."}));
}

ApiError wrong_type(std::string_view path, std::string_view expected, std::string_view got) {
  return about("v.type", path, "invalid_type",
               joined({"Invalid type for '", path, "': expected ", expected, ", but got ", got,
                       " instead."}));
}

ApiError not_in_list(std::string_view path, std::string_view value,
                     std::span<const std::string_view> supported) {
  return about(row_of_list(path), path, "invalid_value",
               joined({"Invalid value: '", value,
                       "'. Supported values are: ", enumeration(supported, "and"), "."}));
}

ApiError string_too_long(std::string_view path, std::size_t limit, std::size_t length) {
  return about(
      "v.strlen", path, "string_above_max_length",
      joined({"Invalid '", path, "': string too long. Expected a string with maximum length ",
              number(limit), ", but got a string with length ", number(length), " instead."}));
}

ApiError string_empty(std::string_view path) {
  return about("v.empty", path, "empty_string",
               joined({"Invalid '", path,
                       "': empty string. Expected a string with minimum length 1, but got an empty "
                       "string instead."}));
}

ApiError array_too_long(std::string_view path, std::size_t limit, std::size_t length) {
  return about(
      "v.arrmax", path, "array_above_max_length",
      joined({"Invalid '", path, "': array too long. Expected an array with maximum length ",
              number(limit), ", but got an array with length ", number(length), " instead."}));
}

ApiError array_empty(std::string_view path) {
  return about("v.arrmin", path, "empty_array",
               joined({"Invalid '", path,
                       "': empty array. Expected an array with minimum length 1, but got an empty "
                       "array instead."}));
}

ApiError integer_above(std::string_view path, long long limit, std::string_view got) {
  return about("v.intmax", path, "integer_above_max_value",
               joined({"Invalid '", path, "': integer above maximum value. Expected a value <= ",
                       number(limit), ", but got ", got, " instead."}));
}

ApiError integer_below(std::string_view path, long long limit, std::string_view got) {
  return about("v.intmin", path, "integer_below_min_value",
               joined({"Invalid '", path, "': integer below minimum value. Expected a value >= ",
                       number(limit), ", but got ", got, " instead."}));
}

ApiError decimal_above(std::string_view path, double limit, std::string_view got) {
  return about("v.decmax", path, "decimal_above_max_value",
               joined({"Invalid '", path, "': decimal above maximum value. Expected a value <= ",
                       number(limit), ", but got ", got, " instead."}));
}

ApiError decimal_below(std::string_view path, double limit, std::string_view got) {
  return about("v.decmin", path, "decimal_below_min_value",
               joined({"Invalid '", path, "': decimal below minimum value. Expected a value >= ",
                       number(limit), ", but got ", got, " instead."}));
}

ApiError pattern_mismatch(std::string_view path, std::string_view pattern) {
  return about("v.fn.name", path, "invalid_value",
               joined({"Invalid '", path, "': string does not match pattern. ",
                       "Expected a string that matches the pattern '", pattern, "'."}));
}

ApiError too_many_properties(std::string_view path, std::size_t limit, std::size_t count) {
  return about(
      "v.meta.count", path, "object_above_max_properties",
      joined({"Invalid '", path, "': too many properties. Expected an object with at most ",
              number(limit), " properties, but got an object with ", number(count),
              " properties instead."}));
}

ApiError property_name_too_long(std::string_view path, std::string_view key, std::size_t limit) {
  return about("v.meta.key", joined({path, ".", key}), "property_name_above_max_length",
               joined({"Invalid property name in '", path, "': '", shortened(key),
                       "' is too long. Expected a string with maximum length ", number(limit),
                       ", but got a string with length ", number(characters(key)), " instead."}));
}

ApiError metadata_value_wrong_type(std::string_view path, std::string_view key,
                                   std::string_view got) {
  ApiError error = wrong_type(joined({path, ".", key}), "a string", got);
  error.row = "v.meta.type";
  return error;
}

ApiError metadata_value_too_long(std::string_view path, std::string_view key, std::size_t limit,
                                 std::size_t length) {
  ApiError error = string_too_long(joined({path, ".", key}), limit, length);
  error.row = "v.meta.value";
  return error;
}

ApiError content_empty() {
  return {.row = "v.content.empty", .message = "Message content must be non-empty."};
}

ApiError url_invalid(std::string_view path) {
  return about("v.url", path, "invalid_value",
               joined({"Invalid '", path,
                       "'. Expected a valid URL, but got a value with an invalid format."}));
}

ApiError image_url_format(std::string_view path) {
  return about("v.image.format", path, "invalid_image_format",
               joined({"Invalid '", path,
                       "'. Expected url to end in a supported format: .jpeg, .jpg, .png, .gif, "
                       ".webp."}));
}

ApiError chunk_overlap_too_large(std::string_view path) {
  return about("v.chunk", path, "invalid_value",
               "chunk_overlap_tokens must be less than or equal to max_chunk_size_tokens / 2");
}

ApiError both_given(std::string_view path, std::string_view one, std::string_view other) {
  return about(
      "v.oneof", path, "invalid_value",
      joined({"Invalid '", path, "': only one of '", one, "' and '", other, "' may be given."}));
}

ApiError function_schema_not_strict(std::string_view path, std::string_view function,
                                    std::span<const std::string> context) {
  return about(
      "v.fn.schema", path, "invalid_function_parameters",
      joined({"Invalid schema for function '", function, "': In context=", python_tuple(context),
              ", 'additionalProperties' is required to be supplied and to be false."}));
}

}  // namespace assistants_mock::mock_server::api::api_error
