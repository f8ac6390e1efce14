#include "assistants_mock/mock_server.h"

#include <stdexcept>

#include "mock_server/api/api_error.h"
#include "mock_server/api/percent_text.h"
#include "mock_server/control/control.h"
#include "mock_server/engine/time_driver.h"
#include "mock_server/http/http_front.h"
#include "mock_server/tenants/tenants.h"
#include "scenarios/scenario.h"

namespace assistants_mock::mock_server {
namespace {

api::Pace pace_of(TimeMode mode) {
  if (mode == TimeMode::stepped) return api::Pace::stepped;
  if (mode == TimeMode::immediate) return api::Pace::immediate;
  return api::Pace::given;
}

std::shared_ptr<const std::set<std::string, std::less<>>> keys_let_in(
    const std::vector<std::string>& keys) {
  if (keys.empty()) return nullptr;
  return std::make_shared<const std::set<std::string, std::less<>>>(keys.begin(), keys.end());
}

const MockServerOptions& checked(const MockServerOptions& options) {
  require_valid(options.limits);
  return options;
}

tenants::TenantsOptions tenants_options(const MockServerOptions& options) {
  tenants::TenantsOptions tenants{
      .api = {.world = {.profile = options.profile, .seed = options.seed, .limits = options.limits},
              .pace = pace_of(options.time_mode),
              .step = options.step,
              .longest_step = options.longest_step,
              .epoch = options.epoch,
              .poll_hint = options.time_mode == TimeMode::real ? std::chrono::milliseconds{0}
                                                               : options.poll_hint,
              .first_version = options.first_version,
              .keys = keys_let_in(options.keys),
              .blobs = std::make_shared<store::BlobDirectory>(options.files_dir,
                                                              options.limits.stored_bytes)},
      .listeners = {.on_request = options.on_request, .on_run_end = options.on_run_end}};
  for (const ScenarioBook& book : options.named_scenarios) tenants.named.push_back(book.shared());
  return tenants;
}

control::ControlOptions control_options(const MockServerOptions& options) {
  return {.time_mode = options.time_mode,
          .step = options.step,
          .profile = options.profile,
          .first_version = options.first_version,
          .seed = options.seed,
          .limits = options.limits};
}

// What was no readable request has nobody's journal, with the reason as its answer.
RecordedRequest as_recorded(const http::RefusedRequest& refused) {
  return {.at = {},
          .method = refused.method,
          .path = refused.target,
          .status = refused.status,
          .answer = refused.message,
          .refusal = refused.row};
}

}  // namespace

class MockServer::Impl {
 public:
  explicit Impl(const MockServerOptions& options)
      : options_(checked(options)),
        tenants_(tenants_options(options), options.scenarios.shared()),
        control_(tenants_, control_options(options)) {
    if (options.time_mode == TimeMode::real) {
      tenants_.follow([this] { return driver_->now(); });
      driver_.emplace(options.epoch,
                      [this](state_machine::Instant now) { return tenants_.advance_to(now); });
    }
    front_.emplace(
        http::FrontOptions{.host = options.host,
                           .port = options.port,
                           .limits = options.limits,
                           .open_body =
                               [this](const std::string& method, const std::string& target,
                                      const api::Headers& headers) {
                                 return tenants_.open_body(method, target, headers);
                               },
                           .on_refused =
                               [this](const http::RefusedRequest& refused) {
                                 tenants_.record_refused(as_recorded(refused));
                               }},
        [this](api::Request request) { return handle(std::move(request)); });
  }

