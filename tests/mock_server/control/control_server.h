#pragma once
// A server's tenants with the mock's own routes on top, spoken to without sockets.
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "assistants_mock/scenario_book.h"
#include "mock_server/control/control.h"

namespace assistants_mock::mock_server::control {

using nlohmann::json;

// A server of manual time whose scenario knows one greeting.
class Server {
 public:
  explicit Server(TimeMode mode = TimeMode::manual, Limits limits = {},
                  std::vector<std::string> keys = {})
      : tenants_(
            {.api = {.world = {.limits = limits},
                     .pace = mode == TimeMode::stepped ? api::Pace::stepped : api::Pace::given,
                     .keys = keys.empty() ? nullptr
                                          : std::make_shared<std::set<std::string, std::less<>>>(
                                                keys.begin(), keys.end())}},
            scenarios::ScenarioBook::parse(
                "scenario: hello\n"
                "runs: [{name: greeting, when: {message: Hello}, do: [{say: Hi}]}]")
                .shared()),
        control_(tenants_, {.time_mode = mode, .limits = limits}) {}

  struct Answer {
    int status;
    json body;
    std::string message() const { return body.at("error").at("message"); }
  };
  // As the front hands requests on: the mock's own routes, then the API's.
  Answer send(const std::string& method, const std::string& target, const json& body = nullptr,
              const std::string& key = "k", const std::string& type = "application/json") {
    api::Request request{.method = method,
                         .target = target,
                         .headers = {{"OpenAI-Beta", "assistants=v2"}, {"Content-Type", type}},
                         .body = body.is_null()     ? ""
                                 : body.is_string() ? body.get<std::string>()
                                                    : body.dump()};
    if (!key.empty()) request.headers.emplace_back("Authorization", "Bearer " + key);
    const api::Response response = Control::is_meant_by(target)
                                       ? control_.answer(std::move(request))
                                       : tenants_.handle(std::move(request), std::nullopt);
    return {response.status, json::parse(response.body, nullptr, false)};
  }
  Answer get(const std::string& target, const std::string& key = "k") {
    return send("GET", target, nullptr, key);
  }
  Answer post(const std::string& target, const json& body = nullptr, const std::string& key = "k") {
    return send("POST", target, body, key);
  }
  // Creates a run that was told `text`, and gives it.
  json run(const std::string& text, const std::string& key = "k") {
    const json assistant = post("/v1/assistants", {{"model", "gpt-4o"}}, key).body;
    return post("/v1/threads/runs",
                {{"assistant_id", assistant.at("id")},
                 {"thread", {{"messages", {{{"role", "user"}, {"content", text}}}}}}},
                key)
        .body;
  }
  std::string status_of(const json& run, const std::string& key = "k") {
    return get("/v1/threads/" + run.at("thread_id").get<std::string>() + "/runs/" +
                   run.at("id").get<std::string>(),
               key)
        .body.at("status");
  }
  int answer(const api::Request& request) { return control_.answer(request).status; }
  tenants::Tenants& tenants() { return tenants_; }

 private:
  tenants::Tenants tenants_;
  Control control_;
};

}  // namespace assistants_mock::mock_server::control
