#include "mock_server/api/together_check.h"

#include <string>
#include <string_view>
#include <vector>

#include "mock_server/api/api_error.h"

namespace assistants_mock::mock_server::api {
namespace {

const Body* field_of(const Body& object, std::string_view name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

void check_store_source(const Body& object, const BodyPath& path) {
  if (field_of(object, "vector_store_ids") && field_of(object, "vector_stores"))
    throw api_error::both_given(text_of(path), "vector_store_ids", "vector_stores");
}

void check_file_source(const Body& object, const BodyPath& path) {
  const BodyPath file_ids{&path, "file_ids"};
  const bool ids = field_of(object, "file_ids");
  const bool files = field_of(object, "files");
  if (ids && files) throw api_error::both_given(text_of(file_ids), "file_ids", "files");
  if (!ids && !files) throw api_error::missing(text_of(file_ids));
}

void check_overlap(const Body& object, const BodyPath& path) {
  const auto overlap = object.at("chunk_overlap_tokens").get<long long>();
  const auto size = object.at("max_chunk_size_tokens").get<long long>();
  if (overlap > size / 2)
    throw api_error::chunk_overlap_too_large(text_of({&path, "chunk_overlap_tokens"}));
}

// Looks for an object of a JSON schema that lets further properties in. What stands where a schema
// should be and is none is passed over: whether `parameters` is a JSON Schema at all is not
// checked.
class StrictSchemaWalk {
 public:
  // True when one was found; context() then leads to it.
  bool finds_open_object(const Body& schema) {
    if (!schema.is_object()) return false;
    if (is_open_object(schema)) return true;
    for (const auto& [key, value] : schema.items()) {
      if (holds_named_schemas(key) && finds_inside(key, value)) return true;
      if (holds_list_of_schemas(key) && finds_inside(key, value)) return true;
      if (key == "items" && finds_at(key, value)) return true;
    }
    return false;
  }

  const std::vector<std::string>& context() const { return context_; }

 private:
  static bool is_open_object(const Body& schema) {
    const Body* type = field_of(schema, "type");
    const bool is_object = (type && *type == "object") || field_of(schema, "properties");
    const Body* additional = field_of(schema, "additionalProperties");
    const bool is_closed = additional && *additional == false;
    return is_object && !is_closed;
  }

  static bool holds_named_schemas(std::string_view key) {
    return key == "properties" || key == "$defs" || key == "definitions";
  }
  static bool holds_list_of_schemas(std::string_view key) {
    return key == "anyOf" || key == "allOf" || key == "oneOf";
  }

  bool finds_at(const std::string& key, const Body& schema) {
    context_.push_back(key);
    if (finds_open_object(schema)) return true;
    context_.pop_back();
    return false;
  }

  bool finds_inside(const std::string& key, const Body& schemas) {
    context_.push_back(key);
    for (const auto& [name, schema] : schemas.items())
      if (finds_at(name, schema)) return true;
    context_.pop_back();
    return false;
  }

  std::vector<std::string> context_;
};

void check_strict_parameters(const Body& function, const BodyPath& path) {
  const Body* strict = field_of(function, "strict");
  const Body* parameters = field_of(function, "parameters");
  if (!strict || !strict->is_boolean() || !strict->get<bool>() || !parameters) return;
  StrictSchemaWalk walk;
  if (walk.finds_open_object(*parameters))
    throw api_error::function_schema_not_strict(text_of({&path, "parameters"}),
                                                function.at("name").get_ref<const std::string&>(),
                                                walk.context());
}

}  // namespace

void check_together(const Body& object, Together rule, const BodyPath& path) {
  switch (rule) {
    case Together::unrelated:
      return;
    case Together::one_store_source:
      return check_store_source(object, path);
    case Together::one_file_source:
      return check_file_source(object, path);
    case Together::overlap_fits:
      return check_overlap(object, path);
    case Together::strict_parameters:
      return check_strict_parameters(object, path);
  }
}

}  // namespace assistants_mock::mock_server::api