  ~Impl() { stop(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void stop() {
    front_->stop([this] { tenants_.close(); });
  }

  api::Response handle(api::Request request) {
    if (control::Control::is_meant_by(request.target)) return control_.answer(std::move(request));
    if (!driver_) return tenants_.handle(std::move(request), std::nullopt);
    const bool posted = request.method == "POST";
    api::Response response = tenants_.handle(std::move(request), driver_->now());
    if (posted) driver_->look_again();  // reading makes nothing due earlier
    return response;
  }

  // Steering speaks of tenants too many and of scenarios that are not there as the API does.
  template <class Steer>
  static auto steer(Steer steer) {
    try {
      return steer();
    } catch (const api::ApiError& error) {
      throw std::invalid_argument(error.message);
    }
  }

  MockServerOptions options_;
  tenants::Tenants tenants_;
  control::Control control_;
  std::optional<engine::TimeDriver> driver_;
  std::optional<http::HttpFront> front_;
};

MockServer::MockServer(MockServerOptions options) : impl_(std::make_unique<Impl>(options)) {}

MockServer::~MockServer() = default;

void MockServer::stop() {
  impl_->stop();
}

std::string MockServer::base_url(std::string_view tenant) const {
  const std::string& host = impl_->options_.host;
  const bool v6 = host.find(':') != std::string::npos;
  std::string url = "http://" + (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port());
  if (!tenant.empty()) url += "/tenant/" + api::percent_encoded(tenant);
  return url + "/v1";
}

int MockServer::port() const {
  return impl_->front_->port();
}

void MockServer::advance(std::chrono::milliseconds by, const std::string& tenant) {
  if (impl_->options_.time_mode == TimeMode::real)
    throw std::logic_error(
        "real time follows the machine's clock; see MockServerOptions::time_mode");
  if (by < by.zero()) throw std::invalid_argument("advance() cannot go back in time");
  impl_->steer([&] { impl_->tenants_.advance_by(by, tenant); });
}

bool MockServer::advance_to_next(const std::string& tenant) {
  const auto left = impl_->tenants_.until_next(tenant);
  if (left) advance(*left, tenant);
  return left.has_value();
}

std::vector<ClockReading> MockServer::clocks(const std::string& tenant) const {
  return impl_->tenants_.clocks(tenant);
}

std::vector<RecordedRequest> MockServer::requests(const RequestQuery& query,
                                                  const std::string& tenant) const {
  return impl_->tenants_.requests(query, tenant);
}

std::vector<RunReport> MockServer::runs(const RunQuery& query, const std::string& tenant) const {
  return impl_->tenants_.runs(query, tenant);
}

ServerState MockServer::state() const {
  return impl_->tenants_.state();
}

bool MockServer::wait_for_requests(const RequestQuery& query, std::size_t count,
                                   std::chrono::milliseconds patience, const std::string& tenant) {
  return impl_->tenants_.wait_for_requests(query, count, patience, tenant);
}

bool MockServer::wait_for_runs(const RunQuery& query, std::size_t count,
                               std::chrono::milliseconds patience, const std::string& tenant) {
  return impl_->tenants_.wait_for_runs(query, count, patience, tenant);
}

void MockServer::set_scenarios(ScenarioBook scenarios, const std::string& tenant) {
  impl_->steer([&] { impl_->tenants_.play(scenarios.shared(), tenant); });
}

ScenarioBook MockServer::scenarios(const std::string& tenant) const {
  return impl_->steer([&] { return ScenarioBook(*impl_->tenants_.scenario(tenant)); });
}

void MockServer::name_scenario(ScenarioBook scenario) {
  impl_->steer([&] { impl_->tenants_.name_scenario(scenario.shared()); });
}

void MockServer::add_fault(const Fault& fault, const std::string& tenant) {
  impl_->steer([&] { impl_->tenants_.add_fault(fault, tenant); });
}

std::vector<FaultReport> MockServer::faults(const std::string& tenant) const {
  return impl_->tenants_.faults(tenant);
}

std::vector<FaultReport> MockServer::fault_history() const {
  return impl_->tenants_.fault_history();
}

void MockServer::clear_faults(const std::string& tenant) {
  impl_->steer([&] { impl_->tenants_.clear_faults(tenant); });
}

void MockServer::reset(const std::string& tenant) {
  impl_->tenants_.reset(tenant);
}

}  // namespace assistants_mock::mock_server
