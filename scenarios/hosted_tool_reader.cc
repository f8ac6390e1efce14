#include "scenarios/hosted_tool_reader.h"

#include <string>
#include <vector>

#include "scenarios/action_reader.h"
#include "scenarios/field_reader.h"
#include "scenarios/file_reader.h"
#include "scenarios/hosted_tools.h"
#include "scenarios/nearest_word.h"

namespace assistants_mock::scenarios {

namespace {

constexpr std::size_t max_outputs = 100;
constexpr std::size_t max_made_files = 100;

MadeFile read_image(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  MadeFile image;
  const YamlNode* filename = &node;
  if (node.is_map()) {
    const FieldReader fields(Section::output_image, node, mistakes);
    if (const YamlNode* base64 = fields.find("base64"))
      image.bytes = read_base64(*base64, fields.asked_for("base64"), mistakes);
    filename = fields.find("filename");
    if (filename == nullptr) return image;
    image.filename = read_filename(*filename, fields.asked_for("filename"), mistakes);
  } else {
    image.filename = read_filename(node, asked, mistakes);
  }
  if (!image.bytes && !image.filename.empty() && !image.filename.ends_with(".png"))
    mistakes.add(filename->place,
                 "an image without base64 is drawn as PNG, so its name has to end in .png");
  return image;
}

CodeOutput read_output(const YamlNode& node, RuleScope& scope) {
  const FieldReader fields(Section::code_output, node, scope.mistakes);
  if (node.is_map() && node.entries.size() != 1)
    scope.mistakes.add(node.place, "an output of code has exactly one of the keys " +
                                       word_list(keys_of(Section::code_output)) + ", found " +
                                       std::to_string(node.entries.size()) + " keys");
  if (const YamlNode* image = fields.find("image"))
    return read_image(*image, fields.asked_for("image"), scope.mistakes);
  if (const YamlNode* logs = fields.find("logs"))
    return Logs{read_template(*logs, fields.asked_for("logs"), scope)};
  return Logs{};
}

MadeFile read_made_file(const YamlNode& node, MistakeList& mistakes) {
  const FieldReader fields(Section::made_file, node, mistakes);
  MadeFile file;
  if (const YamlNode* filename = fields.find("filename"))
    file.filename = read_filename(*filename, fields.asked_for("filename"), mistakes);
  file.bytes = read_file_bytes(fields, node, mistakes);
  return file;
}

ScriptedResult read_result(const YamlNode& node, RuleScope& scope) {
  const FieldReader fields(Section::search_result, node, scope.mistakes);
  ScriptedResult result;
  if (const YamlNode* file = fields.find("file"))
    result.file = read_filename(*file, fields.asked_for("file"), scope.mistakes);
  if (const YamlNode* text = fields.find("text"))
    result.text = read_template(*text, fields.asked_for("text"), scope);
  if (const YamlNode* score = fields.find("score"))
    if (const auto number = read_number(*score, fields.asked_for("score"), 1, scope.mistakes))
      result.score = number->get<double>();
  return result;
}

}  // namespace

CodeRun read_code_run(const YamlNode& node, RuleScope& scope) {
  const FieldReader fields(Section::code_run, node, scope.mistakes);
  CodeRun code;
  if (const YamlNode* input = fields.find("input"))
    code.input = read_template(*input, fields.asked_for("input"), scope);
  const YamlNode* outputs = fields.find("outputs");
  if (outputs != nullptr &&
      is_list(*outputs, fields.asked_for("outputs"), 0, max_outputs, scope.mistakes))
    for (const YamlNode& output : outputs->items)
      code.outputs.push_back(read_output(output, scope));
  const YamlNode* files = fields.find("files");
  if (files != nullptr &&
      is_list(*files, fields.asked_for("files"), 0, max_made_files, scope.mistakes))
    for (const YamlNode& file : files->items)
      code.files.push_back(read_made_file(file, scope.mistakes));
  return code;
}

FileSearch read_file_search(const YamlNode& node, RuleScope& scope) {
  FileSearch search;
  if (node.is_null()) return search;
  const FieldReader fields(Section::file_search, node, scope.mistakes);
  if (const YamlNode* query = fields.find("query"))
    search.query = read_template(*query, fields.asked_for("query"), scope);
  const YamlNode* results = fields.find("results");
  if (results == nullptr) return search;
  search.results.emplace();
  if (is_list(*results, fields.asked_for("results"), 0, max_found, scope.mistakes))
    for (const YamlNode& result : results->items)
      search.results->push_back(read_result(result, scope));
  return search;
}

}  // namespace assistants_mock::scenarios
