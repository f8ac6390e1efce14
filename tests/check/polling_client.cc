#include "tests/check/polling_client.h"

#include <httplib.h>
#include <poll.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <vector>

namespace assistants_mock::tests {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr int usual_tries = 4;
constexpr int far_too_many_tries = 40;
constexpr int most_polls = 40;

// What the conversation cannot go on after.
struct GivenUp : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// As long as an answer asks for: some milliseconds, which are the client's own and no test's.
void pause_for(milliseconds length) {
  ::poll(nullptr, 0, static_cast<int>(length.count()));
}

struct Answer {
  int status = 0;  // 0: the connection broke
  json body = nullptr;
  std::optional<milliseconds> wait = {};

  bool is_good() const { return status == 200 && body.is_object() && body.contains("object"); }
  bool may_pass() const {
    return status == 0 || status == 429 || status >= 500 || (status == 200 && !is_good());
  }
  std::string words() const {
    const auto message = json::json_pointer("/error/message");
    return std::to_string(status) +
           (body.is_object() && body.contains(message) ? " " + body.at(message).dump() : "");
  }
};

class Connection {
 public:
  Connection(const std::string& base_url, const std::string& key)
      : client_(base_url.substr(0, base_url.find("/v1"))),
        headers_{{"Authorization", "Bearer " + key}, {"OpenAI-Beta", "assistants=v2"}} {
    client_.set_keep_alive(true);
    client_.set_tcp_nodelay(true);
    client_.set_read_timeout(std::chrono::seconds{2});
  }

  Answer send(const std::string& method, const std::string& path, const json& body) {
    const std::string target = "/v1" + path;
    const std::string text = body.is_null() ? "" : body.dump();
    const httplib::Result result = method == "GET"
                                       ? client_.Get(target, headers_)
                                       : client_.Post(target, headers_, text, "application/json");
    if (!result) return {};
    Answer answer{.status = result->status, .body = json::parse(result->body, nullptr, false)};
    if (answer.body.is_discarded()) answer.body = nullptr;
    for (const char* name : {"retry-after-ms", "openai-poll-after-ms"})
      if (result->has_header(name))
        answer.wait = milliseconds{std::stol(result->get_header_value(name))};
    if (result->has_header("retry-after"))
      answer.wait = milliseconds{1000 * std::stol(result->get_header_value("retry-after"))};
    return answer;
  }

 private:
  httplib::Client client_;
  httplib::Headers headers_;
};

class Conversing {
 public:
  Conversing(const std::string& base_url, const std::string& key, const Habits& habits,
             std::string assistant)
      : connection_(base_url, key), habits_(habits), assistant_(std::move(assistant)) {}

  Conversation converse() {
    Conversation conversation;
    try {
      begin();
      const json run = follow_run();
      conversation.success = succeeded(run, conversation.reason);
      if (conversation.success) conversation.shown = read_reply(run);
    } catch (const GivenUp& error) {
      conversation.success = false;
      conversation.reason = error.what();
      leave();
    }
    return conversation;
  }

 private:
  // ---- Requests

  int most_tries() const { return habits_.gives_up ? usual_tries : far_too_many_tries; }

  // Asks again after what may pass, and no more often than is of use.
  json ask(const std::string& method, const std::string& path, const json& body = nullptr) {
    for (int tries = 1;; ++tries) {
      const Answer answer = connection_.send(method, path, body);
      if (answer.is_good()) return answer.body;
      if (!answer.may_pass()) throw GivenUp(answer.words());
      if (tries == most_tries()) throw GivenUp(answer.words());
      if (habits_.waits_as_told) pause_for(answer.wait.value_or(milliseconds{1}));
    }
  }

  // What must not be done twice is asked for once, and then looked for.
  template <class Look>
  json ask_once(const std::string& path, const json& body, Look look) {
    if (!habits_.looks_for_lost) return ask("POST", path, body);
    for (int tries = 1;; ++tries) {
      const Answer answer = connection_.send("POST", path, body);
      if (answer.is_good()) return answer.body;
      if (!answer.may_pass() || tries == most_tries()) throw GivenUp(answer.words());
      pause_for(answer.wait.value_or(milliseconds{1}));
      if (std::optional<json> there = look()) return *there;
    }
  }

  // The newest of a list that fits, if any.
  template <class Fits>
  std::optional<json> newest(const std::string& path, Fits fits) {
    for (const json& item : ask("GET", path).value("data", json::array()))
      if (fits(item)) return item;
    return std::nullopt;
  }

  // ---- The conversation

  void begin() {
    const json tool = {
        {"type", "function"},
        {"function",
         {{"name", "get_weather"},
          {"parameters", {{"type", "object"}, {"properties", {{"city", {{"type", "string"}}}}}}}}}};
    if (assistant_.empty())
      assistant_ = ask("POST", "/assistants", {{"model", "gpt-4o"}, {"tools", {tool}}}).at("id");
    thread_ = "/threads/" + ask("POST", "/threads", json::object()).at("id").get<std::string>();
    const json message = {{"role", "user"}, {"content", "What is the weather in Oslo?"}};
    const auto is_ours = [](const json& item) { return item.at("role") == "user"; };
    ask_once(thread_ + "/messages", message,
             [&] { return newest(thread_ + "/messages", is_ours); });
    run_ = ask_once(thread_ + "/runs", {{"assistant_id", assistant_}},
                    [&] { return newest(thread_ + "/runs", [](const json&) { return true; }); });
    if (habits_.asks_twice) ask("POST", thread_ + "/messages", message);
  }

