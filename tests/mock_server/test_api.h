#pragma once
// The API without sockets, as a test speaks to it: requests with all that a client sends, answers
// as JSON.
//   TestApi api("weather_tool");
//   EXPECT_EQ(api.post("/threads", "{}").json["object"], "thread");
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "assistants_mock/scenario_book.h"
#include "mock_server/api/api.h"
#include "tests/exchange_log.h"

namespace assistants_mock::mock_server {

struct TestAnswer {
  int status = 0;
  std::string refusal;  // row of docs/wire/errors.md
  nlohmann::ordered_json json;
  api::Headers headers;
  std::shared_ptr<api::RunStream> stream;

  std::string id() const { return json.at("id").get<std::string>(); }
  std::string message() const { return json.at("error").at("message").get<std::string>(); }
};

class TestApi {
 public:
  // Shapes are those of the published schema unless `options` ask for others, so that all exchanges
  // can be held against it.
  explicit TestApi(const std::string& scenario = "echo", api::ApiOptions options = {})
      : api_(options, scenarios::ScenarioBook::load(scenario).shared()) {}

  TestAnswer send(std::string method, std::string path, std::string body = "") {
    return send(api::Request{std::move(method), "/v1" + path, client_headers(), std::move(body)});
  }
  TestAnswer send(const api::Request& request) {
    api::Api::Handled handled = api_.handle(request);
    TestAnswer answer{.status = handled.response.status,
                      .refusal = handled.refusal,
                      .json = {},
                      .headers = handled.response.headers,
                      .stream = handled.stream};
    if (!handled.stream) exchanges_.record(request, handled);  // streams by those who read them
    if (!handled.stream) answer.json = nlohmann::ordered_json::parse(handled.response.body);
    return answer;
  }
  TestAnswer get(std::string path) { return send("GET", std::move(path)); }
  TestAnswer post(std::string path, std::string body = "") {
    return send("POST", std::move(path), std::move(body));
  }
  TestAnswer del(std::string path) { return send("DELETE", std::move(path)); }

  void advance(state_machine::Duration by) { api_.advance_to(api_.now() + by); }
  api::Api& api() { return api_; }

  static api::Headers client_headers() {
    return {{"Authorization", "Bearer key"},
            {"OpenAI-Beta", "assistants=v2"},
            {"Content-Type", "application/json"}};
  }

 private:
  api::Api api_;
  tests::ExchangeLog exchanges_ = tests::ExchangeLog::from_environment();
};

}  // namespace assistants_mock::mock_server
