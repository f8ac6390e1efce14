// The walk of a body along its schema.
#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/api/api_error.h"
#include "mock_server/api/body_path.h"
#include "mock_server/api/body_schema.h"
#include "mock_server/api/body_wording.h"
#include "mock_server/api/error_wording.h"
#include "mock_server/api/string_form.h"
#include "mock_server/api/together_check.h"

namespace assistants_mock::mock_server::api {
namespace {

using Object = Body::object_t;
using FoundFields = std::array<const Body*, max_fields>;

class Walk {
 public:
  // What the walk saw on its way and holds back until all else is known to be right.
  void refuse_bad_ids() const {
    if (bad_id_) throw ApiError(*bad_id_);
  }

  void value(const Body& value, const ValueSchema& schema, const BodyPath& path) {
    if (!accepts_type_of(value, schema))
      throw api_error::wrong_type(text_of(path), expected_words(schema), got_words(value));
    switch (value.type()) {
      case Body::value_t::string:
        return string(value.get_ref<const std::string&>(), *schema.string, path);
      case Body::value_t::array:
        return array(value, *schema.array, path);
      case Body::value_t::object:
        if (schema.tagged) return tagged(value, *schema.tagged, path);
        if (schema.metadata) return metadata(value, *schema.metadata, path);
        return object(value, *schema.object, path);
      case Body::value_t::number_integer:
      case Body::value_t::number_unsigned:
        if (schema.integer) return integer(value, *schema.integer, path);
        return decimal(value, *schema.decimal, path);
      case Body::value_t::number_float:
        return decimal(value, *schema.decimal, path);
      default:
        return;  // true, false and null have nothing more to look at
    }
  }

  void object(const Body& value, const ObjectSchema& schema, const BodyPath& path) {
    const FoundFields found = fields_of(value, schema, path);
    for (std::size_t i = 0; i < schema.fields.size(); ++i)
      if (found[i]) this->value(*found[i], schema.fields[i].value, {&path, schema.fields[i].name});
    check_together(value, schema.together, path);
  }

 private:
  // The fields of `value` in the order of the table, after refusing absent and unknown ones.
  static FoundFields fields_of(const Body& value, const ObjectSchema& schema,
                               const BodyPath& path) {
    FoundFields found{};
    const std::string* first_unknown = nullptr;
    for (const auto& [key, field] : value.get_ref<const Object&>()) {
      const std::size_t at = place_of(key, schema);
      if (at < schema.fields.size()) {
        found[at] = &field;
      } else if (!first_unknown) {
        first_unknown = &key;
      }
    }
    for (std::size_t i = 0; i < schema.fields.size(); ++i)
      if (schema.fields[i].required && !found[i])
        throw api_error::missing(text_of({&path, schema.fields[i].name}));
    if (first_unknown && !schema.open) throw api_error::unknown(text_of({&path, *first_unknown}));
    return found;
  }

  static std::size_t place_of(std::string_view key, const ObjectSchema& schema) {
    assert(schema.fields.size() <= max_fields);
    std::size_t at = 0;
    while (at < schema.fields.size() && schema.fields[at].name != key) ++at;
    return at;
  }

  void tagged(const Body& value, const TaggedSchema& schema, const BodyPath& path) {
    const BodyPath type_path{&path, "type"};
    const auto& fields = value.get_ref<const Object&>();
    const auto type = fields.find("type");
    if (type == fields.end()) throw api_error::missing(text_of(type_path));
    const auto* name = type->second.get_ptr<const std::string*>();
    for (const auto& alternative : schema.alternatives)
      if (name && alternative.type == *name) return object(value, *alternative.object, path);
    const auto types = types_of(schema);
    if (name) throw api_error::not_in_list(text_of(type_path), *name, types);
    throw api_error::wrong_type(text_of(type_path), joined({"one of ", enumeration(types, "or")}),
                                got_words(type->second));
  }

  static std::vector<std::string_view> types_of(const TaggedSchema& schema) {
    std::vector<std::string_view> types;
    for (const auto& alternative : schema.alternatives) types.push_back(alternative.type);
    return types;
  }

