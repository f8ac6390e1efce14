#include <algorithm>
#include <optional>

#include "tests/model/operation.h"
#include "tests/model/refusals.h"

namespace assistants_mock::tests::model {
namespace {

using Refusal = std::optional<Expected>;

// ---- Requests with a mistake in them -----------------------------------------------------------

bool has_field(const Operation& operation, std::string_view name) {
  return std::ranges::find(operation.fields, name, &Field::name) != operation.fields.end();
}

// One mistake in the body, or, where the operation does not have such a field, none.
void spoil_body(Draw& draw, Asked& asked) {
  const std::vector<Field>& fields = asked.operation->fields;
  if (asked.body.is_null()) asked.body = Json::object();
  const Field& one = fields[draw.below(fields.size())];
  switch (draw.below(5)) {
    case 0:
      asked.body["colour"] = "red";
      return;
    case 1:
      asked.body.erase(std::string(one.name));
      return;
    case 2:
      if (one.kind != FieldKind::open) asked.body[std::string(one.name)] = 5;
      return;
    case 3:
      if (has_field(*asked.operation, "metadata")) asked.body["metadata"] = {{"number", 5}};
      return;
    default:
      asked.broken_json = true;
  }
}

void spoil_query(Draw& draw, Asked& asked) {
  static const std::vector<std::pair<std::string, std::string>> mistakes = {
      {"page", "2"}, {"limit", "0"}, {"limit", "10001"}, {"order", "sideways"}};
  const auto& mistake = draw.one_of(mistakes);
  std::erase_if(asked.query, [&](const auto& one) { return one.first == mistake.first; });
  asked.query.push_back(mistake);
}

void spoil(Draw& draw, Asked& asked) {
  if (!asked.operation->fields.empty())
    spoil_body(draw, asked);
  else if (!asked.operation->parameters.empty())
    spoil_query(draw, asked);
}

// ---- Checks (errors.md, "Order of checks") -----------------------------------------------------

Refusal check_headers(const Asked& asked) {
  if (asked.headers == HeadersKind::no_key) return refused("auth.missing");
  if (!asked.operation->beta) return {};
  if (asked.headers == HeadersKind::no_beta) return refused("beta.missing");
  if (asked.headers == HeadersKind::beta_v1) return refused("beta.v1");
  return {};
}

bool fits(const Json& value, FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
    case FieldKind::id:
      return value.is_string();
    case FieldKind::object:
      return value.is_object();
    case FieldKind::items:
      return value.is_array();
    case FieldKind::number:
      return value.is_number();
    case FieldKind::flag:
      return value.is_boolean();
    case FieldKind::open:
      return true;
  }
  return true;
}

Refusal check_value(const Field& field, const Json& value) {
  const std::string name(field.name);
  if (value.is_null() && field.nullable) return {};
  if (!fits(value, field.kind)) return refused("v.type", {name});
  if (name == "role" && value != "user" && value != "assistant")
    return refused("v.role", {value.get<std::string>()});
  if (name == "metadata")
    for (const auto& [key, pair] : value.items())
      if (!pair.is_string()) return refused("v.meta.type", {"metadata." + key});
  return {};
}

Refusal check_body(const Asked& asked) {
  const std::vector<Field>& fields = asked.operation->fields;
  if (fields.empty()) return {};
  if (asked.broken_json) return refused("body.notjson");
  for (const Field& field : fields)
    if (field.needed && asked.field(field.name.data()) == nullptr &&
        (field.unless.empty() || asked.field(field.unless.data()) == nullptr))
      return refused("v.missing", {std::string(field.name)});
  for (const auto& [name, value] : asked.body.items())
    if (!has_field(*asked.operation, name)) return refused("v.unknown", {name});
  for (const Field& field : fields)
    if (const Json* value = asked.field(field.name.data()))
      if (auto refusal = check_value(field, *value)) return refusal;
  return {};
}

Refusal check_query(const Asked& asked) {
  const auto& known = asked.operation->parameters;
  const std::string most = asked.operation->id == "listFiles" ? "10000" : "100";
  for (const auto& [name, value] : asked.query) {
    if (std::ranges::find(known, name) == known.end()) return refused("v.unknown", {name});
    if (name == "limit" && value == "0") return refused("v.intmin", {"limit", "1", value});
    if (name == "limit" && value == "10001") return refused("v.intmax", {"limit", most, value});
    if (name == "order" && value == "sideways")
      return refused("v.enum", {value, "'asc' and 'desc'", "order"});
  }
  return {};
}

struct Prefix {
  std::string_view field;
  std::string prefix;
};

// Of those ids that are looked at; of files in bodies alone (errors.md, below table 1.2).
Refusal check_prefixes(const Asked& asked) {
  static const std::vector<Prefix> prefixes = {{"assistant_id", "asst"},
                                               {"thread_id", "thread"},
                                               {"run_id", "run"},
                                               {"message_id", "msg"},
                                               {"vector_store_id", "vs"}};
  if (const Json* id = asked.field("assistant_id"); id != nullptr && *id == "undefined")
    return refused("(prefix)", {"assistant_id", "undefined", "asst"});
  if (const Json* id = asked.field("file_id"); id != nullptr && *id == "undefined")
    return refused("(prefix)", {"file_id", "undefined", "file"});
  std::size_t place = 0;
  for (std::size_t at = asked.operation->path.find('{'); at != std::string_view::npos;
       at = asked.operation->path.find('{', at + 1), ++place) {
    const std::string_view rest = asked.operation->path.substr(at + 1);
    const auto known = std::ranges::find(prefixes, rest.substr(0, rest.find('}')), &Prefix::field);
    if (known != prefixes.end() && asked.ids.at(place) == "undefined")
      return refused("(prefix)", {std::string(known->field), "undefined", known->prefix});
  }
  return {};
}

}  // namespace

std::string Asked::in_query(std::string_view name) const {
  const auto found = std::ranges::find(query, name, &std::pair<std::string, std::string>::first);
  return found == query.end() ? "" : found->second;
}

const Operations& all_operations() {
  static const Operations all = [] {
    Operations table;
    for (const auto part :
         {assistant_operations, thread_operations, message_operations, run_operations,
          step_operations, store_operations, store_file_operations, batch_operations,
          file_operations, upload_operations, model_operations, other_operations})
      std::ranges::move(part(), std::back_inserter(table));
    return table;
  }();
  return all;
}

const Operation& operation_named(std::string_view id) {
  return *std::ranges::find(all_operations(), id, &Operation::id);
}

Asked drawn(const World& world, const Operation& operation, const Choices& choices,
            bool& possible) {
  Draw draw(choices);
  Asked asked{.operation = &operation};
  const std::size_t kind = draw.below(128);
  operation.draw(world, draw, asked);
  constexpr std::size_t spoilt = 116;
  if (kind >= 125)
    asked.headers = static_cast<HeadersKind>(kind - 124);
  else if (kind >= spoilt)
    spoil(draw, asked);
  possible = draw.possible();
  return asked;
}

Expected answered(World& world, const Asked& asked) {
  if (!asked.operation->path.empty() && !asked.operation->id.starts_with('('))
    for (const auto check : {check_headers, check_body, check_query, check_prefixes})
      if (auto refusal = check(asked)) return *refusal;
  return asked.operation->answer(world, asked);
}

}  // namespace assistants_mock::tests::model
