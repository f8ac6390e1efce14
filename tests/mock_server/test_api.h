#pragma once
// The API without sockets, as a test speaks to it: requests with all that a client sends, answers
// as JSON.
//   TestApi api("weather_tool");
//   EXPECT_EQ(api.post("/threads", "{}").json["object"], "thread");
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "assistants_mock/scenario_book.h"
#include "mock_server/api/api.h"
#include "tests/exchange_log.h"
#include "tests/mock_server/form_text.h"

namespace assistants_mock::mock_server {

struct TestAnswer {
  int status = 0;
  std::string refusal;  // row of docs/wire/errors.md
  nlohmann::ordered_json json;
  std::string bytes;  // of a file that was downloaded
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
      : TestApi(scenarios::ScenarioBook::load(scenario), std::move(options)) {}
  explicit TestApi(const scenarios::ScenarioBook& scenario, api::ApiOptions options = {})
      : api_(std::move(options), scenario.shared()) {}

  TestAnswer send(std::string method, std::string path, std::string body = "") {
    return send(api::Request{std::move(method), "/v1" + path, client_headers(), std::move(body)});
  }
  TestAnswer send(const api::Request& request) {
    api::Api::Handled handled = api_.handle(request);
    TestAnswer answer{.status = handled.response.status,
                      .refusal = handled.refusal,
                      .json = {},
                      .bytes = {},
                      .headers = handled.response.headers,
                      .stream = handled.stream};
    if (handled.stream) return answer;  // which whoever reads it writes down
    if (handled.response.stream) {
      answer.bytes = read_to_end(*handled.response.stream);
    } else {
      if (is_of_schema(request)) exchanges_.record(request, handled);
      answer.json = nlohmann::ordered_json::parse(handled.response.body);
    }
    return answer;
  }
  TestAnswer get(std::string path) { return send("GET", std::move(path)); }
  TestAnswer post(std::string path, std::string body = "") {
    return send("POST", std::move(path), std::move(body));
  }
  TestAnswer post(std::string path, const FormText& form) {
    api::Headers headers = client_headers();
    headers.back().second = form.content_type();
    return send(api::Request{"POST", "/v1" + path, std::move(headers), form.body()});
  }
  TestAnswer del(std::string path) { return send("DELETE", std::move(path)); }

  // POST /files; the id of the file that came of it.
  std::string upload(const std::string& filename, const std::string& content,
                     const std::string& purpose = "assistants") {
    const std::string line = "--form\r\nContent-Disposition: form-data; name=";
    api::Headers headers = client_headers();
    headers.back().second = "multipart/form-data; boundary=form";
    return send(api::Request{"POST", "/v1/files", std::move(headers),
                             line + "\"purpose\"\r\n\r\n" + purpose + "\r\n" + line +
                                 "\"file\"; filename=\"" + filename + "\"\r\n\r\n" + content +
                                 "\r\n--form--\r\n"})
        .id();
  }

  void advance(state_machine::Duration by) { api_.advance_to(api_.now() + by); }
  api::Api& api() { return api_; }

  static api::Headers client_headers() {
    return {{"Authorization", "Bearer key"},
            {"OpenAI-Beta", "assistants=v2"},
            {"Content-Type", "application/json"}};
  }

 private:
  // Objects of the first version differ from the published schema on purpose.
  static bool is_of_schema(const api::Request& request) {
    return api::header(request.headers, "OpenAI-Beta") != "assistants=v1";
  }
  static std::string read_to_end(api::EventStream& stream) {
    std::string bytes;
    while (stream.read(bytes, {}) == api::EventStream::State::open) {
    }
    return bytes;
  }

  api::Api api_;
  tests::ExchangeLog exchanges_ = tests::ExchangeLog::from_environment();
};

}  // namespace assistants_mock::mock_server