  void array(const Body& value, const ArraySchema& schema, const BodyPath& path) {
    const auto& items = value.get_ref<const Body::array_t&>();
    if (items.empty() && !schema.may_be_empty) throw api_error::array_empty(text_of(path));
    if (items.size() > schema.max_items)
      throw api_error::array_too_long(text_of(path), schema.max_items, items.size());
    for (std::size_t i = 0; i < items.size(); ++i)
      this->value(items[i], schema.items, {&path, {}, i});
  }

  void string(const std::string& value, const StringSchema& schema, const BodyPath& path) {
    if (value.empty() && schema.empty == StringSchema::Empty::refused)
      throw api_error::string_empty(text_of(path));
    if (value.empty() && schema.empty == StringSchema::Empty::refused_as_content)
      throw api_error::content_empty();
    if (value.size() > schema.max_length && characters(value) > schema.max_length)
      throw api_error::string_too_long(text_of(path), schema.max_length, characters(value));
    check_form(value, schema, path);
    if (!value.starts_with(schema.id_prefix) && !bad_id_)
      bad_id_ = api_error::bad_id(text_of(path), value, schema.id_prefix);
  }

  static void check_form(const std::string& value, const StringSchema& schema,
                         const BodyPath& path) {
    const auto& supported = schema.supported;
    if (!supported.empty() && std::ranges::find(supported, value) == supported.end())
      throw api_error::not_in_list(text_of(path), value, supported);
    switch (schema.form) {
      case StringSchema::Form::any:
        return;
      case StringSchema::Form::name:
        if (!is_name(value)) throw api_error::pattern_mismatch(text_of(path), name_pattern);
        return;
      case StringSchema::Form::image_url:
        if (!is_web_url(value)) throw api_error::url_invalid(text_of(path));
        if (!ends_as_image(value)) throw api_error::image_url_format(text_of(path));
        return;
    }
  }

  static void integer(const Body& value, const IntegerSchema& schema, const BodyPath& path) {
    const bool beyond_signed =
        value.is_number_unsigned() &&
        value.get<std::uint64_t>() >
            static_cast<std::uint64_t>(std::numeric_limits<long long>::max());
    if (beyond_signed || value.get<long long>() > schema.max)
      throw api_error::integer_above(text_of(path), schema.max, value.dump());
    if (value.get<long long>() < schema.min)
      throw api_error::integer_below(text_of(path), schema.min, value.dump());
  }

  static void decimal(const Body& value, const DecimalSchema& schema, const BodyPath& path) {
    if (value.get<double>() > schema.max)
      throw api_error::decimal_above(text_of(path), schema.max, value.dump());
    if (value.get<double>() < schema.min)
      throw api_error::decimal_below(text_of(path), schema.min, value.dump());
  }

  static void metadata(const Body& value, const MetadataSchema& schema, const BodyPath& path) {
    const auto& pairs = value.get_ref<const Object&>();
    if (pairs.size() > schema.max_pairs)
      throw api_error::too_many_properties(text_of(path), schema.max_pairs, pairs.size());
    for (const auto& [key, entry] : pairs) {
      if (key.size() > schema.max_key_length && characters(key) > schema.max_key_length)
        throw api_error::property_name_too_long(text_of(path), key, schema.max_key_length);
      if (schema.numbers_and_flags && (entry.is_number() || entry.is_boolean())) continue;
      const auto* text = entry.get_ptr<const std::string*>();
      if (!text && schema.numbers_and_flags)
        throw api_error::attribute_wrong_type(text_of(path), key, got_words(entry));
      if (!text) throw api_error::metadata_value_wrong_type(text_of(path), key, got_words(entry));
      if (text->size() > schema.max_value_length && characters(*text) > schema.max_value_length)
        throw api_error::metadata_value_too_long(text_of(path), key, schema.max_value_length,
                                                 characters(*text));
    }
  }

  std::optional<ApiError> bad_id_;
};

}  // namespace

void check(const Body& body, const ObjectSchema& schema) {
  if (!body.is_object()) throw api_error::body_not_json();
  Walk walk;
  walk.object(body, schema, BodyPath{});
  walk.refuse_bad_ids();
}

}  // namespace assistants_mock::mock_server::api
