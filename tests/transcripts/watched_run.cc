#include "tests/transcripts/watched_run.h"

#include <string_view>

#include "mock_server/api/wire_json.h"

namespace assistants_mock::tests {
namespace {

StreamOf request_of(const StreamEvent& first) {
  if (first.name == "thread.created") return StreamOf::created_thread_and_run;
  return first.name == "thread.run.created" ? StreamOf::created_run : StreamOf::submitted_outputs;
}

std::string after(std::string_view prefix, const std::string& name) {
  return name.starts_with(prefix) ? name.substr(prefix.size()) : "";
}

// Rows A to M of docs/wire/streaming.md.
bool ends_stream(const std::string& event) {
  const std::string status = after("thread.run.", event);
  return event == "error" || status == "requires_action" || status == "completed" ||
         status == "incomplete" || status == "failed" || status == "cancelled" ||
         status == "expired";
}

// The function's, or that of the hosted tool.
std::string name_of(const Json& call) {
  return call.contains("function") ? call.at("function").at("name") : call.at("type");
}

// What a delta adds to its call; nothing in a search.
std::string added_text(const Json& call) {
  if (call.contains("function")) return call.at("function").at("arguments");
  const Json code = call.value("code_interpreter", Json::object());
  const std::string input = Json(code.value("input", "")).dump();  // in one line
  std::string text = input.substr(1, input.size() - 2);
  for (const Json& output : code.value("outputs", Json::array()))
    text += " -> " + output_text(output);
  return text;
}

// "call_1 "12 C"": what the client submitted.
std::string outputs_text(const Json& calls) {
  std::string text;
  for (const Json& call : calls)
    if (call.contains("function") && call.at("function").at("output").is_string())
      text += (text.empty() ? ": " : "; ") + call.at("id").get<std::string>() + " " +
              call.at("function").at("output").dump();
  return text;
}

std::string why_text(const Json& run) {
  const std::string text = run_text(run);
  const std::size_t colon = text.find(": ");
  return colon == std::string::npos ? "" : text.substr(colon);
}

std::string step_line(const std::string& what, const Json& step) {
  const std::string id = step.at("id");
  const Json& details = step.at("step_details");
  if (what == "in_progress") return "";
  if (what == "created" && details.contains("message_creation"))
    return id + " created, message_creation " +
           details.at("message_creation").at("message_id").get<std::string>();
  if (what == "created") return id + " created, tool_calls";
  std::string text = id + " " + what;
  if (details.contains("tool_calls")) text += outputs_text(details.at("tool_calls"));
  if (step.at("last_error").is_object()) text += ": " + error_text(step.at("last_error"));
  return text;
}

std::string message_line(const std::string& what, const Json& message) {
  if (what == "created" || what == "in_progress") return "";  // its step's line names it
  std::string text = message.at("id").get<std::string>() + " " + what;
  if (message.at("incomplete_details").is_object())
    text += " (" + message.at("incomplete_details").at("reason").get<std::string>() + ")";
  const std::string content = content_text(message.at("content"));
  return text + (content.empty() ? ", no content" : ": " + content);
}

}  // namespace

std::vector<TimedLine> WatchedRun::news() {
  std::vector<TimedLine> lines;
  TimedLine unfinished{};
  for (; told_ < log_->size(); ++told_) {
    const mock_server::engine::LoggedEvent& logged = (*log_)[told_];
    const StreamEvent event{std::string(mock_server::engine::name(logged.name)),
                            mock_server::api::event_data(logged, profile_)};
    check(event);
    const std::string line = line_for(event);
    if (event.name.ends_with(".delta"))
      unfinished = {logged.at, line};
    else if (!line.empty())
      unfinished = {}, lines.push_back({logged.at, line});
  }
  if (!unfinished.text.empty()) lines.push_back(std::move(unfinished));
  return lines;
}

// A run's log is one stream, or several with tool outputs between them. What else happens while
// outputs are awaited (a cancel, the deadline) is told to no stream.
void WatchedRun::check(const StreamEvent& event) {
  if (!checker_) {
    if (!status_.empty() && event.name != "thread.run.step.completed") return;
    checker_ = std::make_unique<StreamChecker>(request_of(event));
  }
  checker_->see(event);
  if (!ends_stream(event.name)) return;
  checker_->see({"done", "[DONE]"});
  checker_->end();
  broken_.insert(broken_.end(), checker_->broken().begin(), checker_->broken().end());
  checker_.reset();
}

std::vector<std::string> WatchedRun::broken() const {
  std::vector<std::string> all = broken_;
  if (checker_) all.insert(all.end(), checker_->broken().begin(), checker_->broken().end());
  return all;
}

std::string WatchedRun::line_for(const StreamEvent& event) {
  const Json data = Json::parse(event.data);
  const std::string& name = event.name;
  if (name == "error") return "error: " + data.at("error").at("message").get<std::string>();
  if (name == "thread.created") return data.at("id").get<std::string>() + " created";
  if (name.ends_with(".delta")) return delta_line(event, data);
  message_so_far_.clear();
  call_so_far_.clear();
  if (name.starts_with("thread.run.step.")) return step_line(after("thread.run.step.", name), data);
  if (name.starts_with("thread.message."))
    return message_line(after("thread.message.", name), data);
  return run_line(after("thread.run.", name), data);
}

std::string WatchedRun::run_line(const std::string& status, const Json& run) {
  if (status == "created") return "";
  const std::string from = status_;
  moves_.emplace(from == "queued" && worked_ ? "queued again" : from, status);
  worked_ = worked_ || status == "in_progress";
  status_ = status;
  const std::string id = run.at("id");
  if (from.empty()) return id + " created, queued";
  return id + " " + from + " -> " + status + why_text(run);
}

// What a message says, or a call asks, up to here.
std::string WatchedRun::delta_line(const StreamEvent& event, const Json& data) {
  const Json& delta = data.at("delta");
  std::string text = data.at("id").get<std::string>() + " so far: ";
  if (event.name == "thread.message.delta") {
    for (const Json& part : delta.at("content"))
      message_so_far_ += part.value("type", "") == "text"
                             ? part.at("text").value("value", "")
                             : " " + content_text(Json::array({part})) + " ";
    return text + Json(message_so_far_).dump();
  }
  for (const Json& call : delta.at("step_details").at("tool_calls")) {
    if (call.contains("id"))
      call_so_far_ += (call_so_far_.empty() ? "" : "; ") + call.at("id").get<std::string>() + " " +
                      name_of(call) + " ";
    call_so_far_ += added_text(call);
  }
  return text + call_so_far_;
}

}  // namespace assistants_mock::tests