  std::string path_of_run() const { return thread_ + "/runs/" + run_.at("id").get<std::string>(); }

  bool is_over(const std::string& status) const {
    if (status == "incomplete") return habits_.knows_incomplete;
    if (status == "expired") return habits_.knows_expired;
    return status == "completed" || status == "failed" || status == "cancelled";
  }

  json follow_run() {
    int polls = 0;
    for (std::string status; !is_over(status = run_.value("status", ""));) {
      if (status == "requires_action") answer_calls();
      if (polls++ == most_polls) throw GivenUp("the run takes too long");
      poll();
    }
    if (habits_.polls_on)
      for (int more = 0; more < 5; ++more) poll();
    return run_;
  }

  void poll() {
    for (int tries = 1;; ++tries) {
      const Answer answer = connection_.send("GET", path_of_run(), nullptr);
      if (answer.wait && (habits_.pauses || !answer.is_good())) pause_for(*answer.wait);
      if (answer.is_good() && answer.body.contains("status")) run_ = answer.body;
      if (answer.is_good()) return;
      if (tries == most_tries() || !answer.may_pass()) throw GivenUp(answer.words());
    }
  }

  void answer_calls() {
    json outputs = json::array();
    const json calls = open_calls(run_);
    for (const json& call : calls) {
      const json& asked = habits_.answers_by_id ? call : calls.front();
      const std::string output = output_of(call.at("function"));
      if (output.empty()) return;
      outputs.push_back({{"tool_call_id", asked.at("id")}, {"output", output}});
      if (habits_.sends_number_as_output) outputs.back()["output"] = 12;
      if (!habits_.answers_all_calls) break;
    }
    run_ = ask_once(path_of_run() + "/submit_tool_outputs", {{"tool_outputs", outputs}},
                    [&] { return run_beyond(calls); });
  }

  static json open_calls(const json& run) {
    const auto calls = json::json_pointer("/required_action/submit_tool_outputs/tool_calls");
    return run.contains(calls) ? run.at(calls) : json();
  }

  // The run, unless it still waits for these: it may wait for others by now.
  std::optional<json> run_beyond(const json& calls) {
    const json run = ask("GET", path_of_run());
    if (run.value("status", "") == "requires_action" && open_calls(run) == calls)
      return std::nullopt;
    return run;
  }

  // Empty: nothing is answered.
  std::string output_of(const json& function) const {
    if (function.at("name") != "get_weather")
      return habits_.answers_unknown_calls ? "There is no such function." : "";
    const std::string arguments = function.at("arguments");
    if (!habits_.guards_arguments) return "12 C in " + json::parse(arguments).value("city", "Oslo");
    const json read = json::parse(arguments, nullptr, false);
    if (!read.is_object()) return "The arguments are no JSON object.";
    return "12 C in " + (read.contains("city") ? read["city"].dump() : "Oslo");
  }

  bool succeeded(const json& run, std::string& reason) const {
    reason = run.value("status", "");
    return !habits_.looks_at_status || reason == "completed";
  }

  // Lists may be a little late: a run that has written nothing is asked about a few times.
  std::string read_reply(const json& run) {
    constexpr int most_looks = 8;
    std::string reply;
    for (int look = 0; look < most_looks && reply.empty(); ++look) {
      std::string path =
          thread_ + "/messages?order=" + (habits_.filters_by_run ? "asc" : "desc&limit=1");
      if (habits_.filters_by_run) path += "&run_id=" + run.at("id").get<std::string>();
      for (std::string after; !after.empty() || reply.empty();) {
        const json page = ask("GET", path + (after.empty() ? "" : "&after=" + after));
        for (const json& message : page.value("data", json::array())) reply += text_of(message);
        const bool has_more = habits_.reads_all_pages && page.value("has_more", false);
        if (!has_more) break;
        after = page.at("last_id");
      }
    }
    return reply;
  }

  std::string text_of(const json& message) const {
    std::string text;
    const json& parts = message.at("content");
    if (!habits_.reads_all_parts) return parts.at(0).at("text").at("value");
    for (const json& part : parts)
      if (part.at("type") == "text") text += part.at("text").at("value").get<std::string>() + "\n";
    return text;
  }

  // Nothing that this client started goes on without it.
  void leave() {
    if (run_.is_null() || !run_.contains("id") || !habits_.cancels_what_it_leaves) return;
    if (!is_over(run_.value("status", ""))) connection_.send("POST", path_of_run() + "/cancel", {});
  }

  Connection connection_;
  const Habits habits_;
  std::string assistant_;
  std::string thread_;
  json run_;
};

}  // namespace

Conversation ask(const std::string& base_url, const std::string& key, const Habits& habits,
                 const std::string& assistant_id) {
  return Conversing(base_url, key, habits, assistant_id).converse();
}

}  // namespace assistants_mock::tests
