#include "mock_server/api/wire_parts.h"

namespace assistants_mock::mock_server::api {
namespace {

struct ContentWriter {
  JsonWriter& out;
  const View& view;

  void image(std::string_view type, std::string_view source_key, std::string_view source,
             std::string_view detail) const {
    out.member("type", type);
    out.key(type);
    out.begin_object();
    out.member(source_key, source);
    if (!detail.empty()) out.member("detail", detail);
    out.end_object();
  }
  void operator()(const store::TextContent& part) const {
    out.member("type", "text");
    out.key("text");
    out.begin_object();
    out.member("value", part.value);
    out.key("annotations");
    out.begin_array();
    for (const store::Annotation& annotation : part.annotations) {
      out.begin_object();
      write_annotation(out, annotation, view.version == ApiVersion::first);
      out.end_object();
    }
    out.end_array();
    out.end_object();
  }
  void operator()(const store::RefusalContent& part) const {
    out.member("type", "refusal");
    out.member("refusal", part.refusal);
  }
  void operator()(const store::ImageUrlContent& part) const {
    image("image_url", "url", part.url, part.detail);
  }
  void operator()(const store::ImageFileContent& part) const {
    image("image_file", "file_id", part.file_id, shown_detail(part.detail, view));
  }
};

// The attributes of a result are in no schema, the service sent them (observed).
void write_result(JsonWriter& out, const scenarios::FoundChunk& result, const View& view) {
  out.begin_object();
  out.member("file_id", result.file_id);
  out.member("file_name", result.filename);  // unlike "filename" in a store's own search
  out.member("score", result.score);
  if (view.profile == WireProfile::recorded) out.member("attributes", result.attributes);
  if (view.with_content) {
    out.key("content");
    out.begin_array();
    out.begin_object();
    out.member("type", "text");
    out.member("text", result.text);
    out.end_object();
    out.end_array();
  }
  out.end_object();
}

struct CallWriter {
  JsonWriter& out;
  const View& view;

  void retrieval() const {
    out.member("type", "retrieval");
    out.key("retrieval");
    out.begin_object();
    out.end_object();
  }
  void operator()(const store::FunctionCall& call) const {
    out.member("id", call.id);
    out.member("type", "function");
    out.key("function");
    out.begin_object();
    write_function(out, call.function, call.arguments);
    out.member("output", call.output);
    out.end_object();
  }
  void operator()(const store::CodeCall& call) const {
    out.member("id", call.id);
    out.member("type", "code_interpreter");
    out.key("code_interpreter");
    out.begin_object();
    out.member("input", call.input);
    out.key("outputs");
    out.begin_array();
    for (const store::CodeOutput& output : call.outputs) {
      out.begin_object();
      write_code_output(out, output);
      out.end_object();
    }
    out.end_array();
    out.end_object();
  }
  void operator()(const store::SearchCall& call) const {
    out.member("id", call.id);
    if (view.version == ApiVersion::first) return retrieval();
    out.member("type", "file_search");
    out.key("file_search");
    out.begin_object();
    write_ranking(out, call.ranker, call.score_threshold);
    out.key("results");
    out.begin_array();
    for (const scenarios::FoundChunk& result : call.results) write_result(out, result, view);
    out.end_array();
    out.end_object();
  }
};

}  // namespace

std::string_view shown_detail(std::string_view detail, const View& view) {
  return view.version == ApiVersion::first ? std::string_view{} : detail;
}

void write_content(JsonWriter& out, const std::vector<store::Content>& content, const View& view) {
  out.key("content");
  out.begin_array();
  for (const store::Content& part : content) {
    out.begin_object();
    std::visit(ContentWriter{out, view}, part);
    out.end_object();
  }
  out.end_array();
}

void write_calls(JsonWriter& out, const std::vector<store::StepCall>& calls, const View& view) {
  out.key("tool_calls");
  out.begin_array();
  for (const store::StepCall& call : calls) {
    out.begin_object();
    std::visit(CallWriter{out, view}, call);
    out.end_object();
  }
  out.end_array();
}

void write_date(JsonWriter& out, std::string_view key,
                const std::optional<state_machine::Instant>& at) {
  if (at)
    out.member(key, std::int64_t{state_machine::unix_seconds(*at)});
  else
    out.null_member(key);
}

void write_function(JsonWriter& out, std::string_view name, std::string_view arguments) {
  out.member("name", name);
  out.member("arguments", arguments);
}

void write_annotation(JsonWriter& out, const store::Annotation& annotation, bool with_quote) {
  const bool cites = annotation.kind == scenarios::MarkKind::file_citation;
  const std::string_view type = cites ? "file_citation" : "file_path";
  out.member("type", type);
  out.member("text", annotation.text);
  out.member("start_index", static_cast<std::int64_t>(annotation.begin));
  out.member("end_index", static_cast<std::int64_t>(annotation.end));
  out.key(type);
  out.begin_object();
  out.member("file_id", annotation.file_id);
  if (cites && with_quote) out.member("quote", "");
  out.end_object();
}

void write_code_output(JsonWriter& out, const store::CodeOutput& output) {
  if (const auto* logs = std::get_if<store::Logs>(&output)) {
    out.member("type", "logs");
    out.member("logs", logs->text);
  } else {
    out.member("type", "image");
    out.key("image");
    out.begin_object();
    out.member("file_id", std::get<store::Image>(output).file_id);
    out.end_object();
  }
}

void write_ranking(JsonWriter& out, std::string_view ranker, double score_threshold) {
  out.key("ranking_options");
  out.begin_object();
  out.member("ranker", ranker);
  out.member("score_threshold", score_threshold);
  out.end_object();
}

}  // namespace assistants_mock::mock_server::api
