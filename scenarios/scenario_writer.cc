// Writes scenarios line by line. What has its default is left out.
#include "scenarios/scenario_writer.h"

#include "scenarios/duration_text.h"
#include "scenarios/yaml_text.h"

namespace assistants_mock::scenarios {

namespace {

// Lines of a block of YAML. Every line stands `indent` columns in; the first of a list's item has
// the dash there instead.
class YamlLines {
 public:
  // "key: value"
  void value(std::string_view key, std::string_view value) {
    line(yaml_key(key, indent_) + " " + std::string(value));
  }
  // "key:", and what `block` writes, further in.
  template <class Block>
  void block(std::string_view key, Block block) {
    line(yaml_key(key, indent_));
    indent_ += 2;
    block();
    indent_ -= 2;
  }
  // "- " before the first line of what `item` writes.
  template <class Item>
  void item(Item item) {
    dash_ = true;
    indent_ += 2;
    item();
    indent_ -= 2;
  }
  void line(std::string_view text) {
    const std::size_t dash = dash_ ? 2 : 0;
    text_ += std::string(indent_ - dash, ' ') + (dash_ ? "- " : "") + std::string(text) + "\n";
    dash_ = false;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t indent_ = 0;
  bool dash_ = false;
};

std::string usage_text(const Usage& usage) {
  return "{prompt_tokens: " + std::to_string(usage.prompt_tokens) +
         ", completion_tokens: " + std::to_string(usage.completion_tokens) + "}";
}

std::string pieces_text(const Pieces& pieces) {
  if (pieces.unit == Pieces::Unit::characters) return std::to_string(pieces.characters);
  return pieces.unit == Pieces::Unit::whole ? "whole" : "words";
}

std::string times_text(const Times& times) {
  std::string list;
  for (int time : times.listed) list += (list.empty() ? "" : ", ") + std::to_string(time);
  if (times.from_then_on)
    list += (list.empty() ? "" : ", ") + std::to_string(*times.from_then_on) + "+";
  const bool several = list.find(',') != list.npos;
  return several ? "[" + list + "]" : list;
}

std::string arguments_text(const FunctionCall& call) {
  if (const auto* text = std::get_if<std::string>(&call.arguments)) return yaml_text(*text);
  return yaml_flow(std::get<Json>(call.arguments));
}

bool has_no_arguments(const FunctionCall& call) {
  const auto* json = std::get_if<Json>(&call.arguments);
  return json != nullptr && json->is_object() && json->empty();
}

class ScenarioWriter {
 public:
  std::string write(const Scenario& scenario) {
    lines_.value("scenario", yaml_word(scenario.name));
    if (!scenario.teaches.empty()) lines_.value("teaches", yaml_text(scenario.teaches));
    if (!scenario.assistants.empty())
      lines_.block("assistants", [&] {
        for (const SeededAssistant& assistant : scenario.assistants) write(assistant);
      });
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
    if (when.times) lines_.value("times", times_text(*when.times));
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

  void write(const Fail& fail) {
    if (!fail.message.empty() && fail.message == usual_message(fail.code))
      return lines_.value("fail", fail.code);
    lines_.block("fail", [&] {
      lines_.value("code", yaml_word(fail.code));
      lines_.value("message", yaml_text(fail.message));
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

  void write(const Call& call) {
    const FunctionCall& first = call.functions.front();
    if (call.functions.size() == 1 && has_no_arguments(first))
      lines_.value("call", yaml_word(first.name));
    else if (call.functions.size() == 1)
      lines_.block("call", [&] { write(first); });
    else
      lines_.block("call", [&] {
        for (const FunctionCall& function : call.functions) lines_.item([&] { write(function); });
      });
    write_modifiers(call);
  }

  void write(const FunctionCall& function) {
    if (has_no_arguments(function)) return lines_.line(yaml_word(function.name));
    lines_.value(function.name, arguments_text(function));
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
