#include "mock_server/control/control_json.h"

#include <map>

#include "mock_server/api/api_error.h"
#include "mock_server/api/body_parser.h"
#include "scenarios/duration_text.h"

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

void write_times(JsonWriter& out, const scenarios::Times& times) {
  out.key("times");
  out.begin_array();
  for (const int time : times.listed) out.integer(time);
  if (times.from_then_on) out.text(std::to_string(*times.from_then_on) + '+');
  out.end_array();
}

void write_text(JsonWriter& out, std::string_view key, const std::string& text) {
  if (!text.empty()) out.member(key, text);
}

void write_stream(JsonWriter& out, const StreamFault& stream) {
  out.key("stream");
  out.begin_object();
  if (stream.outcome != StreamFault::Outcome::none) {
    out.member("then", name(stream.outcome));
    out.member("after", stream.after);
    out.member("nth", std::int64_t{stream.nth});
    write_text(out, "as", stream.as);
  }
  if (stream.pieces != 0) out.member("pieces", std::int64_t{stream.pieces});
  if (stream.pause != state_machine::Duration{})
    out.member("pause", scenarios::duration_text(stream.pause));
  out.end_object();
}

// What takes the place of the answer.
void write_replacement(JsonWriter& out, const Fault& fault) {
  write_text(out, "error", fault.error);
  if (fault.status) {
    out.member("status", std::int64_t{*fault.status});
    write_content(out, "body", fault.body);
  }
  if (fault.connection != Fault::Connection::kept) out.member("connection", name(fault.connection));
  if (fault.after_work) out.member("after_work", true);
}

// What is done to the answer.
void write_damage(JsonWriter& out, const Fault& fault) {
  if (!fault.headers.empty()) write_headers(out, fault.headers);
  if (fault.keep_bytes) out.member("keep_bytes", static_cast<std::int64_t>(*fault.keep_bytes));
  if (fault.delay != state_machine::Duration{})
    out.member("delay", scenarios::duration_text(fault.delay));
  if (fault.stream) write_stream(out, *fault.stream);
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
  out.member("granted", request.granted);
  out.member("fault", request.fault);
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
  write_times(out, fault.times);
  write_text(out, "per", fault.per);
  write_text(out, "while", fault.run_status);
  write_replacement(out, fault);
  write_damage(out, fault);
  out.member("asked", std::int64_t{report.asked});
  out.member("fired", std::int64_t{report.fired});
  out.member("of_scenario", report.of_scenario);
  write_text(out, "tenant", report.tenant);
  out.end_object();
}

}  // namespace assistants_mock::mock_server::control
