// Reads each verb with the modifiers that go with it; hosted_tool_reader.h reads hosted tools.
#include "scenarios/action_reader.h"

#include <array>

#include "scenarios/field_reader.h"
#include "scenarios/file_reader.h"
#include "scenarios/hosted_tool_reader.h"
#include "scenarios/hosted_tools.h"
#include "scenarios/nearest_word.h"
#include "scenarios/yaml_values.h"

namespace assistants_mock::scenarios {

namespace {

constexpr int most_tokens = 1'000'000'000;
constexpr int most_chunk = 1'000'000;
constexpr std::size_t max_name_bytes = 64;
constexpr std::array<std::string_view, 3> image_details = {"auto", "low", "high"};

Usage read_usage(const YamlNode& node, MistakeList& mistakes) {
  const FieldReader fields(Section::usage, node, mistakes);
  return {.prompt_tokens = fields.integer("prompt_tokens", 0, most_tokens).value_or(0),
          .completion_tokens = fields.integer("completion_tokens", 0, most_tokens).value_or(0)};
}

Pieces read_pieces(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  constexpr std::array<std::string_view, 2> words = {"words", "whole"};
  const std::optional<Json> value = node.is_scalar() ? scalar_value(node) : std::nullopt;
  if (value && value->is_number())
    return {Pieces::Unit::characters,
            read_integer(node, asked, 1, most_chunk, mistakes).value_or(1)};
  const auto word = read_word(node, asked, words, mistakes);
  return {word == "whole" ? Pieces::Unit::whole : Pieces::Unit::words, 0};
}

// chunk, over and usage, which messages and calls have in common.
template <class Action>
void read_modifiers(const FieldReader& fields, Action& action, MistakeList& mistakes) {
  if (const YamlNode* chunk = fields.find("chunk"))
    action.pieces = read_pieces(*chunk, fields.asked_for("chunk"), mistakes);
  action.over = fields.duration("over");
  if (const YamlNode* usage = fields.find("usage")) action.usage = read_usage(*usage, mistakes);
}

ImageUrlPart read_image(const YamlNode& node, const Asked& asked, RuleScope& scope) {
  if (!node.is_map()) return {.url = read_template(node, asked, scope)};
  const FieldReader fields(Section::image, node, scope.mistakes);
  ImageUrlPart image;
  if (const YamlNode* url = fields.find("url"))
    image.url = read_template(*url, fields.asked_for("url"), scope);
  image.detail = fields.word("detail", image_details).value_or("auto");
  return image;
}

// The name of a file that code made in an earlier step, or an id.
std::string read_file_of_image(const YamlNode& node, const Asked& asked, RuleScope& scope) {
  std::string file = read_filename(node, asked, scope.mistakes);
  if (!file.empty() && !file.starts_with("file-") && !scope.references.is_made(file))
    scope.mistakes.add(node.place, "no earlier step of this rule makes the file " +
                                       in_single_quotes(file) +
                                       scope.references.nearest_file(file));
  return file;
}

ImageFilePart read_image_file(const YamlNode& node, const Asked& asked, RuleScope& scope) {
  if (!node.is_map()) return {.file = read_file_of_image(node, asked, scope)};
  const FieldReader fields(Section::image_file, node, scope.mistakes);
  ImageFilePart image;
  if (const YamlNode* file = fields.find("file"))
    image.file = read_file_of_image(*file, fields.asked_for("file"), scope);
  image.detail = fields.word("detail", image_details).value_or("auto");
  return image;
}

SayPart read_part(const YamlNode& node, RuleScope& scope) {
  if (node.is_scalar()) return TextPart{read_template(node, {"a text", Value::text}, scope)};
  const FieldReader fields(Section::say_part, node, scope.mistakes);
  if (node.is_map() && node.entries.size() != 1)
    scope.mistakes.add(node.place, "a part of a message has exactly one of the keys " +
                                       word_list(keys_of(Section::say_part)) + ", found " +
                                       std::to_string(node.entries.size()) + " keys");
  if (const YamlNode* refusal = fields.find("refusal"))
    return RefusalPart{read_template(*refusal, fields.asked_for("refusal"), scope)};
  if (const YamlNode* image = fields.find("image_url"))
    return read_image(*image, fields.asked_for("image_url"), scope);
  if (const YamlNode* image = fields.find("image_file"))
    return read_image_file(*image, fields.asked_for("image_file"), scope);
  if (const YamlNode* text = fields.find("text"))
    return TextPart{read_template(*text, fields.asked_for("text"), scope)};
  return TextPart{};
}

std::vector<SayPart> read_parts(const YamlNode& node, const Asked& asked, RuleScope& scope) {
  std::vector<SayPart> parts;
  if (node.is_scalar()) {
    parts.push_back(TextPart{read_template(node, asked, scope)});
  } else if (node.is_map()) {
    add_needed(node, asked, scope.mistakes, "; put the one part into a list: [{refusal: No.}]");
  } else if (is_list(node, asked, 1, max_parts, scope.mistakes)) {
    for (const YamlNode& part : node.items) parts.push_back(read_part(part, scope));
  }
  return parts;
}

std::variant<std::string, Json> read_arguments(const YamlNode& node, const std::string& function,
                                               RuleScope& scope) {
  scope.references.check(node);
  if (node.is_null()) return Json::object();
  if (!node.is_scalar()) return to_json(node, scope.mistakes);
  const std::optional<Json> value = scalar_value(node);
  if (!value || !value->is_string())
    scope.mistakes.add(node.place, "the arguments of " + in_single_quotes(function) +
                                       " need a map, a list or a text, found " + in_words(node) +
                                       "; put it in quotes to send exactly that");
  return read_text(node, {"arguments", Value::text}, scope.mistakes).value_or("");
}

CalledTool read_tool(const YamlNode& name, const YamlNode& value, RuleScope& scope) {
  if (name.text == code_interpreter_name) return read_code_run(value, scope);
  if (name.text == file_search_name) return read_file_search(value, scope);
  const Asked asked{"a function", Value::function_name};
  return FunctionCall{read_name(name, asked, ".", max_name_bytes, scope.mistakes).value_or(""),
                      read_arguments(value, name.text, scope)};
}

// A name alone, or a map of names to arguments.
void read_tools(const YamlNode& node, const Asked& asked, RuleScope& scope,
                std::vector<CalledTool>& tools) {
  if (node.is_scalar()) {
    tools.push_back(read_tool(node, empty_node(YamlNode::Kind::null, node.place), scope));
  } else if (is_map(node, asked, 1, max_calls, scope.mistakes)) {
    for (const YamlEntry& entry : node.entries)
      tools.push_back(
          read_tool(scalar_node(entry.key, false, entry.key_place), entry.value, scope));
  }
}

// What a call brings about, for the references of later steps.
struct CallNotes {
  ReferenceCheck& references;

