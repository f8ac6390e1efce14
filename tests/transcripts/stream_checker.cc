#include "tests/transcripts/stream_checker.h"

#include <algorithm>
#include <array>

#include "tests/transcripts/delta_sum.h"

namespace assistants_mock::tests {
namespace {

using std::string_view;

constexpr string_view run_events = "thread.run.";
constexpr string_view step_events = "thread.run.step.";
constexpr string_view message_events = "thread.message.";

// Which run event may follow which (section 3; docs/wire/run-lifecycle.md, T1 to T15).
struct Successors {
  string_view event;
  std::vector<string_view> next;
};
const std::vector<Successors>& run_order() {
  static const std::vector<Successors> order{
      {"", {"created", "queued"}},
      {"created", {"queued"}},
      {"queued", {"in_progress", "cancelling", "expired"}},
      {"in_progress",
       {"requires_action", "completed", "failed", "incomplete", "cancelling", "expired"}},
      {"cancelling", {"cancelled", "completed", "failed", "incomplete", "expired"}},
  };
  return order;
}

constexpr std::array<string_view, 6> final_statuses{"completed", "failed",  "incomplete",
                                                    "cancelled", "expired", "requires_action"};

bool is_final(string_view status) {
  return std::ranges::find(final_statuses, status) != final_statuses.end();
}

// Runs and messages of the API's first version are told by this field (docs/wire/first-version.md).
bool is_of_first_version(const Json& object) {
  return object.contains("file_ids");
}

bool is_null(const Json& object, const char* key) {
  return object.contains(key) && object.at(key).is_null();
}

}  // namespace

void StreamChecker::demand(int number, bool kept, const std::string& otherwise) {
  if (!kept) broken_.push_back("demand " + std::to_string(number) + ": " + otherwise);
}

void StreamChecker::require(bool kept, const std::string& otherwise) {
  if (!kept) broken_.push_back("order: " + otherwise);
}

void StreamChecker::see(const StreamEvent& event) {
  require(!done_, event.name + " comes after done");
  if (event.name == "done") return see_done(event);
  require(!run_ended_ && !failed_, event.name + " comes after the end of the run's part");
  const auto data = object_of(event);
  if (!data) return;
  const string_view name = event.name;
  if (name == "error")
    see_error(*data);
  else if (name == "thread.created")
    see_thread(*data);
  else if (name.starts_with(step_events))
    see_step(std::string(name.substr(step_events.size())), *data);
  else if (name.starts_with(run_events))
    see_run(std::string(name.substr(run_events.size())), *data);
  else if (name.starts_with(message_events))
    see_message(std::string(name.substr(message_events.size())), *data);
  else
    demand(23, false, "no client knows an event " + event.name);
  previous_ = event.name;
}

void StreamChecker::end() {
  require(done_, "the stream ends without done");
}

std::optional<Json> StreamChecker::object_of(const StreamEvent& event) {
  Json data = Json::parse(event.data, nullptr, false);
  require(data.is_object(), event.name + " carries no JSON object: " + event.data);
  if (!data.is_object()) return std::nullopt;
  require(data.dump() == event.data, event.name + " carries JSON with spaces: " + event.data);
  return data;
}

void StreamChecker::see_done(const StreamEvent& event) {
  require(event.data == "[DONE]", "done carries " + event.data);
  demand(1, run_ended_ || failed_, "done comes before an event that ends the run");
  done_ = true;
}

// Wrapped, the one form that every client reports (section 6).
void StreamChecker::see_error(const Json& data) {
  const Json error = data.value("error", Json());
  demand(24, error.is_object() && !text_at(error, "message").empty(),
         "an error event without error.message: " + data.dump());
  failed_ = true;
}

void StreamChecker::see_thread(const Json& thread) {
  require(request_ == StreamOf::created_thread_and_run && previous_.empty(),
          "thread.created comes first, and only where the request creates the thread");
  demand(5, !text_at(thread, "id").empty(), "a thread without an id");
}

// Runs

void StreamChecker::see_run(const std::string& what, const Json& run) {
  check_order(what, run);
  check_fields(run);
  if (!is_final(what)) return;
  check_nothing_open(what, run);
  run_ended_ = true;
}

void StreamChecker::check_order(const std::string& what, const Json& run) {
  const auto from = std::ranges::find(run_order(), string_view(run_status_), &Successors::event);
  const bool follows =
      from != run_order().end() && std::ranges::find(from->next, what) != from->next.end();
  require(follows, "run event " + what + " follows '" + run_status_ + "'");
  if (run_status_.empty()) {
    const bool resumed = request_ == StreamOf::submitted_outputs;
    require(what == (resumed ? "queued" : "created"), "the first run event is " + what);
    require(!resumed || resumed_step_closed_, "the answered step ends before the run is queued");
    require((previous_ == "thread.created") == (request_ == StreamOf::created_thread_and_run),
            "thread.created stands before the run exactly where the request creates the thread");
  }
  const std::string status = what == "created" ? "queued" : what;
  require(text_at(run, "status") == status,
          "run event " + what + " carries a run that is " + text_at(run, "status"));
  run_status_ = what;
}

// Section "Fields per status" of docs/wire/run-lifecycle.md.
void StreamChecker::check_fields(const Json& run) {
  const std::string status = text_at(run, "status");
  const bool at_rest = is_final(status) && status != "requires_action";
  const auto set_exactly = [&](const char* field, bool wanted) {
    require(
        run.contains(field) && is_null(run, field) != wanted,
        std::string(field) + (wanted ? " is missing" : " is set") + " in a run that is " + status);
  };
  set_exactly("expires_at", !at_rest);
  set_exactly("completed_at",
              status == "completed" || status == "incomplete" || status == "expired");
  set_exactly("failed_at", status == "failed");
  set_exactly("cancelled_at", status == "cancelled");
  set_exactly("required_action", status == "requires_action");
  set_exactly("last_error", status == "failed");
  if (status != "completed" || !is_of_first_version(run))  // which has no other word for it
    set_exactly("incomplete_details", status == "incomplete");
  set_exactly("usage", at_rest);
  if (status == "in_progress" || status == "requires_action") set_exactly("started_at", true);
}

// Rows A to L: what is open ends before its run; only a run that waits for outputs keeps its step.
void StreamChecker::check_nothing_open(const std::string& what, const Json& run) {
  require(!message_, "the run ends while a message is open");
  if (what != "requires_action") return require(!step_, "the run ends while a step is open");
  require(step_ && step_->type == "tool_calls", "a run requires action without an open tool step");
  if (!step_) return;
  Json streamed = Json::array();
  for (const Streamed& call : step_->calls) {
    if (call.type != "function") continue;  // hosted tools need nothing from the client
    streamed.push_back(call.whole);
    streamed.back().at("function").erase("output");
  }
  require(!streamed.empty(), "a run requires action for no function");
  check_whole("required_action", streamed,
              list_at(run, "/required_action/submit_tool_outputs/tool_calls"));
}

// Steps

void StreamChecker::see_step(const std::string& what, const Json& step) {
  require(run_status_ == "in_progress" || run_status_ == "cancelling" ||
              (run_status_.empty() && request_ == StreamOf::submitted_outputs),
          "a step moves while its run is '" + run_status_ + "'");
  if (what == "created") return open_step(step);
  if (what == "delta") return extend_step(step);
  if (what != "in_progress") return close_step(what, step);
  demand(9, previous_ == "thread.run.step.created",
         "step.in_progress comes after " + previous_ + ", not right after step.created");
  demand(6, step_ && text_at(step, "id") == step_->id, "step.in_progress of an unknown step");
}

void StreamChecker::open_step(const Json& step) {
  const std::string id = text_at(step, "id");
  demand(7, !step_, id + " is created while " + (step_ ? step_->id : "") + " is open");
  demand(8, seen_ids_.insert(id).second, id + " is created again");
  step_ = Step{.id = id, .type = text_at(step, "type")};
  const Json details = step.value("step_details", Json::object());
  demand(10, text_at(details, "type") == step_->type, id + " has details of another type");
  require(text_at(step, "status") == "in_progress" && is_null(step, "usage"),
          id + " is created with a status or usage of later");
  if (step_->type == "tool_calls")
    demand(10, details.value("tool_calls", Json()) == Json::array(), id + " is created with calls");
  else
    step_->message_id = text_at(details.value("message_creation", Json::object()), "message_id");
}

void StreamChecker::extend_step(const Json& delta) {
  const bool known = step_ && text_at(delta, "id") == step_->id;
  demand(6, known, "a delta of " + text_at(delta, "id") + ", which was not created here");
  demand(9, previous_ != "thread.run.step.created", "a delta before step.in_progress");
  const Json inner = delta.value("delta", Json::object());
  demand(11, !inner.contains("id"), "the delta of a step delta has an id");
  if (!known) return;
  const Json details = inner.value("step_details", Json::object());
  demand(10, text_at(details, "type") == step_->type, "a delta of another type than its step");
  for (const Json& item : list_at(details, "/tool_calls")) extend_call(item);
}

void StreamChecker::extend_call(const Json& item) {
  const std::size_t before = step_->calls.size();
  Streamed* call = entry_for(item, step_->calls);
  if (call == nullptr) return;
  const std::string id = text_at(item, "id");
  demand(10, text_at(item, "type") == call->type,
         "a delta of type " + text_at(item, "type") + " for a call of type " + call->type);
  const bool opens = step_->calls.size() > before;
  demand(12, opens != id.empty(), opens ? "a call opens without id" : "a call is named again");
  if (opens && !id.empty()) demand(12, seen_ids_.insert(id).second, id + " names a second call");
  if (call->type == "function")
    check_function(item.value("function", Json::object()), opens);
  else if (call->type == "code_interpreter")
    check_code(item.value("code_interpreter", Json()), opens);
  else
    require((call->type == "file_search" || call->type == "retrieval") && opens &&
                item.value(call->type, Json()).is_object(),
            "a file search comes in one delta, as an object: " + item.dump());
  demand(13, merge(call->whole, item), "a number or index comes out of turn: " + item.dump());
}

void StreamChecker::check_function(const Json& function, bool opens) {
  demand(12, opens != text_at(function, "name").empty(),
         opens ? "a call opens without name" : "a call is named again");
  demand(22, is_null(function, "output") == opens && function.contains("output") == opens,
         "a call's output is null when it opens, and left out later");
}

// Opens empty; then input, then outputs, one by one (row G).
void StreamChecker::check_code(const Json& code, bool opens) {
  if (opens)
    return require(text_at(code, "input").empty() && code.value("outputs", Json()) == Json::array(),
                   "code opens with " + code.dump());
  require(code.is_object() && code.size() == 1, "a delta of code has input or one output");
  require(code.contains("input") || list_at(code, "/outputs").size() == 1,
          "a delta of code without input or output: " + code.dump());
}

// A step that this stream did not open may come once, at the start of a resumed stream.
void StreamChecker::close_step(const std::string& what, const Json& step) {
  const std::string id = text_at(step, "id");
  const bool resumed = !step_ && request_ == StreamOf::submitted_outputs && previous_.empty();
  demand(8, resumed || (step_ && step_->id == id), id + " ends without being open");
  require(text_at(step, "status") == what,
          "step." + what + " carries a step that is " + text_at(step, "status"));
  require(step.contains("usage") && !is_null(step, "usage"), id + " ends without usage");
  require(!message_, id + " ends before its message");
  if (step_ && step_->id == id) {
    Json streamed = Json::array();
    for (const Streamed& call : step_->calls) streamed.push_back(as_told_by_deltas(call.whole));
    Json whole = Json::array();
    for (const Json& call : list_at(step, "/step_details/tool_calls"))
      whole.push_back(as_told_by_deltas(call));
    check_whole(id, streamed, whole);
  }
  seen_ids_.insert(id);
  resumed_step_closed_ = resumed_step_closed_ || resumed;
  step_.reset();
}

// Messages

void StreamChecker::see_message(const std::string& what, const Json& message) {
  demand(5, !text_at(message, "id").empty(), "a message event without an id");
  if (what == "created") return open_message(message);
  const std::string id = text_at(message, "id");
  const bool known = message_ && message_->id == id;
  demand(message_ ? 5 : 2, known, "message." + what + " of " + id + ", which is not open");
  if (!known) return;
  if (what == "delta") return extend_message(message);
  if (what != "in_progress") return close_message(what, message);
  require(previous_ == "thread.message.created", "message.in_progress comes late");
  demand(3, message.value("content", Json()) == Json::array(), id + " is in progress with content");
}

void StreamChecker::open_message(const Json& message) {
  const std::string id = text_at(message, "id");
  demand(4, !message_, id + " is created while another message is open");
  demand(5, seen_ids_.insert(id).second, id + " is created again");
  demand(3, message.value("content", Json()) == Json::array(), id + " is created with content");
  require(text_at(message, "status") == "in_progress", id + " is not created in_progress");
  require(step_ && step_->message_id == id, id + " is not the message of the open step");
  message_ = Message{.id = id};
}

void StreamChecker::extend_message(const Json& delta) {
  for (const Json& item : list_at(delta, "/delta/content")) extend_part(item);
}

void StreamChecker::extend_part(const Json& item) {
  const std::size_t before = message_->parts.size();
  Streamed* part = entry_for(item, message_->parts);
  if (part == nullptr) return;
  const std::string type = text_at(item, "type");
  demand(17, part->type == type, "a delta of type " + type + " for a part of type " + part->type);
  if (part->type != type) return;
  const bool first = message_->parts.size() > before;
  if (type == "text")
    check_annotations(part->whole, item.value("text", Json::object()), first);
  else
    demand(12, first || type == "refusal", "a part of type " + type + " comes in two pieces");
  demand(13, merge(part->whole, item), "a number or index comes out of turn: " + item.dump());
  last_part_ = message_->parts.size() - 1;
}

// The first delta of a text has the list, if only an empty one; a later one has it for the
// annotation of its whole piece. Offsets count characters from the beginning of the part.
void StreamChecker::check_annotations(const Json& so_far, const Json& text, bool first) {
  const Json added = list_at(text, "/annotations");
  require(text.contains("annotations") == (first || !added.empty()),
          "annotations stand in the first delta of a text, and where there are some");
  require(added.size() <= 1, "a piece has several annotations: " + text.dump());
  for (const Json& annotation : added) {
    const std::string piece = text_at(text, "value");
    const std::size_t begin = characters(text_at(so_far.value("text", Json::object()), "value"));
    require(text_at(annotation, "text") == piece &&
                annotation.value("start_index", Json()) == begin &&
                annotation.value("end_index", Json()) == begin + characters(piece),
            "an annotation of something else than its piece: " + text.dump());
    const Json file = annotation.value(text_at(annotation, "type"), Json::object());
    require(!text_at(file, "file_id").empty(), "an annotation without a file: " + text.dump());
  }
}

void StreamChecker::close_message(const std::string& what, const Json& message) {
  const std::string& id = message_->id;
  require(text_at(message, "status") == what,
          "message." + what + " carries one that is " + text_at(message, "status"));
  require(is_null(message, "incomplete_details") == (what == "completed"),
          id + " does not tell whether it is whole");
  Json streamed = Json::array();
  for (const Streamed& part : message_->parts)
    streamed.push_back(is_of_first_version(message) ? part.whole : as_told_in_whole(part.whole));
  const Json whole = list_at(message, "/content");
  demand(21, !last_part_ || *last_part_ < whole.size(),
         id + " ends without the content index that was streamed last");
  check_whole(id, streamed, whole);
  message_.reset();
}

// Lists in deltas

StreamChecker::Streamed* StreamChecker::entry_for(const Json& item, std::vector<Streamed>& known) {
  const bool has_index = item.contains("index") && item.at("index").is_number_integer();
  demand(14, has_index, "an item without an index: " + item.dump());
  if (!has_index) return nullptr;
  const auto index = item.at("index").get<std::int64_t>();
  const auto count = static_cast<std::int64_t>(known.size());
  demand(16, index <= 65'536 && index <= count + 1024, "index " + std::to_string(index));
  demand(15, index >= 0 && index <= count,
         "index " + std::to_string(index) + " is introduced after " + std::to_string(count - 1));
  demand(18, index >= count - 1,
         "index " + std::to_string(index) + " goes on after " + std::to_string(count - 1));
  if (index < 0 || index > count) return nullptr;
  if (index == count) known.push_back({.type = text_at(item, "type"), .whole = Json::object()});
  return &known[static_cast<std::size_t>(index)];
}

// What the deltas said is what the object says: nothing that was not streamed (19), nothing left
// out of what was (20).
void StreamChecker::check_whole(const std::string& of, const Json& streamed, const Json& whole) {
  if (nlohmann::json(streamed) == nlohmann::json(whole)) return;  // in whatever order of keys
  const bool less = whole.dump().size() < streamed.dump().size();
  demand(less ? 20 : 19, false,
         of + ": deltas said " + streamed.dump() + ", the object says " + whole.dump());
}

}  // namespace assistants_mock::tests
