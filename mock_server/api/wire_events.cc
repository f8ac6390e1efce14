// The data of stream events (docs/wire/streaming.md, "Deltas"): whole objects as wire_json.cc
// shows them, and deltas, which are shown here.
#include "mock_server/api/wire_events.h"

#include "mock_server/api/wire_json.h"
#include "mock_server/api/wire_parts.h"

namespace assistants_mock::mock_server::api {
namespace {

// {"id", "object", "delta": { … }}; `details` fills the innermost object.
template <class Details>
void write_delta(JsonWriter& out, std::string_view id, std::string_view object, Details details) {
  out.begin_object();
  out.member("id", id);
  out.member("object", object);
  out.key("delta");
  out.begin_object();
  details();
  out.end_object();
  out.end_object();
}

// In the first delta of a part, and in those that are annotated; others have no such key.
void write_delta_annotations(JsonWriter& out, const engine::MessageDelta& delta) {
  if (!delta.first_of_part && !delta.annotation) return;
  out.key("annotations");
  out.begin_array();
  if (delta.annotation) {
    out.begin_object();
    out.member("index", static_cast<std::int64_t>(delta.annotation_index));
    write_annotation(out, *delta.annotation, true);
    out.end_object();
  }
  out.end_array();
}

void write_delta_part(JsonWriter& out, const engine::MessageDelta& delta, const View& view) {
  out.member("index", static_cast<std::int64_t>(delta.part));
  switch (delta.kind) {
    case scenarios::PartKind::text:
      out.member("type", "text");
      out.key("text");
      out.begin_object();
      out.member("value", delta.piece);
      write_delta_annotations(out, delta);
      return out.end_object();
    case scenarios::PartKind::refusal:
      out.member("type", "refusal");
      return out.member("refusal", delta.piece);
    case scenarios::PartKind::image_url:
      out.member("type", "image_url");
      out.key("image_url");
      out.begin_object();
      out.member("url", delta.piece);
      out.member("detail", delta.detail);
      return out.end_object();
    case scenarios::PartKind::image_file:
      out.member("type", "image_file");
      out.key("image_file");
      out.begin_object();
      out.member("file_id", delta.piece);
      if (const auto detail = shown_detail(delta.detail, view); !detail.empty())
        out.member("detail", detail);
      return out.end_object();
  }
}

// What the deltas of calls have in common. An id comes once only: clients join repeated texts
// (demand 12).
void begin_delta_call(JsonWriter& out, std::size_t call, std::string_view id,
                      std::string_view type) {
  out.member("index", static_cast<std::int64_t>(call));
  if (!id.empty()) out.member("id", id);
  out.member("type", type);
  out.key(type);
  out.begin_object();
}

struct CallDeltaWriter {
  JsonWriter& out;
  const View& view;

  void operator()(const engine::CallDelta& delta) const {
    const bool opens = !delta.id.empty();
    begin_delta_call(out, delta.call, delta.id, "function");
    if (opens) out.member("name", delta.function);
    out.member("arguments", delta.arguments_piece);
    if (opens) out.null_member("output");
    out.end_object();
  }
  void operator()(const engine::CodeDelta& delta) const {
    begin_delta_call(out, delta.call, delta.id, "code_interpreter");
    out.member("input", delta.input_piece);
    if (!delta.id.empty()) {
      out.key("outputs");
      out.begin_array();
      out.end_array();
    }
    out.end_object();
  }
  void operator()(const engine::CodeOutputDelta& delta) const {
    begin_delta_call(out, delta.call, "", "code_interpreter");
    out.key("outputs");
    out.begin_array();
    out.begin_object();
    out.member("index", static_cast<std::int64_t>(delta.output));
    write_code_output(out, delta.what);
    out.end_object();
    out.end_array();
    out.end_object();
  }
  // The schema has an empty object here, the service sent the ranking and no results (observed).
  void operator()(const engine::SearchDelta& delta) const {
    const bool first = view.version == ApiVersion::first;
    begin_delta_call(out, delta.call, delta.id, first ? "retrieval" : "file_search");
    if (view.profile == WireProfile::recorded && !first) {
      write_ranking(out, delta.ranker, delta.score_threshold);
      out.key("results");
      out.begin_array();
      out.end_array();
    }
    out.end_object();
  }
};

template <class Delta>
concept OfCall = requires(const CallDeltaWriter& writer, const Delta& delta) {
  writer(delta);
};

struct EventWriter {
  JsonWriter& out;
  View view;

