#pragma once
// The mock's own routes, /_mock/…: what MockServer's methods do, for clients in other languages.
// docs/control.md has a line of curl for each.
#include <span>
#include <string>
#include <string_view>

#include "assistants_mock/time_mode.h"
#include "mock_server/tenants/tenants.h"

namespace assistants_mock::mock_server::control {

struct ControlOptions {
  TimeMode time_mode = TimeMode::manual;
  state_machine::Duration step = std::chrono::seconds{1};
  WireProfile profile = WireProfile::schema;
  FirstVersion first_version = FirstVersion::served;
  std::uint64_t seed = 1;
  Limits limits = {};
};

// A row of the table; `path` is without what comes before it.
struct ControlRoute {
  std::string_view method;
  std::string_view path;
  std::string_view does;
};
std::span<const ControlRoute> control_routes();

// What answers need; `whose` is empty when all tenants are meant.
struct ControlCall {
  tenants::Tenants& tenants;
  const ControlOptions& options;
  const std::string& whose;
  const api::Request& request;
  std::string_view query;   // of the target, still percent-encoded
  std::string_view run_id;  // where the path has one
};

class Control {
 public:
  Control(tenants::Tenants& tenants, ControlOptions options)
      : tenants_(tenants), options_(std::move(options)) {}

  // Whether a target is one of the mock's own: /_mock/…, which may come after /tenant/NAME and
  // after /v1. The real API has no such route.
  static bool is_meant_by(std::string_view target);

  // Never throws: what is wrong is answered in the envelope of the API's errors.
  api::Response answer(api::Request request) const;

 private:
  api::Response refused(const api::Request& request, const api::ApiError& error) const;
  std::string body_of_answer(const api::Request& request, const tenants::Address& address) const;

  tenants::Tenants& tenants_;
  ControlOptions options_;
};

}  // namespace assistants_mock::mock_server::control
