// Writes scenarios line by line. What has its default is left out.
#include "scenarios/scenario_writer.h"

#include "scenarios/base64_text.h"
#include "scenarios/duration_text.h"
#include "scenarios/hosted_tools.h"
#include "scenarios/utf8.h"
#include "scenarios/yaml_lines.h"
#include "scenarios/yaml_text.h"

namespace assistants_mock::scenarios {

namespace {

std::string usage_text(const Usage& usage) {
  return "{prompt_tokens: " + std::to_string(usage.prompt_tokens) +
         ", completion_tokens: " + std::to_string(usage.completion_tokens) + "}";
}

std::string pieces_text(const Pieces& pieces) {
  if (pieces.unit == Pieces::Unit::characters) return std::to_string(pieces.characters);
  return pieces.unit == Pieces::Unit::whole ? "whole" : "words";
}

std::string arguments_text(const FunctionCall& call) {
  if (const auto* text = std::get_if<std::string>(&call.arguments)) return yaml_text(*text);
  return yaml_flow(std::get<Json>(call.arguments));
}

// The name of a tool of which there is no more to say; else nothing.
std::string bare_name(const CalledTool& tool) {
  if (tool == CalledTool(FileSearch{})) return std::string(file_search_name);
  const auto* call = std::get_if<FunctionCall>(&tool);
  const auto* json = call == nullptr ? nullptr : std::get_if<Json>(&call->arguments);
  return json != nullptr && json->is_object() && json->empty() ? call->name : "";
}

class ScenarioWriter {
 public:
  std::string write(const Scenario& scenario) {
    lines_.value("scenario", yaml_word(scenario.name));
    if (!scenario.teaches.empty()) lines_.value("teaches", yaml_text(scenario.teaches));
    if (!scenario.reveals.empty()) lines_.value("reveals", yaml_text(scenario.reveals));
    if (!scenario.source.empty()) lines_.value("source", yaml_text(scenario.source));
    if (scenario.ids == IdLetters::unusual) lines_.value("ids", "unusual");
    if (!scenario.models.empty()) lines_.value("models", yaml_flow(Json(scenario.models)));
    if (!scenario.assistants.empty())
      lines_.block("assistants", [&] {
        for (const SeededAssistant& assistant : scenario.assistants) write(assistant);
      });
    write_list("files", scenario.files);
    write_list("vector_stores", scenario.vector_stores);
    if (scenario.indexing != Indexing{})
      lines_.block("indexing", [&] { write(scenario.indexing); });
    if (scenario.messages_lag != Duration{})
      lines_.value("messages_lag", duration_text(scenario.messages_lag));
    write_list("rate_limits", scenario.rate_limits);
    write_list("faults", scenario.faults);
    lines_.block("runs", [&] {
      for (const Rule& rule : scenario.rules) lines_.item([&] { write(rule); });
    });
    return lines_.take();
  }

 private:
  void write(const SeededAssistant& assistant) {
    lines_.item([&] {
      lines_.value("id", yaml_word(assistant.id));
      for (const auto& [key, value] : assistant.body.items()) lines_.value(key, yaml_flow(value));
    });
  }

  template <class Item>
  void write_list(std::string_view key, const std::vector<Item>& list) {
    if (list.empty()) return;
    lines_.block(key, [&] {
      for (const Item& one : list) lines_.item([&] { write(one); });
    });
  }

  void write(const SeededFile& file) {
    lines_.value("id", yaml_word(file.id));
    lines_.value("filename", yaml_text(file.filename));
    if (file.purpose != SeededFile{}.purpose) lines_.value("purpose", file.purpose);
    write_bytes(file.content);
  }

  // As text wherever it is one.
  void write_bytes(const std::string& bytes) {
    if (valid_utf8(bytes) == bytes)
      lines_.value("content", yaml_text(bytes));
    else
      lines_.value("base64", yaml_text(base64_text(bytes)));
  }

  void write(const SeededVectorStore& store) {
    lines_.value("id", yaml_word(store.id));
    if (store.name) lines_.value("name", yaml_text(*store.name));
    if (!store.file_ids.empty()) lines_.value("file_ids", yaml_flow(Json(store.file_ids)));
    if (store.expires_after_days)
      lines_.value("expires_after_days", std::to_string(*store.expires_after_days));
    if (store.idle_days != 0) lines_.value("idle_days", std::to_string(store.idle_days));
  }

  void write(const Indexing& indexing) {
    write_list("files", indexing.files);
    if (indexing.counters_lag != Duration{})
      lines_.value("counters_lag", duration_text(indexing.counters_lag));
    if (indexing.found_after != Duration{})
      lines_.value("found_after", duration_text(indexing.found_after));
    if (indexing.polled_batch_shows_store) lines_.value("polled_batch_id", "store");
  }

