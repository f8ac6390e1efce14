#include "mock_server/control/control_handlers.h"

#include <algorithm>

#include "mock_server/api/api_error.h"
#include "mock_server/control/control_body.h"
#include "mock_server/control/control_json.h"
#include "scenarios/duration_text.h"
#include "scenarios/scenario.h"
#include "scenarios/scenario_writer.h"

namespace assistants_mock::mock_server::control {
namespace {

using api::JsonWriter;
using api::Layout;

// The JSON that `write` writes into one object.
template <class Write>
std::string in_object(Write write) {
  std::string body;
  JsonWriter out(body, Layout::indented);
  out.begin_object();
  write(out);
  out.end_object();
  return body;
}

std::int64_t integer(std::size_t value) {
  return static_cast<std::int64_t>(value);
}

template <class Item>
void list(JsonWriter& out, const std::vector<Item>& items) {
  out.key("data");
  out.begin_array();
  for (const Item& item : items) write(out, item);
  out.end_array();
}

template <class Item>
std::string list_of(const std::vector<Item>& items) {
  return in_object([&](JsonWriter& out) {
    out.member("object", "list");
    list(out, items);
  });
}

// The first of `count` that fit.
template <class Item>
std::string page_of(const std::vector<Item>& items, std::size_t count) {
  return in_object([&](JsonWriter& out) {
    out.member("object", "list");
    out.member("count", integer(count));
    list(out, items);
    out.member("has_more", items.size() < count);
  });
}

std::string body_of_scenario(const scenarios::Scenario& scenario) {
  return in_object([&](JsonWriter& out) {
    out.member("name", scenario.name);
    out.member("teaches", scenario.teaches);
    out.member("rules", integer(scenario.rules.size()));
    out.member("yaml", scenarios::to_yaml(scenario));
  });
}

std::string what_was_waited_for(const WaitRequest& request, std::size_t count) {
  return "Waited " + scenarios::duration_text(request.limit) + " and saw " + std::to_string(count) +
         " of the " + std::to_string(request.count) + (request.requests ? " requests" : " runs") +
         " that were asked for.";
}

}  // namespace

std::string health(const ControlCall& call) {
  const ServerState state = call.tenants.state();
  return in_object([&](JsonWriter& out) {
    out.member("status", "ok");
    out.member("tenants", integer(state.tenants));
    out.member("objects", integer(state.objects));
    out.member("open_streams", integer(state.open_streams));
    out.member("requests", static_cast<std::int64_t>(state.requests));
    out.member("unmatched_runs", static_cast<std::int64_t>(state.unmatched_runs));
  });
}

std::string version(const ControlCall& call) {
  return in_object([&](JsonWriter& out) {
    out.member("name", "assistants-mock");
    out.member("version", ASSISTANTS_MOCK_VERSION);
    out.member("time", name(call.options.time_mode));
    out.member("profile", call.options.profile == WireProfile::schema ? "schema" : "recorded");
    out.member("v1", call.options.first_version == FirstVersion::served ? "served" : "refused");
    out.member("seed", std::to_string(call.options.seed));  // may be beyond what JSON readers hold
  });
}

std::string read_scenario(const ControlCall& call) {
  return body_of_scenario(*call.tenants.scenario(call.whose));
}

std::string replace_scenario(const ControlCall& call) {
  const scenarios::ScenarioBook book = read_book(call);
  call.tenants.play(book.shared(), call.whose);
  return body_of_scenario(book.scenario());
}

std::string clocks(const ControlCall& call) {
  return in_object([&](JsonWriter& out) {
    out.member("object", "list");
    out.member("time", name(call.options.time_mode));
    const auto clocks = call.tenants.clocks(call.whose);
    list(out, clocks);
  });
}

std::string advance(const ControlCall& call) {
  if (call.options.time_mode == TimeMode::real) throw api::api_error::real_time();
  const auto by = read_advance(call);
  call.tenants.advance_by(
      by ? *by : call.tenants.until_next(call.whose).value_or(state_machine::Duration::zero()),
      call.whose);
  return clocks(call);
}

std::string journal(const ControlCall& call) {
  const RequestQuery query = read_journal_query(call);
  return page_of(call.tenants.requests(query, call.whose),
                 call.tenants.count_requests(query, call.whose));
}

std::string runs(const ControlCall& call) {
  const RunQuery query = read_run_query(call);
  return page_of(call.tenants.runs(query, call.whose), call.tenants.count_runs(query, call.whose));
}

std::string one_run(const ControlCall& call) {
  const auto found =
      call.tenants.runs({.id = std::string(call.run_id), .events = true}, call.whose);
  if (found.empty()) throw api::api_error::no_run(call.run_id);
  std::string body;
  JsonWriter out(body, Layout::indented);
  write(out, found.front());
  return body;
}

std::string wait(const ControlCall& call) {
  const WaitRequest request = read_wait(call);
  const bool reached =
      request.requests
          ? call.tenants.wait_for_requests(*request.requests, request.count, request.limit,
                                           call.whose)
          : call.tenants.wait_for_runs(*request.runs, request.count, request.limit, call.whose);
  const std::size_t count = request.requests
                                ? call.tenants.count_requests(*request.requests, call.whose)
                                : call.tenants.count_runs(*request.runs, call.whose);
  if (!reached) throw api::api_error::waited_in_vain(what_was_waited_for(request, count));
  return in_object([&](JsonWriter& out) {
    out.member("reached", true);
    out.member("count", integer(count));
  });
}

std::string faults(const ControlCall& call) {
  return list_of(call.tenants.faults(call.whose));
}

std::string add_fault(const ControlCall& call) {
  call.tenants.add_fault(read_fault(call), call.whose);
  return faults(call);
}

std::string clear_faults(const ControlCall& call) {
  call.tenants.clear_faults(call.whose);
  return faults(call);
}

std::string reset(const ControlCall& call) {
  call.tenants.reset(call.whose);
  return in_object([](JsonWriter& out) { out.member("reset", true); });
}

}  // namespace assistants_mock::mock_server::control
