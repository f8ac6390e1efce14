// Answers are made equal here: whoever gives them, in process or over a socket.
#include "tests/races/act.h"

#include "assistants_mock/scenario_book.h"
#include "mock_server/store/id_source.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::tests {
namespace {

namespace api = mock_server::api;
using scenarios::ScenarioBook;

constexpr std::chrono::sys_seconds epoch{std::chrono::seconds{1'700'000'000}};
constexpr std::uint64_t seed = 7;

// A stream that was read before.
class ReadStream : public EventStream {
 public:
  explicit ReadStream(std::string bytes) : bytes_(std::move(bytes)) {}
  State read(std::string& bytes, std::chrono::milliseconds) override {
    bytes += bytes_;
    bytes_.clear();
    return State::ended;
  }

 private:
  std::string bytes_;
};

}  // namespace

Act get(std::string path) {
  return {.method = "GET", .path = std::move(path)};
}
Act post(std::string path, std::string body) {
  return {.method = "POST", .path = std::move(path), .body = std::move(body)};
}
Act del(std::string path) {
  return {.method = "DELETE", .path = std::move(path)};
}
Act advance(Duration by) {
  return {.kind = ActKind::advance, .by = by};
}
Act read_stream() {
  return {.kind = ActKind::read};
}
Act read_rest() {
  return {.kind = ActKind::read_rest};
}

std::string name_of(const Act& act) {
  if (act.kind == ActKind::advance) return "advance by " + std::to_string(act.by.count()) + " ms";
  if (act.kind != ActKind::request) return "read the stream";
  return act.method + " " + act.path + (act.body.empty() ? "" : " " + act.body);
}

api::Request request_of(const Act& act) {
  return {.method = act.method,
          .target = "/v1" + act.path,
          .headers = {{"Authorization", std::string("Bearer ") + key_of_races},
                      {"OpenAI-Beta", "assistants=v2"}},
          .body = act.body};
}

Answer answer_of(api::Response response) {
  Answer answer{.status = response.status, .stream = response.stream};
  if (!answer.stream) answer.body = std::move(response.body);
  answer.text = std::to_string(answer.status) + " " +
                std::string(api::header(response.headers, "Content-Type")) + "\n" + answer.body;
  return answer;
}

std::string text_of_read(EventStream::State state, const std::string& bytes) {
  switch (state) {
    case EventStream::State::open:
      return "more may come after\n" + bytes;
    case EventStream::State::ended:
      return "the stream ends with\n" + bytes;
    case EventStream::State::cut:
      return "the stream is cut after\n" + bytes;
    case EventStream::State::reset:
      return "the stream is reset after\n" + bytes;
  }
  return bytes;
}

api::ApiOptions options_of_races() {
  api::ApiOptions options;
  options.world.seed = seed;
  options.epoch = epoch;
  return options;
}

api::ApiOptions options_of_key(const std::string& key) {
  api::ApiOptions options = options_of_races();
  options.world.seed = mock_server::store::seed_for(seed, key);
  return options;
}

TenantsWorld::TenantsWorld(const std::string& scenario)
    : tenants_({.api = options_of_races()}, ScenarioBook::load(scenario).shared()) {}

Answer TenantsWorld::ask(const Act& act) {
  return answer_of(tenants_.handle(request_of(act), std::nullopt));
}

void TenantsWorld::advance(Duration by) {
  tenants_.advance_by(by);
}

SocketWorld::SocketWorld(const std::string& scenario)
    : server_({.scenarios = ScenarioBook::load(scenario), .epoch = epoch, .seed = seed}) {}

Answer SocketWorld::ask(const Act& act) {
  const api::Request request = request_of(act);
  std::string bytes = request.method + " " + request.target + " HTTP/1.1\r\nHost: mock\r\n";
  for (const auto& [name, value] : request.headers)
    bytes.append(name).append(": ").append(value).append("\r\n");
  bytes += "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
  RawAnswer raw = tests::ask(server_.port(), bytes);
  if (!raw.complete) return {.status = raw.status, .text = "cut after\n" + raw.body};
  api::Response response{.status = raw.status, .headers = raw.headers};
  if (raw.chunks > 0)
    response.stream = std::make_shared<ReadStream>(std::move(raw.body));
  else
    response.body = std::move(raw.body);
  return answer_of(std::move(response));
}

void SocketWorld::advance(Duration by) {
  server_.advance(by);
}

}  // namespace assistants_mock::tests