  void write(const IndexingRule& rule) {
    if (rule.filename) lines_.value("filename", yaml_text(*rule.filename));
    if (!rule.takes || rule.takes != IndexingRule{}.takes || rule == IndexingRule{})
      lines_.value("takes", rule.takes ? duration_text(*rule.takes) : "forever");
    if (rule.fail) write_failure(rule.fail->code, rule.fail->message, usual_file_message);
  }

  void write(const RateLimit& limit) {
    lines_.value("on",
                 limit.on.size() == 1 ? yaml_word(limit.on.front()) : yaml_flow(Json(limit.on)));
    if (!limit.per.empty()) lines_.value("per", limit.per);
    lines_.value("requests_per_minute", std::to_string(limit.requests_per_minute));
  }

  void write(const Fault& fault) {
    if (fault.on != Fault{}.on) lines_.value("on", yaml_word(fault.on));
    if (fault.times != Fault{}.times) lines_.value("times", as_written(fault.times));
    if (!fault.per.empty()) lines_.value("per", fault.per);
    if (!fault.run_status.empty()) lines_.value("while", fault.run_status);
    if (!fault.error.empty()) lines_.value("error", fault.error);
    if (fault.status) lines_.value("status", std::to_string(*fault.status));
    if (!fault.body.empty()) lines_.value("body", yaml_text(fault.body));
    if (fault.connection != Fault::Connection::kept)
      lines_.value("connection", name(fault.connection));
    if (fault.after_work) lines_.value("after_work", "true");
    if (!fault.headers.empty())
      lines_.block("headers", [&] {
        for (const auto& [name, value] : fault.headers) lines_.value(name, yaml_text(value));
      });
    if (fault.keep_bytes) lines_.value("keep_bytes", std::to_string(*fault.keep_bytes));
    if (fault.delay != Duration{}) lines_.value("delay", duration_text(fault.delay));
    if (fault.stream) lines_.block("stream", [&] { write(*fault.stream); });
  }

  void write(const StreamFault& stream) {
    if (stream.outcome != StreamFault::Outcome::none) {
      lines_.value("then", name(stream.outcome));
      if (stream.after != StreamFault{}.after) lines_.value("after", stream.after);
      if (stream.nth != StreamFault{}.nth) lines_.value("nth", std::to_string(stream.nth));
    }
    if (!stream.as.empty()) lines_.value("as", stream.as);
    if (stream.pieces != 0) lines_.value("pieces", std::to_string(stream.pieces));
    if (stream.pause != Duration{}) lines_.value("pause", duration_text(stream.pause));
  }

  void write(const Rule& rule) {
    if (!rule.name.empty()) lines_.value("name", yaml_text(rule.name));
    if (rule.when != Criteria{}) lines_.block("when", [&] { write(rule.when); });
    if (!rule.queued.length)
      lines_.value("queued", "forever");
    else if (rule.queued != Queued{})
      lines_.value("queued", duration_text(*rule.queued.length));
    write(rule.on_cancel);
    write_steps("do", rule.steps);
  }

  void write(const OnCancel& on_cancel) {
    if (on_cancel.outcome == OnCancel::Outcome::too_late)
      lines_.value("on_cancel", "too_late");
    else if (on_cancel.outcome == OnCancel::Outcome::never)
      lines_.value("on_cancel", "never");
    else if (on_cancel != OnCancel{})
      lines_.value("on_cancel", duration_text(on_cancel.after));
  }

  void write(const Criteria& when) {
    if (when.message) lines_.value("message", yaml_text(*when.message));
    if (when.assistant) lines_.value("assistant", yaml_text(*when.assistant));
    if (when.model) lines_.value("model", yaml_text(*when.model));
    if (when.instructions) lines_.value("instructions", yaml_text(*when.instructions));
    write_patterns("metadata", when.metadata);
    if (when.times) lines_.value("times", as_written(*when.times));
  }

  void write_patterns(std::string_view key,
                      const std::vector<std::pair<std::string, std::string>>& patterns) {
    if (patterns.empty()) return;
    lines_.block(key, [&] {
      for (const auto& [name, pattern] : patterns) lines_.value(name, yaml_text(pattern));
    });
  }

  void write_steps(std::string_view key, const std::vector<Step>& steps) {
    if (steps.empty()) return lines_.value(key, "[]");
    lines_.block(key, [&] {
      for (const Step& step : steps)
        lines_.item([&] { std::visit([&](const auto& action) { write(action); }, step.action); });
    });
  }

  void write(const Wait& wait) { lines_.value("wait", duration_text(wait.length)); }
  void write(const Incomplete& incomplete) {
    lines_.value("incomplete", yaml_word(incomplete.reason));
  }
  void write(const Hang&) { lines_.line("hang"); }

