#include "tests/check/plain_client.h"

#include <httplib.h>

namespace assistants_mock::tests {

using nlohmann::json;

class PlainClient::Connection {
 public:
  explicit Connection(const mock_server::Case& asked)
      : client(asked.base_url.substr(0, asked.base_url.find("/v1"))),
        headers{{"Authorization", "Bearer " + asked.api_key}, {"OpenAI-Beta", "assistants=v2"}} {
    client.set_tcp_nodelay(true);
  }

  httplib::Client client;
  httplib::Headers headers;
};

PlainClient::PlainClient(const mock_server::Case& asked)
    : connection_(std::make_unique<Connection>(asked)) {}

PlainClient::~PlainClient() = default;

int PlainClient::take(int status, const std::string& body) {
  answer_ = json::parse(body, nullptr, false);
  if (!answer_.is_object()) answer_ = json::object();
  if (answer_.value("object", "") == "thread.run") {
    run = answer_.at("id");
    const auto calls = json::json_pointer("/required_action/submit_tool_outputs/tool_calls");
    if (answer_.contains(calls)) calls_ = answer_.at(calls);
  }
  return status;
}

int PlainClient::get(const std::string& path) {
  const auto result = connection_->client.Get("/v1" + path, connection_->headers);
  return result ? take(result->status, result->body) : take(0, "");
}

int PlainClient::post(const std::string& path, const json& body) {
  const auto result =
      connection_->client.Post("/v1" + path, connection_->headers, body.dump(), "application/json");
  return result ? take(result->status, result->body) : take(0, "");
}

int PlainClient::remove(const std::string& path) {
  const auto result = connection_->client.Delete("/v1" + path, connection_->headers);
  return result ? take(result->status, result->body) : take(0, "");
}

void PlainClient::stream(const std::string& path, json body, std::string_view last) {
  body["stream"] = true;
  httplib::Request request;
  request.method = "POST";
  request.path = "/v1" + path;
  request.headers = connection_->headers;
  request.set_header("Content-Type", "application/json");
  request.body = body.dump();
  std::string read;
  request.content_receiver = [&](const char* data, std::size_t length, std::uint64_t,
                                 std::uint64_t) {
    read.append(data, length);
    return read.find(last) == std::string::npos;
  };
  httplib::Response response;
  httplib::Error error{};
  connection_->client.send(request, response, error);
  connection_->client.stop();
  const std::size_t id = read.find("run_");
  if (id != std::string::npos) run = read.substr(id, read.find('"', id) - id);
}

void PlainClient::begin(const std::string& question) {
  post("/assistants", {{"model", "gpt-4o"}});
  assistant = answer_.value("id", "");
  post("/threads");
  thread = answer_.value("id", "");
  say(question);
}

void PlainClient::say(const std::string& question) {
  post(thread_path() + "/messages", {{"role", "user"}, {"content", question}});
}

int PlainClient::start_run() {
  return post(thread_path() + "/runs", {{"assistant_id", assistant}});
}

std::string PlainClient::poll() {
  get(run_path());
  return answer_.value("status", "");
}

void PlainClient::poll_until(std::string_view status) {
  constexpr int most = 30;
  for (int polls = 0; polls < most; ++polls) {
    const std::string now = poll();
    if (now == status || now == "completed") return;
  }
}

int PlainClient::submit(const std::string& output) {
  json outputs = json::array();
  for (const json& call : calls_)
    outputs.push_back({{"tool_call_id", call.at("id")}, {"output", output}});
  return post(run_path() + "/submit_tool_outputs", {{"tool_outputs", outputs}});
}

std::string PlainClient::read_reply() {
  std::string reply;
  get(thread_path() + "/messages?order=asc&run_id=" + run);
  for (const json& message : answer_.value("data", json::array()))
    for (const json& part : message.at("content"))
      reply += part.at("text").at("value").get<std::string>() + "\n";
  return reply;
}

}  // namespace assistants_mock::tests
