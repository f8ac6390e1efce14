#include "mock_server/control/control.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "assistants_mock/scenario_book.h"
#include "mock_server/api/api_error.h"
#include "mock_server/api/error_answer.h"
#include "mock_server/api/spelling.h"
#include "mock_server/control/control_handlers.h"

namespace assistants_mock::mock_server::control {
namespace {

constexpr std::string_view prefix = "/_mock";

struct HandledRoute {
  ControlRoute route;
  std::string (*handler)(const ControlCall&);
};

constexpr auto table = std::to_array<HandledRoute>({
    {{"GET", "/health", "whether it serves, and how much it holds"}, health},
    {{"GET", "/version", "which mock this is, and how it was started"}, version},
    {{"GET", "/scenario", "the scenario that is played, as YAML"}, read_scenario},
    {{"PUT", "/scenario", "plays another one for runs created from now on"}, replace_scenario},
    {{"GET", "/clock", "the time of each key, and when something happens next"}, clocks},
    {{"POST", "/advance", "lets time pass: `by` a length, or to what happens next"}, advance},
    {{"GET", "/journal", "what was asked and answered"}, journal},
    {{"GET", "/runs", "the runs, their rules, and what each does next"}, runs},
    {{"GET", "/runs/{run_id}", "one run with its event log"}, one_run},
    {{"POST", "/wait", "waits for requests, or for runs in a status"}, wait},
    {{"GET", "/faults", "the faults that were laid, and how often each fired"}, faults},
    {{"POST", "/faults", "lays a fault on requests"}, add_fault},
    {{"DELETE", "/faults", "takes all faults away"}, clear_faults},
    {{"POST", "/reset", "back to the scenario's start: no objects, ids and time anew"}, reset},
});

// What follows /_mock in a target that has lost its /tenant/NAME; nothing when it is no such one.
std::string_view own_path(std::string_view target) {
  const std::string_view path = api::spelled(target.substr(0, target.find('?'))).rest;
  if (!path.starts_with(prefix)) return {};
  const std::string_view rest = path.substr(prefix.size());
  return rest.starts_with('/') ? rest : std::string_view();
}

// The id at the end, when the path is of the form of a route that ends in one.
std::string_view id_at_end(std::string_view route, std::string_view path) {
  const std::size_t name = route.find('{');
  if (name == std::string_view::npos || !path.starts_with(route.substr(0, name))) return {};
  const std::string_view id = path.substr(name);
  return id.find('/') == std::string_view::npos ? id : std::string_view();
}

}  // namespace

std::span<const ControlRoute> control_routes() {
  static constexpr auto routes = [] {
    std::array<ControlRoute, table.size()> all{};
    std::ranges::transform(table, all.begin(), &HandledRoute::route);
    return all;
  }();
  return routes;
}

bool Control::is_meant_by(std::string_view target) {
  constexpr std::string_view tenant = "/tenant/";
  if (target.starts_with(tenant)) {
    const std::size_t end = target.find_first_of("/?", tenant.size());
    target.remove_prefix(std::min(end, target.size()));
  }
  return !own_path(target).empty();
}

api::Response Control::answer(api::Request request) const {
  const tenants::Address address = tenants::take_address(request);
  try {
    return {.headers = {{"Content-Type", "application/json"}},
            .body = body_of_answer(request, address)};
  } catch (const api::ApiError& error) {
    return refused(request, error);
  } catch (const scenarios::ScenarioError& error) {
    return refused(request, api::api_error::control_refused(error.what()));
  } catch (const std::invalid_argument& error) {
    return refused(request, api::api_error::control_refused(error.what()));
  } catch (const store::DiskError& error) {  // of the files that a scenario brings along
    return refused(request, api::api_error::disk_failed(error.what()));
  } catch (const std::exception&) {  // a fault of ours
    return refused(request, api::api_error::internal("none"));
  }
}

// In no journal, as all of these routes, but told to the log.
api::Response Control::refused(const api::Request& request, const api::ApiError& error) const {
  api::Response response = api::error_answer(error);
  tenants_.tell_refused({.at = {},
                         .method = request.method,
                         .path = request.target,
                         .status = response.status,
                         .answer = response.body,
                         .refusal = std::string(error.row)});
  return response;
}

std::string Control::body_of_answer(const api::Request& request,
                                    const tenants::Address& address) const {
  if (address.key_is_unread) api::key_in(request.headers);  // says why
  if (!tenants_.lets_in(address))
    throw address.key.empty() ? api::api_error::auth_missing()
                              : api::api_error::auth_wrong(address.key);
  const std::string whose = tenants_.world_of(address);
  const std::string_view target = request.target;
  const std::string_view path = own_path(target);
  const std::size_t mark = std::min(target.find('?'), target.size() - 1);
  ControlCall call{tenants_, options_, whose, request, target.substr(mark + 1), {}};
  bool known_path = false;
  for (const HandledRoute& row : table) {
    call.run_id = id_at_end(row.route.path, path);
    if (row.route.path != path && call.run_id.empty()) continue;
    if (row.route.method == request.method) return row.handler(call);
    known_path = true;
  }
  if (known_path) throw api::api_error::route_method(request.method, target);
  throw api::api_error::route_unknown(request.method, target);
}

}  // namespace assistants_mock::mock_server::control