  void write(const Fail& fail) { write_failure(fail.code, fail.message, usual_message); }

  void write_failure(const std::string& code, const std::string& message,
                     std::string_view (*usual)(std::string_view)) {
    if (!message.empty() && message == usual(code)) return lines_.value("fail", code);
    lines_.block("fail", [&] {
      lines_.value("code", yaml_word(code));
      lines_.value("message", yaml_text(message));
    });
  }

  void write(const Say& say) {
    const auto* text = std::get_if<TextPart>(&say.parts.front());
    if (say.parts.size() == 1 && text != nullptr)
      lines_.value("say", yaml_text(text->text));
    else
      lines_.block("say", [&] {
        for (const SayPart& part : say.parts)
          lines_.item([&] { std::visit([&](const auto& one) { write(one); }, part); });
      });
    write_modifiers(say);
    if (say.unfinished) lines_.value("unfinished", "true");
  }

  void write(const TextPart& part) { lines_.line(yaml_text(part.text)); }
  void write(const RefusalPart& part) { lines_.value("refusal", yaml_text(part.refusal)); }
  void write(const ImageUrlPart& part) {
    if (part.detail == "auto") return lines_.value("image_url", yaml_text(part.url));
    lines_.block("image_url", [&] {
      lines_.value("url", yaml_text(part.url));
      lines_.value("detail", part.detail);
    });
  }

  void write(const ImageFilePart& part) {
    if (part.detail == "auto") return lines_.value("image_file", yaml_text(part.file));
    lines_.block("image_file", [&] {
      lines_.value("file", yaml_text(part.file));
      lines_.value("detail", part.detail);
    });
  }

  void write(const Call& call) {
    const std::string bare = call.tools.size() == 1 ? bare_name(call.tools.front()) : "";
    if (!bare.empty())
      lines_.value("call", yaml_word(bare));
    else if (call.tools.size() == 1)
      lines_.block("call", [&] { write(call.tools.front()); });
    else
      write_list("call", call.tools);
    write_modifiers(call);
    if (call.unfinished) lines_.value("unfinished", "true");
  }

  void write(const CalledTool& tool) {
    if (const std::string bare = bare_name(tool); !bare.empty())
      return lines_.line(yaml_word(bare));
    std::visit([&](const auto& one) { write(one); }, tool);
  }

  void write(const FunctionCall& function) {
    lines_.value(function.name, arguments_text(function));
  }

  void write(const CodeRun& code) {
    lines_.block(code_interpreter_name, [&] {
      lines_.value("input", yaml_text(code.input));
      write_list("outputs", code.outputs);
      write_list("files", code.files);
    });
  }

  void write(const CodeOutput& output) {
    if (const auto* logs = std::get_if<Logs>(&output))
      return lines_.value("logs", yaml_text(logs->text));
    const auto& image = std::get<MadeFile>(output);
    if (!image.bytes) return lines_.value("image", yaml_text(image.filename));
    lines_.block("image", [&] {
      lines_.value("filename", yaml_text(image.filename));
      lines_.value("base64", yaml_text(base64_text(*image.bytes)));
    });
  }

  void write(const MadeFile& file) {
    lines_.value("filename", yaml_text(file.filename));
    write_bytes(file.bytes.value_or(""));
  }

  void write(const FileSearch& search) {
    lines_.block(file_search_name, [&] {
      if (search.query != FileSearch{}.query) lines_.value("query", yaml_text(search.query));
      if (search.results && search.results->empty()) lines_.value("results", "[]");
      if (search.results) write_list("results", *search.results);
    });
  }

  void write(const ScriptedResult& result) {
    lines_.value("file", yaml_text(result.file));
    lines_.value("text", yaml_text(result.text));
    if (result.score != ScriptedResult{}.score)
      lines_.value("score", yaml_flow(Json(result.score)));
  }

  void write(const Branch& branch) {
    lines_.block("when", [&] { write_patterns("outputs", branch.outputs); });
    write_steps("do", branch.then);
    if (!branch.otherwise.empty()) write_steps("otherwise", branch.otherwise);
  }

  template <class Action>
  void write_modifiers(const Action& action) {
    if (action.pieces != Pieces{}) lines_.value("chunk", pieces_text(action.pieces));
    if (action.over) lines_.value("over", duration_text(*action.over));
    if (action.usage) lines_.value("usage", usage_text(*action.usage));
  }

  YamlLines lines_;
};

}  // namespace

std::string to_yaml(const Scenario& scenario) {
  return ScenarioWriter().write(scenario);
}

}  // namespace assistants_mock::scenarios
