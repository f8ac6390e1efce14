// Same scenario, same seed, same requests: the same bytes. A long conversation through real
// sockets, held twice with two fresh servers, in every mode in which time is given.
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <regex>
#include <semaphore>
#include <set>
#include <string>
#include <vector>

#include "assistants_mock/mock_server.h"
#include "tests/mock_server/http/raw_client.h"
#include "tests/transcripts/aliases.h"

namespace assistants_mock::tests {
namespace {

using namespace std::chrono_literals;
using mock_server::MockServer;
using mock_server::MockServerOptions;
using mock_server::TimeMode;
using Json = nlohmann::ordered_json;

constexpr std::string_view script = R"(
scenario: many_things
teaches: What one conversation can hold.
assistants:
  - { id: asst_seeded, model: gpt-4o, name: Seeded }
runs:
  - when: { message: weather }
    do:
      - call: { get_weather: { city: Oslo }, get_time: {} }
      - say: "${outputs.get_weather}, ${outputs.get_time}. 東京 is far."
  - when: { message: story }
    do:
      - say: [ Once upon a time, { refusal: no more }, { image_url: "https://images.example/a.png" } ]
        over: 8s
  - when: { message: fail }
    do: [ { say: Well, unfinished: true }, { fail: server_error } ]
  - when: { message: nobody }
    queued: forever
    do: []
  - when: { message: hello }
    do: [ { say: "You said ${message} in ${thread.id}." } ]
)";

// A client that notes every byte of every answer, but for the framing of chunks: how many events
// one chunk holds depends on when they were written, not on what was asked.
class NotingClient {
 public:
  NotingClient(MockServerOptions options, std::string key) : key_(std::move(key)) {
    options.scenarios = mock_server::ScenarioBook::parse(script);
    options.on_request = [this](const auto&) { handled_.release(); };
    manual_ = options.time_mode == TimeMode::manual;
    server_ = std::make_unique<MockServer>(std::move(options));
  }

  Json ask(const std::string& method, const std::string& path, const Json& body = nullptr) {
    RawClient& client = send(method, path, body);
    return note(client.read_answer());
  }

  // Streams stay open until finish_streams(): what the server does meanwhile is told to them.
  void open_stream(const std::string& path, Json body) {
    body["stream"] = true;
    send("POST", path, body);
  }
  void finish_streams() {
    for (; !connections_.empty(); connections_.pop_back()) {
      const RawAnswer answer = connections_.back()->read_answer();
      noted_ += answer.head + answer.body + "\n";
      streams_whole_ = streams_whole_ && answer.complete && answer.body.ends_with("[DONE]\n\n");
    }
  }

  // In stepped time requests move the clock, and in immediate time nothing does.
  void pass(std::chrono::seconds time) {
    if (manual_) return server_->advance(time);
    for (auto second = 0s; second < time; ++second) ask("GET", "/v1/assistants/asst_seeded");
  }

  void use_key(std::string key) { key_ = std::move(key); }
  const std::string& noted() const { return noted_; }
  bool streams_whole() const { return streams_whole_; }

