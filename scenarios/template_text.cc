// One scan over the text serves both the list of references and the filling in.
#include "scenarios/template_text.h"

#include <array>
#include <charconv>
#include <system_error>
#include <utility>

#include "scenarios/json_path.h"
#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {
namespace {

constexpr std::string_view opening = "${";
constexpr std::string_view outputs_prefix = "outputs.";
constexpr std::string_view metadata_prefix = "metadata.";
constexpr std::string_view link_prefix = "link.";
constexpr std::array<std::string_view, 4> fields_of_result = {"text", "filename", "file_id",
                                                              "score"};
// The first search of a run has this number, each further one so much more (observed for the
// first: docs/wire/streaming.md, row H).
constexpr int numbers_of_a_search = 4;

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

// The result that `path` names, and what follows its number.
std::optional<std::pair<std::size_t, std::string_view>> result_named(std::string_view path,
                                                                     std::string_view name,
                                                                     const HostedOutcomes& hosted) {
  const auto numbered = numbered_name(path, name);
  if (!numbered || numbered->number >= hosted.results.size()) return std::nullopt;
  return std::pair{numbered->number, numbered->rest};
}

std::optional<std::string> result_value(std::string_view path, const HostedOutcomes& hosted) {
  const auto named = result_named(path, "results", hosted);
  if (!named || !named->second.starts_with('.')) return std::nullopt;
  const FoundChunk& result = hosted.results[named->first];
  const std::string_view field = named->second.substr(1);
  if (field == "text") return result.text;
  if (field == "filename") return result.filename;
  if (field == "file_id") return result.file_id;
  if (field == "score") return Json(result.score).dump();
  return std::nullopt;
}

// A citation looks like 【4:0†favorite_foods.txt】 (observed).
std::optional<FilledStretch> citation(std::string_view path, const HostedOutcomes& hosted) {
  const auto named = result_named(path, "cite", hosted);
  if (!named || !named->second.empty()) return std::nullopt;
  const FoundChunk& result = hosted.results[named->first];
  return FilledStretch{"【" + std::to_string(numbers_of_a_search * hosted.searches) + ":" +
                           std::to_string(named->first) + "†" + result.filename + "】",
                       Mark{MarkKind::file_citation, result.file_id}};
}

std::optional<FilledStretch> link_to_file(std::string_view path, const HostedOutcomes& hosted) {
  if (!path.starts_with(link_prefix)) return std::nullopt;
  std::string name(path.substr(link_prefix.size()));
  if (!hosted.made_files.contains(name)) return std::nullopt;
  return FilledStretch{"sandbox:/mnt/data/" + name, Mark{MarkKind::file_path, std::move(name)}};
}

std::optional<FilledStretch> stretch_of(const std::string& path, const TemplateValues& values) {
  if (values.hosted != nullptr && !values.match.captures.contains(path)) {
    if (auto marked = citation(path, *values.hosted)) return marked;
    if (auto marked = link_to_file(path, *values.hosted)) return marked;
    if (auto text = result_value(path, *values.hosted)) return FilledStretch{std::move(*text), {}};
  }
  auto text = value_of(path, values);
  if (!text) return std::nullopt;
  return FilledStretch{std::move(*text), {}};
}

// Collects stretches until they are as long as a filled text may be.
class StretchList {
 public:
  // False when no more is taken.
  bool add(std::string_view text, std::optional<Mark> mark = {}) {
    if (text.empty()) return true;
    const std::string_view taken = text.substr(0, max_filled_bytes + 1 - bytes_);
    bytes_ += taken.size();
    if (mark || stretches_.empty() || stretches_.back().mark)
      stretches_.push_back({std::string(taken), std::move(mark)});
    else
      stretches_.back().text += taken;
    return bytes_ <= max_filled_bytes;
  }

  // As valid UTF-8, which may be longer, and cut again to the length.
  std::vector<FilledStretch> finish() {
    std::size_t left = max_filled_bytes;
    for (FilledStretch& stretch : stretches_) {
      stretch.text = valid_utf8(std::move(stretch.text));
      if (stretch.text.size() > left) {
        stretch.text = beginning_of(stretch.text, left);
        stretch.mark.reset();
      }
      left -= stretch.text.size();
    }
    std::erase_if(stretches_, [](const FilledStretch& stretch) { return stretch.text.empty(); });
    return std::move(stretches_);
  }

 private:
  std::vector<FilledStretch> stretches_;
  std::size_t bytes_ = 0;
};

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

std::vector<FilledStretch> fill_in_stretches(std::string_view text, const TemplateValues& values) {
  StretchList filled;
  scan(
      text, [&](std::string_view literal) { return filled.add(literal); },
      [&](const TemplateReference& reference) {
        auto stretch = stretch_of(reference.path, values);
        return stretch ? filled.add(stretch->text, std::move(stretch->mark))
                       : filled.add(text.substr(reference.offset, reference.length));
      });
  return filled.finish();
}

std::string fill(std::string_view text, const TemplateValues& values) {
  std::string filled;
  filled.reserve(text.size());
  for (const FilledStretch& stretch : fill_in_stretches(text, values)) filled += stretch.text;
  return filled;
}

std::optional<NumberedName> numbered_name(std::string_view path, std::string_view name) {
  if (!path.starts_with(name)) return std::nullopt;
  path.remove_prefix(name.size());
  const std::size_t closing = path.find(']');
  if (!path.starts_with('[') || closing == path.npos || closing < 2) return std::nullopt;
  const std::string_view digits = path.substr(1, closing - 1);
  std::size_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_number = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
  // Without leading zeros, so that each number has one name.
  if (!is_number || (digits.front() == '0' && digits.size() > 1)) return std::nullopt;
  return NumberedName{number, path.substr(closing + 1)};
}

std::span<const std::string_view> result_fields() {
  return fields_of_result;
}

}  // namespace assistants_mock::scenarios
