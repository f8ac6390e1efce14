#include "assistants_mock/mock_server.h"

#include <stdexcept>

#include "mock_server/engine/time_driver.h"
#include "mock_server/http/http_front.h"
#include "mock_server/tenants/tenants.h"
#include "scenarios/scenario.h"

namespace assistants_mock::mock_server {
namespace {

tenants::TenantsOptions tenants_options(const MockServerOptions& options) {
  api::Pace pace = api::Pace::given;
  if (options.time_mode == TimeMode::stepped) pace = api::Pace::stepped;
  if (options.time_mode == TimeMode::immediate) pace = api::Pace::immediate;
  return {.api = {.world = {.profile = options.profile,
                            .seed = options.seed,
                            .max_objects = options.max_objects},
                  .pace = pace,
                  .step = options.step,
                  .epoch = options.epoch,
                  .poll_hint = options.poll_hint && options.time_mode != TimeMode::real},
          .max_keys = options.max_keys,
          .listeners = {.on_request = options.on_request, .on_run_end = options.on_run_end}};
}

http::FrontOptions front_options(const MockServerOptions& options) {
  http::FrontOptions front{.host = options.host, .port = options.port};
  front.limits.body_bytes = options.max_body_bytes;
  return front;
}

}  // namespace

class MockServer::Impl {
 public:
  explicit Impl(const MockServerOptions& options)
      : options_(options),
        journal_(std::make_shared<tenants::RequestJournal>(options.max_recorded,
                                                           options.max_recorded_bytes)),
        tenants_(tenants_options(options), options.scenarios.shared(), journal_) {
    if (options.time_mode == TimeMode::real)
      driver_.emplace(options.epoch,
                      [this](state_machine::Instant now) { return tenants_.advance_to(now); });
    front_.emplace(front_options(options),
                   [this](api::Request request) { return handle(std::move(request)); });
  }

  ~Impl() {
    front_->stop([this] { tenants_.reset(); });
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  api::Response handle(api::Request request) {
    if (!driver_) return tenants_.handle(std::move(request), std::nullopt);
    const bool posted = request.method == "POST";
    api::Response response = tenants_.handle(std::move(request), driver_->now());
    if (posted) driver_->look_again();  // reading makes nothing due earlier
    return response;
  }

  MockServerOptions options_;
  std::shared_ptr<tenants::RequestJournal> journal_;
  tenants::Tenants tenants_;
  std::optional<engine::TimeDriver> driver_;
  std::optional<http::HttpFront> front_;
};

MockServer::MockServer(MockServerOptions options) : impl_(std::make_unique<Impl>(options)) {}

MockServer::~MockServer() = default;

std::string MockServer::base_url() const {
  const std::string& host = impl_->options_.host;
  const bool v6 = host.find(':') != std::string::npos;
  return "http://" + (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port()) + "/v1";
}

int MockServer::port() const {
  return impl_->front_->port();
}

void MockServer::advance(std::chrono::milliseconds by) {
  if (impl_->options_.time_mode != TimeMode::manual)
    throw std::logic_error("advance() moves manual time only; see MockServerOptions::time_mode");
  if (by < by.zero()) throw std::invalid_argument("advance() cannot go back in time");
  impl_->tenants_.advance_by(by);
}

std::vector<RecordedRequest> MockServer::requests() const {
  return impl_->journal_->requests();
}

std::uint64_t MockServer::unmatched_runs() const {
  return impl_->tenants_.unmatched_runs();
}

void MockServer::set_scenarios(ScenarioBook scenarios) {
  impl_->tenants_.play(scenarios.shared());
}

void MockServer::reset() {
  impl_->tenants_.reset();
  impl_->journal_->clear();
}

}  // namespace assistants_mock::mock_server