 private:
  RawClient& send(const std::string& method, const std::string& path, const Json& body) {
    const bool stream = body.is_object() && body.contains("stream");
    RawClient& client = stream ? *connections_.emplace_back(new_client()) : main_client();
    const std::string content = body.is_null() ? "" : body.dump();
    client.send(method + " " + path + " HTTP/1.1\r\nHost: mock\r\nAuthorization: Bearer " + key_ +
                "\r\nOpenAI-Beta: assistants=v2\r\nContent-Type: application/json\r\n" +
                "Content-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content);
    if (!handled_.try_acquire_for(20s)) throw std::runtime_error(path + " is not answered");
    return client;
  }
  std::unique_ptr<RawClient> new_client() { return std::make_unique<RawClient>(server_->port()); }
  RawClient& main_client() {
    if (!main_) main_ = new_client();
    return *main_;
  }
  Json note(const RawAnswer& answer) {
    noted_ += answer.head + answer.body + "\n";
    return Json::parse(answer.body);
  }

  std::string key_;
  bool manual_ = false;
  std::string noted_;
  bool streams_whole_ = true;
  std::counting_semaphore<> handled_{0};
  std::unique_ptr<MockServer> server_;
  std::unique_ptr<RawClient> main_;
  std::vector<std::unique_ptr<RawClient>> connections_;  // of streams
};

Json user_says(const std::string& text) {
  return {{"role", "user"}, {"content", text}};
}

// Objects that one conversation made, for another to look for.
struct Made {
  std::string assistant;
  std::string thread;
  std::string run;
};

std::string outputs_path(const Json& run) {
  return "/v1/threads/" + run.at("thread_id").get<std::string>() + "/runs/" +
         run.at("id").get<std::string>() + "/submit_tool_outputs";
}

Json outputs_for(const Json& run) {
  Json outputs = Json::array();
  for (const Json& call : run.at("required_action").at("submit_tool_outputs").at("tool_calls"))
    outputs.push_back({{"tool_call_id", call.at("id")}, {"output", "12 °C"}});
  return {{"tool_outputs", outputs}};
}

// Two threads at a time: tools on the one, a stream that is cancelled on the other.
Made tools_and_a_cancel(NotingClient& client) {
  const std::string assistant = client.ask("POST", "/v1/assistants", {{"model", "gpt-4o"}})["id"];
  const std::string thread = client.ask("POST", "/v1/threads", Json::object())["id"];
  const std::string other = client.ask("POST", "/v1/threads", Json::object())["id"];
  client.ask("POST", "/v1/threads/" + thread + "/messages", user_says("the weather"));
  client.ask("POST", "/v1/threads/" + other + "/messages", user_says("a story"));
  const Json body{{"assistant_id", assistant}};
  Json run = client.ask("POST", "/v1/threads/" + thread + "/runs", body);
  const std::string path = "/v1/threads/" + thread + "/runs/" + run["id"].get<std::string>();
  client.open_stream("/v1/threads/" + other + "/runs", body);
  client.ask("POST", "/v1/threads/" + thread + "/messages", user_says("hurry"));  // lock.message
  client.pass(3s);
  run = client.ask("GET", path);
  client.ask("POST", outputs_path(run), {{"tool_outputs", {{{"tool_call_id", "call_1"}}}}});
  client.open_stream(outputs_path(run), outputs_for(run));
  const Json runs = client.ask("GET", "/v1/threads/" + other + "/runs");
  client.ask("POST", "/v1/threads/" + other + "/runs/" + runs["data"][0]["id"].get<std::string>() +
                         "/cancel");
  client.pass(5s);
  client.ask("GET", path + "/steps?order=asc");
  client.ask("GET", "/v1/threads/" + thread + "/messages?limit=1");
  client.finish_streams();
  return {assistant, thread, run["id"]};
}

// Failures, expiry, deletions and refusals.
void bad_ends(NotingClient& client) {
  for (const char* text : {"please fail", "hello", "nobody answers", "something else"}) {
    const Json thread{{"messages", Json::array({user_says(text)})}};
    client.open_stream("/v1/threads/runs", {{"assistant_id", "asst_seeded"}, {"thread", thread}});
  }
  client.pass(600s);
  client.finish_streams();
  client.ask("GET", "/v1/threads/thread_nobody");
  client.ask("GET", "/v1/runs");
  client.ask("POST", "/v1/threads", {{"metadata", 7}});
  client.ask("DELETE", "/v1/models/gpt-4");
  client.ask("GET", "/v1/models");
}

Made converse(NotingClient& client) {
  Made made = tools_and_a_cancel(client);
  bad_ends(client);
  client.ask("DELETE", "/v1/threads/" + made.thread);
  made = tools_and_a_cancel(client);
  EXPECT_TRUE(client.streams_whole());
  return made;
}

class SameBytes : public testing::TestWithParam<TimeMode> {
 protected:
  static std::string conversation(std::uint64_t seed, const std::string& key = "key") {
    NotingClient client({.time_mode = GetParam(), .seed = seed}, key);
    converse(client);
    return client.noted();
  }
};

TEST_P(SameBytes, ComeBackAtEveryTry) {
  const std::string first = conversation(1);
  EXPECT_GT(first.size(), 50'000U);
  EXPECT_EQ(first, conversation(1));
}

// Another seed, or another key, says the same of other ids.
TEST_P(SameBytes, ComeFromTheSeedAndTheKey) {
  static const std::regex request_id("req_[0-9a-f]{32}");
  const auto with_aliases = [](const std::string& noted) {
    return Aliases().shown(std::regex_replace(noted, request_id, "req_1"));
  };
  const std::string one = conversation(1);
  for (const std::string& other : {conversation(2), conversation(1, "another key")}) {
    EXPECT_NE(one, other);
    EXPECT_EQ(with_aliases(one), with_aliases(other));
  }
}

std::string mode_name(const testing::TestParamInfo<TimeMode>& mode) {
  if (mode.param == TimeMode::manual) return "manual";
  return mode.param == TimeMode::stepped ? "stepped" : "immediate";
}

INSTANTIATE_TEST_SUITE_P(Time, SameBytes,
                         testing::Values(TimeMode::manual, TimeMode::stepped, TimeMode::immediate),
                         mode_name);

// Every id that `noted` shows as one, request ids included.
std::set<std::string> ids_in(const std::string& noted) {
  static const std::regex place(R"re((?:id": ?"|x-request-id: )([^"\r]+))re");
  std::set<std::string> ids;
  for (std::sregex_iterator match(noted.begin(), noted.end(), place), none; match != none; ++match)
    ids.insert(match->str(1));
  return ids;
}

TEST(Ids, LookLikeTheServices) {
  NotingClient client({}, "key");
  converse(client);
  static const std::regex form(
      "(asst|thread|msg|run|step|call)_[A-Za-z0-9]{24}|req_[0-9a-f]{32}|asst_seeded|gpt-.*|o3-"
      "mini");
  std::set<std::string> kinds;
  for (const std::string& id : ids_in(client.noted())) {
    EXPECT_TRUE(std::regex_match(id, form)) << id;
    kinds.insert(id.substr(0, id.find('_')));
  }
  for (const char* kind : {"asst", "thread", "msg", "run", "step", "call", "req"})
    EXPECT_TRUE(kinds.contains(kind)) << kind;
}

TEST(Keys, NeverSeeEachOthersObjects) {
  NotingClient client({.time_mode = TimeMode::stepped}, "one");
  const Made made = converse(client);
  client.use_key("two");
  const std::string thread = "/v1/threads/" + made.thread;
  for (const std::string& path :
       {thread, thread + "/messages", thread + "/runs", thread + "/runs/" + made.run,
        thread + "/runs/" + made.run + "/steps", "/v1/assistants/" + made.assistant})
    EXPECT_TRUE(client.ask("GET", path).contains("error")) << path;
  EXPECT_EQ(client.ask("GET", "/v1/assistants")["data"].size(), 1U);  // its own seeded one
  EXPECT_EQ(client.ask("GET", "/v1/models/gpt-4")["id"], "gpt-4");    // which `one` has deleted
  EXPECT_TRUE(client.ask("POST", thread + "/messages", user_says("hello")).contains("error"));
  EXPECT_TRUE(client.ask("DELETE", thread).contains("error"));
  const Json by_the_other{{"assistant_id", made.assistant}};
  EXPECT_TRUE(client.ask("POST", "/v1/threads/runs", by_the_other).contains("error"));

  client.use_key("one");
  EXPECT_EQ(client.ask("GET", thread)["id"], made.thread);
}

}  // namespace
}  // namespace assistants_mock::tests