  template <class Resource>
  void operator()(const std::shared_ptr<const Resource>& resource) const {
    write(out, *resource, view);
  }
  void operator()(const engine::MessageDelta& delta) const {
    write_delta(out, delta.message->id, "thread.message.delta", [&] {
      out.key("content");
      out.begin_array();
      out.begin_object();
      write_delta_part(out, delta, view);
      out.end_object();
      out.end_array();
    });
  }
  template <OfCall Delta>
  void operator()(const Delta& delta) const {
    write_delta(out, delta.step->id, "thread.run.step.delta", [&] {
      out.key("step_details");
      out.begin_object();
      out.member("type", "tool_calls");
      out.key("tool_calls");
      out.begin_array();
      out.begin_object();
      CallDeltaWriter{out, view}(delta);
      out.end_object();
      out.end_array();
      out.end_object();
    });
  }
  // Wrapped in "error": the one form that every SDK studied reports (docs/wire/streaming.md, M).
  void operator()(const engine::StreamError& error) const {
    out.begin_object();
    out.key("error");
    out.begin_object();
    out.member("message", error.message);
    out.member("type", "server_error");
    out.null_member("param");
    out.null_member("code");
    out.end_object();
    out.end_object();
  }
};

// Whether all that tells `delta` from the one before is its piece.
bool continues(const engine::MessageDelta& delta) {
  return !delta.first_of_part && !delta.annotation &&
         (delta.kind == scenarios::PartKind::text || delta.kind == scenarios::PartKind::refusal);
}
bool continues(const engine::CallDelta& delta) {
  return delta.id.empty();
}
bool continues(const engine::CodeDelta& delta) {
  return delta.id.empty();
}

}  // namespace

void EventDataWriter::append(std::string& out, const engine::LoggedEvent& event) {
  if (const auto* delta = std::get_if<engine::MessageDelta>(&event.data);
      delta && continues(*delta))
    return append_piece(out, *delta, delta->message.get(), delta->part,
                        &engine::MessageDelta::piece);
  if (const auto* delta = std::get_if<engine::CallDelta>(&event.data); delta && continues(*delta))
    return append_piece(out, *delta, delta->step.get(), delta->call,
                        &engine::CallDelta::arguments_piece);
  if (const auto* delta = std::get_if<engine::CodeDelta>(&event.data); delta && continues(*delta))
    return append_piece(out, *delta, delta->step.get(), delta->call,
                        &engine::CodeDelta::input_piece);
  JsonWriter writer(out, Layout::compact);
  std::visit(EventWriter{writer, view_}, event.data);
}

template <class Delta>
void EventDataWriter::append_piece(std::string& out, const Delta& delta, const void* owner,
                                   std::size_t index, std::string Delta::*piece) {
  if (frame_.owner != owner || frame_.index != index) {
    Delta empty = delta;
    (empty.*piece).clear();
    std::string data;
    JsonWriter writer(data, Layout::compact);
    EventWriter{writer, view_}(empty);
    constexpr std::string_view no_text = R"("")";
    const std::size_t place = data.rfind(no_text);  // the piece is the last text of its delta
    frame_ = {owner, index, data.substr(0, place), data.substr(place + no_text.size())};
  }
  out += frame_.before;
  append_quoted(out, delta.*piece);
  out += frame_.after;
}

std::string event_data(const engine::LoggedEvent& event, WireProfile profile) {
  std::string data;
  EventDataWriter(View{.profile = profile}).append(data, event);
  return data;
}

}  // namespace assistants_mock::mock_server::api