  void operator()(const FunctionCall& call) { references.function_is_called(call.name); }
  void operator()(const CodeRun& code) {
    for (const MadeFile& file : code.files) references.file_is_made(file.filename);
    for (const CodeOutput& output : code.outputs)
      if (const auto* image = std::get_if<MadeFile>(&output))
        references.file_is_made(image->filename);
  }
  void operator()(const FileSearch& search) {
    references.search_is_made(search.results ? search.results->size() : max_found);
  }
};

Fail read_usual_failure(const YamlNode& code, RuleScope& scope) {
  constexpr std::array<std::string_view, 2> usual = {"server_error", "rate_limit_exceeded"};
  const std::string_view message = usual_message(code.text);
  if (message.empty()) {
    std::string nearest = did_you_mean(code.text, usual);
    if (nearest.empty()) nearest = ";";
    scope.mistakes.add(code.place, "the code " + in_single_quotes(code.text) +
                                       " has no usual message" + nearest +
                                       " other codes are written {code: …, message: …}");
  }
  return {code.text, std::string(message)};
}

Fail read_failure(const YamlNode& node, RuleScope& scope) {
  const FieldReader fields(Section::failure, node, scope.mistakes);
  Fail fail;
  fail.code = fields.error_code("code").value_or("");
  if (const YamlNode* message = fields.find("message"))
    fail.message = read_template(*message, fields.asked_for("message"), scope);
  return fail;
}

}  // namespace

std::string read_template(const YamlNode& node, const Asked& asked, RuleScope& scope) {
  const std::optional<std::string> text = read_text(node, asked, scope.mistakes);
  if (text) scope.references.check(node);
  return text.value_or("");
}

Wait read_wait(const YamlNode& step, RuleScope& scope) {
  const FieldReader fields(Section::wait_step, step, scope.mistakes);
  return {fields.duration("wait").value_or(Duration{})};
}

Say read_say(const YamlNode& step, RuleScope& scope) {
  const FieldReader fields(Section::say_step, step, scope.mistakes);
  Say say;
  if (const YamlNode* parts = fields.find("say"))
    say.parts = read_parts(*parts, fields.asked_for("say"), scope);
  read_modifiers(fields, say, scope.mistakes);
  say.unfinished = fields.truth("unfinished").value_or(false);
  return say;
}

Call read_call(const YamlNode& step, RuleScope& scope) {
  const FieldReader fields(Section::call_step, step, scope.mistakes);
  Call call;
  if (const YamlNode* node = fields.find("call")) {
    const Asked asked = fields.asked_for("call");
    if (!node->is_sequence())
      read_tools(*node, asked, scope, call.tools);
    else if (is_list(*node, asked, 1, max_calls, scope.mistakes))
      for (const YamlNode& item : node->items) read_tools(item, asked, scope, call.tools);
    if (call.tools.size() > max_calls)
      scope.mistakes.add(node->place, "one step calls " + std::to_string(call.tools.size()) +
                                          " tools, at most " + std::to_string(max_calls) +
                                          " are possible");
  }
  for (const CalledTool& tool : call.tools) std::visit(CallNotes{scope.references}, tool);
  read_modifiers(fields, call, scope.mistakes);
  call.unfinished = fields.truth("unfinished").value_or(false);
  return call;
}

Fail read_fail(const YamlNode& step, RuleScope& scope) {
  const FieldReader fields(Section::fail_step, step, scope.mistakes);
  const YamlNode* node = fields.find("fail");
  if (node == nullptr) return {};
  if (node->is_map()) return read_failure(*node, scope);
  if (node->is_scalar()) return read_usual_failure(*node, scope);
  add_needed(*node, fields.asked_for("fail"), scope.mistakes);
  return {};
}

Incomplete read_incomplete(const YamlNode& step, RuleScope& scope) {
  constexpr std::array<std::string_view, 3> reasons = {"max_completion_tokens", "max_prompt_tokens",
                                                       "content_filter"};
  const FieldReader fields(Section::incomplete_step, step, scope.mistakes);
  return {fields.word("incomplete", reasons).value_or("")};
}

Hang read_hang(const YamlNode& step, RuleScope& scope) {
  const FieldReader fields(Section::hang_step, step, scope.mistakes);
  const YamlNode* value = fields.find("hang");
  if (value != nullptr && !value->is_null())
    add_needed(*value, fields.asked_for("hang"), scope.mistakes);
  return {};
}

}  // namespace assistants_mock::scenarios
