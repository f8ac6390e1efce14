#include "scenarios/generator/arguments.h"

#include <string_view>

#include "scenarios/generator/pick.h"

namespace assistants_mock::scenarios {
namespace {

constexpr int deepest = 4;

// Texts in arguments are templates.
std::string as_template(std::string text) {
  for (std::size_t at = text.find("${"); at != text.npos; at = text.find("${", at + 3))
    text.insert(at, "$");
  return text;
}

Json as_template(const Json& value) {
  return value.is_string() ? Json(as_template(value.get<std::string>())) : value;
}

Json pick_value(const Json& schema, int depth);

Json pick_words() {
  static const std::array<Weighted<std::string_view>, 6> words = {
      Weighted<std::string_view>{in_all(6), "Oslo"},
      {in_all(2), "São Paulo"},
      {in_all(2), "東京 🙂"},
      {in_all(2), ""},
      {in_all(1), "a \"quoted\" word"},
      {in_all(1), "two\nlines"}};
  return std::string(pick_weighted(words, CaseProfile::gentle));
}

Json pick_whole_number() {
  return pick_of(std::array{0, 1, 7, -1, 2'147'483'647});
}

Json pick_object(const Json& schema, int depth) {
  Json object = Json::object();
  const auto properties = schema.find("properties");
  if (properties == schema.end() || !properties->is_object()) return object;
  const Json required = schema.value("required", Json::array());
  for (const auto& [name, property] : properties->items()) {
    const bool is_required = std::ranges::find(required, Json(name)) != required.end();
    if (is_required || one_in(2)) object[name] = pick_value(property, depth - 1);
  }
  return object;
}

Json pick_array(const Json& schema, int depth) {
  Json array = Json::array();
  const Json items = schema.value("items", Json::object());
  for (int left = pick_between(0, 2); left > 0; --left)
    array.push_back(pick_value(items, depth - 1));
  return array;
}

std::string type_of(const Json& schema) {
  const auto type = schema.find("type");
  if (type == schema.end()) return schema.contains("properties") ? "object" : "string";
  if (type->is_array() && !type->empty() && type->front().is_string())
    return type->front().get<std::string>();  // ["string", "null"]
  return type->is_string() ? type->get<std::string>() : "string";
}

Json pick_value(const Json& schema, int depth) {
  if (!schema.is_object() || depth == 0) return nullptr;
  if (const auto values = schema.find("enum");
      values != schema.end() && values->is_array() && !values->empty())
    return as_template(pick_of(*values));
  const std::string type = type_of(schema);
  if (type == "object") return pick_object(schema, depth);
  if (type == "array") return pick_array(schema, depth);
  if (type == "boolean") return one_in(2);
  if (type == "integer") return pick_whole_number();
  if (type == "number") return one_in(3) ? Json(1.5) : pick_whole_number();
  if (type == "null") return nullptr;
  return pick_words();
}

enum class Oddity { none, extra_key, cut_off, empty, no_object, lacks_all };

}  // namespace

std::variant<std::string, Json> pick_arguments(const DeclaredFunction& function,
                                               CaseProfile profile) {
  static constexpr std::array<Weighted<Oddity>, 6> oddities = {
      Weighted<Oddity>{in_all(24), Oddity::none},
      {in_all(1), Oddity::extra_key},
      {{0, 1, 1}, Oddity::cut_off},
      {{0, 1, 1}, Oddity::empty},
      {{0, 0, 1}, Oddity::no_object},
      {{0, 1, 1}, Oddity::lacks_all}};
  const Json schema = Json::parse(function.parameters, nullptr, false);
  Json usual = pick_object(schema.is_object() ? schema : Json::object(), deepest);
  switch (pick_weighted(oddities, profile)) {
    case Oddity::none:
      return usual;
    case Oddity::extra_key:
      usual["because"] = "the user asked";
      return usual;
    case Oddity::cut_off:
      return "{\"" + (usual.empty() ? std::string("a") : usual.begin().key()) + "\": \"";
    case Oddity::empty:
      return std::string();
    case Oddity::no_object:
      return std::string("[1]");
    case Oddity::lacks_all:
      return Json::object();
  }
  return usual;
}

}  // namespace assistants_mock::scenarios
