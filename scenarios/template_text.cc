// One scan over the text serves both the list of references and the filling in.
#include "scenarios/template_text.h"

#include <optional>
#include <utility>

#include "scenarios/json_path.h"
#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {
namespace {

constexpr std::string_view opening = "${";
constexpr std::string_view outputs_prefix = "outputs.";
constexpr std::string_view metadata_prefix = "metadata.";

// Tells `literal` each stretch of plain text and `reference` each ${...}, in order, until either
// answers false.
template <class Literal, class Reference>
void scan(std::string_view text, Literal literal, Reference reference) {
  std::size_t done = 0;
  for (std::size_t at = text.find(opening); at != text.npos; at = text.find(opening, done)) {
    if (at > done && text[at - 1] == '$') {
      if (!literal(text.substr(done, at - 1 - done)) || !literal(opening)) return;
      done = at + opening.size();
      continue;
    }
    if (!literal(text.substr(done, at - done))) return;
    const std::size_t closing = text.find('}', at);
    const std::size_t end = closing == text.npos ? text.size() : closing + 1;
    const std::size_t from = at + opening.size();
    const std::string_view path =
        closing == text.npos ? std::string_view() : text.substr(from, closing - from);
    if (!reference(TemplateReference{at, end - at, std::string(path)})) return;
    done = end;
  }
  literal(text.substr(done));
}

// The function that `rest` begins with; the longest, because a model may call functions that have
// a dot in their names (multi_tool_use.parallel).
const ToolOutputs::value_type* function_named(std::string_view rest, const ToolOutputs& outputs) {
  const ToolOutputs::value_type* longest = nullptr;
  for (const auto& entry : outputs) {
    const std::string& name = entry.first;
    if (!rest.starts_with(name)) continue;
    if (rest.size() > name.size() && rest[name.size()] != '.' && rest[name.size()] != '[') continue;
    if (longest == nullptr || name.size() > longest->first.size()) longest = &entry;
  }
  return longest;
}

std::optional<std::string> output_value(std::string_view rest, const ToolOutputs& outputs) {
  const auto* function = function_named(rest, outputs);
  if (function == nullptr || function->second.empty()) return std::nullopt;
  rest.remove_prefix(function->first.size());
  constexpr std::string_view first_call = "[0]";
  const bool first = rest.starts_with(first_call);
  if (first) rest.remove_prefix(first_call.size());
  const std::string& output = first ? function->second.front() : function->second.back();
  if (rest.empty()) return output;
  const auto path = parse_json_path(rest);
  return path ? json_at(output, *path) : std::nullopt;
}

using Strings = std::map<std::string, std::string>;
std::optional<std::string> value_in(const Strings& values, const std::string& key) {
  const auto found = values.find(key);
  if (found == values.end()) return std::nullopt;
  return found->second;
}

std::optional<std::string> value_of(const std::string& path, const TemplateValues& values) {
  if (auto capture = value_in(values.match.captures, path)) return capture;
  const RunQuestion& question = values.conversation.question;
  if (path == "message") return question.message;
  if (path == "model") return question.model;
  if (path == "instructions") return question.instructions;
  if (path == "times") return std::to_string(values.match.time);
  if (path == "assistant.id") return question.assistant_id;
  if (path == "assistant.name") return question.assistant_name;
  if (path == "thread.id") return values.conversation.thread_id;
  if (path == "run.id") return values.conversation.run_id;
  const std::string_view view = path;
  if (view.starts_with(metadata_prefix))
    return value_in(question.metadata, path.substr(metadata_prefix.size()));
  if (view.starts_with(outputs_prefix))
    return output_value(view.substr(outputs_prefix.size()), values.outputs);
  return std::nullopt;
}

}  // namespace

std::vector<TemplateReference> template_references(std::string_view text) {
  std::vector<TemplateReference> references;
  scan(
      text, [](std::string_view) { return true; },
      [&](TemplateReference reference) {
        references.push_back(std::move(reference));
        return true;
      });
  return references;
}

std::string fill(std::string_view text, const TemplateValues& values) {
  std::string filled;
  filled.reserve(text.size());
  const auto add = [&](std::string_view more) {
    filled += more.substr(0, max_filled_bytes + 1 - filled.size());
    return filled.size() <= max_filled_bytes;
  };
  scan(text, add, [&](const TemplateReference& reference) {
    const auto value = value_of(reference.path, values);
    return add(value ? std::string_view(*value) : text.substr(reference.offset, reference.length));
  });
  if (filled.size() > max_filled_bytes) filled = beginning_of(filled, max_filled_bytes);
  filled = valid_utf8(std::move(filled));
  if (filled.size() > max_filled_bytes) filled = beginning_of(filled, max_filled_bytes);
  return filled;
}

}  // namespace assistants_mock::scenarios
