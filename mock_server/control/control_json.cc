#include "mock_server/control/control_json.h"

#include <map>

#include "mock_server/api/api_error.h"
#include "mock_server/api/body_parser.h"

namespace assistants_mock::mock_server::control {
namespace {

using api::JsonWriter;
using Instant = RunReport::Instant;

void write_instant(JsonWriter& out, std::string_view name, Instant at) {
  const auto count = at.time_since_epoch().count();
  std::string milliseconds = std::to_string(count % 1000);
  milliseconds.insert(0, 3 - milliseconds.size(), '0');
  out.key(name);
  out.raw(std::to_string(count / 1000) + '.' + milliseconds);
}

void write_instant(JsonWriter& out, std::string_view name, const std::optional<Instant>& at) {
  if (at)
    write_instant(out, name, *at);
  else
    out.null_member(name);
}

void write_texts(JsonWriter& out, std::string_view name, const std::vector<std::string>& texts) {
  out.key(name);
  out.begin_array();
  for (const std::string& text : texts) out.text(text);
  out.end_array();
}

// JSON as JSON, anything else as a text.
void write_content(JsonWriter& out, std::string_view name, const std::string& content) {
  out.key(name);
  if (content.empty()) return out.null();
  try {
    out.json(api::parse_body(content));
  } catch (const api::ApiError&) {
    out.text(content);
  }
}

// One line of what came twice, as HTTP puts it together.
void write_headers(JsonWriter& out,
                   const std::vector<std::pair<std::string, std::string>>& headers) {
  std::map<std::string, std::string> joined;
  for (const auto& [name, value] : headers) {
    std::string& line = joined[name];
    line += (line.empty() ? "" : ", ") + value;
  }
  out.key("headers");
  out.begin_object();
  for (const auto& [name, value] : joined) out.member(name, value);
  out.end_object();
}

void write_times(JsonWriter& out, const Fault& fault) {
  out.key("times");
  out.begin_array();
  for (const int time : fault.times) out.integer(time);
  if (fault.from_then_on) out.text(std::to_string(*fault.from_then_on) + '+');
  out.end_array();
}

}  // namespace

void write(JsonWriter& out, const ClockReading& clock) {
  out.begin_object();
  out.member("tenant", clock.tenant);
  write_instant(out, "now", clock.now);
  write_instant(out, "due", clock.due);
  out.end_object();
}

void write(JsonWriter& out, const RecordedRequest& request) {
  out.begin_object();
  out.member("number", static_cast<std::int64_t>(request.number));
  write_instant(out, "at", request.at);
  out.member("tenant", request.tenant);
  out.member("method", request.method);
  out.member("path", request.path);
  write_headers(out, request.headers);
  write_content(out, "body", request.body);
  out.member("body_bytes", static_cast<std::int64_t>(request.body_bytes));
  out.member("status", std::int64_t{request.status});
  write_content(out, "answer", request.answer);
  out.member("answer_bytes", static_cast<std::int64_t>(request.answer_bytes));
  out.member("refusal", request.refusal);
  out.member("rule", request.rule);
  write_texts(out, "why_not", request.why_not);
  out.member("unmatched", request.unmatched);
  out.end_object();
}

void write(JsonWriter& out, const RunReport& run) {
  out.begin_object();
  out.member("id", run.id);
  out.member("tenant", run.tenant);
  out.member("thread_id", run.thread_id);
  out.member("status", run.status);
  write_instant(out, "created_at", run.created_at);
  out.member("rule", run.rule);
  write_texts(out, "why_not", run.why_not);
  write_instant(out, "due", run.due);
  out.member("due_action", run.due_action);
  if (!run.events.empty()) {
    out.key("events");
    out.begin_array();
    for (const RunReport::Event& event : run.events) {
      out.begin_object();
      write_instant(out, "at", event.at);
      out.member("event", event.name);
      write_content(out, "data", event.data);
      out.end_object();
    }
    out.end_array();
  }
  out.end_object();
}

void write(JsonWriter& out, const FaultReport& report) {
  const Fault& fault = report.fault;
  out.begin_object();
  out.member("on", fault.on);
  write_times(out, fault);
  if (!fault.error.empty()) out.member("error", fault.error);
  if (fault.status) {
    out.member("status", std::int64_t{*fault.status});
    write_headers(out, fault.headers);
    write_content(out, "body", fault.body);
  }
  if (fault.cut != Fault::Cut::none)
    out.member("cut", fault.cut == Fault::Cut::before ? "before" : "after");
  out.member("asked", std::int64_t{report.asked});
  out.member("fired", std::int64_t{report.fired});
  out.end_object();
}

}  // namespace assistants_mock::mock_server::control
