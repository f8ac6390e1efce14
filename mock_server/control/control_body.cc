#include "mock_server/control/control_body.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "mock_server/api/api_error.h"
#include "mock_server/api/body_parser.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/api/percent_text.h"
#include "mock_server/api/spelling.h"
#include "scenarios/duration_text.h"
#include "scenarios/scenario_parser.h"

namespace assistants_mock::mock_server::control {
namespace {

using api::ArraySchema;
using api::Field;
using api::IntegerSchema;
using api::ObjectSchema;
using api::StringSchema;
using api::ValueSchema;

constexpr StringSchema any_text;
constexpr ValueSchema text{.string = &any_text};
constexpr ValueSchema flag{.boolean = true};
constexpr IntegerSchema from_0{.min = 0};
constexpr ValueSchema number{.integer = &from_0};
constexpr IntegerSchema any_status{.min = 0, .max = 999};
constexpr ValueSchema status{.integer = &any_status};
constexpr ObjectSchema any_object{.open = true};
constexpr ValueSchema object{.object = &any_object};

constexpr auto run_statuses = state_machine::run_status_names;
constexpr StringSchema one_status{.supported = run_statuses};
constexpr ValueSchema run_status{.string = &one_status};

constexpr auto request_fields = std::to_array<Field>({{"method", text},
                                                      {"path", text},
                                                      {"status", status},
                                                      {"refusal", text},
                                                      {"body", object},
                                                      {"unmatched", flag},
                                                      {"after", number}});
constexpr ObjectSchema request_object{.fields = request_fields};

constexpr auto journal_fields = std::to_array<Field>({{"method", text},
                                                      {"path", text},
                                                      {"status", status},
                                                      {"refusal", text},
                                                      {"body", object},
                                                      {"unmatched", flag},
                                                      {"after", number},
                                                      {"limit", number}});
constexpr ObjectSchema journal_query{.fields = journal_fields};

constexpr auto run_fields =
    std::to_array<Field>({{"id", text}, {"thread_id", text}, {"status", run_status}});
constexpr ObjectSchema run_object{.fields = run_fields};
constexpr auto run_query_fields = std::to_array<Field>(
    {{"id", text}, {"thread_id", text}, {"status", run_status}, {"limit", number}});
constexpr ObjectSchema run_query_object{.fields = run_query_fields};

constexpr std::int64_t usual_limit = 100;  // of a list

constexpr auto advance_fields = std::to_array<Field>({{"by", text}});
constexpr ObjectSchema advance_body{.fields = advance_fields};

constexpr auto wait_fields = std::to_array<Field>({{"requests", {.object = &request_object}},
                                                   {"runs", {.object = &run_object}},
                                                   {"count", number},
                                                   {"limit", text}});
constexpr ObjectSchema wait_body{.fields = wait_fields};

constexpr auto scenario_fields = std::to_array<Field>({{"name", text}, {"yaml", text}});
constexpr ObjectSchema scenario_body{.fields = scenario_fields};

Body checked_body(const ControlCall& call, const ObjectSchema& schema) {
  Body body;
  try {
    body = api::parse_body(call.request.body, call.options.limits);
  } catch (const api::ApiError& error) {
    if (error.row != "body.notjson") throw;
    throw api::api_error::control_refused(
        "The body is not JSON; a scenario as YAML needs a Content-Type of application/yaml.");
  }
  api::check(body, schema);
  return body;
}

// A value of a query as the JSON that its field asks for; what does not read as that stays a text,
// and is refused as one.
Body query_value(const std::string& value, const ValueSchema& schema) {
  if (schema.integer != nullptr) {
    std::int64_t read = 0;
    const char* const end = value.data() + value.size();
    const auto result = std::from_chars(value.data(), end, read);
    if (result.ec == std::errc() && result.ptr == end) return read;
  }
  if (schema.boolean && (value == "true" || value == "false")) return value == "true";
  return value;
}

// ?method=POST&body.role=user as {"method": "POST", "body": {"role": "user"}}.
Body checked_query(const ControlCall& call, const ObjectSchema& schema) {
  constexpr std::string_view nested = "body.";
  Body body = Body::object();
  std::string_view rest = call.query;
  while (!rest.empty()) {
    const std::string_view pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    if (pair.empty()) continue;
    const std::size_t sign = std::min(pair.find('='), pair.size());
    const std::string name = api::query_text(pair.substr(0, sign));
    const std::string value = api::query_text(pair.substr(std::min(sign + 1, pair.size())));
    const auto field = std::ranges::find(schema.fields, name, &Field::name);
    if (name == api::azure_version) continue;  // as Azure's clients send it with everything
    if (name == "body") throw api::api_error::control_refused("body: write body.FIELD=VALUE");
    if (name.starts_with(nested))
      body["body"][name.substr(nested.size())] = value;
    else
      body[name] = field == schema.fields.end() ? Body(value) : query_value(value, field->value);
  }
  api::check(body, schema);
  return body;
}

RequestQuery request_query(const Body& body) {
  RequestQuery query;
  query.method = api::read_text(body, "method").value_or("");
  query.path = api::read_text(body, "path").value_or("");
  if (const auto wanted = api::read_integer(body, "status"))
    query.status = static_cast<int>(*wanted);
  query.refusal = api::read_text(body, "refusal").value_or("");
  query.unmatched = api::read_flag(body, "unmatched", false);
  query.after = static_cast<std::uint64_t>(api::read_integer(body, "after").value_or(0));
  if (const Body* fields = api::field(body, "body"))
    for (const auto& [path, value] : fields->items())
      query.body.emplace_back(path, value.is_string() ? value.get<std::string>() : value.dump());
  return query;
}

RunQuery run_query(const Body& body) {
  return {.id = api::read_text(body, "id").value_or(""),
          .thread_id = api::read_text(body, "thread_id").value_or(""),
          .status = api::read_text(body, "status").value_or("")};
}

state_machine::Duration length_of(const std::string& text, std::string_view field) {
  const auto length = scenarios::parse_duration(text);
  if (const auto* wrong = std::get_if<std::string>(&length))
    throw api::api_error::control_refused(std::string(field) + ": " + *wrong);
  return std::get<state_machine::Duration>(length);
}

}  // namespace

RequestQuery read_journal_query(const ControlCall& call) {
  const Body body = checked_query(call, journal_query);
  RequestQuery query = request_query(body);
  query.limit = static_cast<std::size_t>(api::read_integer(body, "limit").value_or(usual_limit));
  return query;
}

RunQuery read_run_query(const ControlCall& call) {
  const Body body = checked_query(call, run_query_object);
  RunQuery query = run_query(body);
  query.limit = static_cast<std::size_t>(api::read_integer(body, "limit").value_or(usual_limit));
  return query;
}

std::optional<state_machine::Duration> read_advance(const ControlCall& call) {
  const Body body = checked_body(call, advance_body);
  const auto by = api::read_text(body, "by");
  if (!by) return std::nullopt;
  return length_of(*by, "by");
}

WaitRequest read_wait(const ControlCall& call) {
  constexpr std::chrono::milliseconds usual{5'000};
  const Body body = checked_body(call, wait_body);
  WaitRequest request;
  if (const Body* requests = api::field(body, "requests"))
    request.requests = request_query(*requests);
  if (const Body* runs = api::field(body, "runs")) request.runs = run_query(*runs);
  if (request.requests.has_value() == request.runs.has_value())
    throw api::api_error::control_refused("wait takes one of requests and runs");
  request.count = static_cast<std::size_t>(api::read_integer(body, "count").value_or(1));
  const std::chrono::milliseconds longest(call.options.limits.wait_ms);
  const auto limit = api::read_text(body, "limit");
  request.limit = limit ? length_of(*limit, "limit") : std::min(usual, longest);
  if (request.limit > longest)
    throw api::api_error::over_limit(call.options.limits, &Limits::wait_ms);
  return request;
}

// JSON is YAML too, so a fault reads the same here and in a scenario.
Fault read_fault(const ControlCall& call) {
  try {
    return scenarios::parse_fault(call.request.body);
  } catch (const scenarios::ScenarioError& error) {
    throw api::api_error::control_refused(error.what());
  }
}

scenarios::ScenarioBook read_book(const ControlCall& call) {
  std::string type(api::header(call.request.headers, "Content-Type"));
  std::ranges::transform(type, type.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  if (type.find("yaml") != std::string::npos)
    return scenarios::ScenarioBook::parse(call.request.body);
  const Body body = checked_body(call, scenario_body);
  const auto name = api::read_text(body, "name");
  const auto yaml = api::read_text(body, "yaml");
  if (name.has_value() == yaml.has_value())
    throw api::api_error::control_refused(
        "scenario takes one of name (of the library) and yaml, or a body with a Content-Type of "
        "application/yaml");
  return yaml ? scenarios::ScenarioBook::parse(*yaml) : scenarios::ScenarioBook::shipped(*name);
}

}  // namespace assistants_mock::mock_server::control
