// Reads assistants into the bodies that would have made them.
#include "scenarios/assistant_reader.h"

#include <array>
#include <map>
#include <optional>
#include <string>

#include "scenarios/field_reader.h"
#include "scenarios/nearest_word.h"
#include "scenarios/utf8.h"
#include "scenarios/yaml_values.h"

namespace assistants_mock::scenarios {

namespace {

constexpr std::size_t max_assistants = 100;
constexpr std::size_t max_tools = 128;           // v.arrmax
constexpr std::size_t max_metadata_pairs = 16;   // v.meta.count
constexpr std::size_t max_metadata_key = 64;     // v.meta.key
constexpr std::size_t max_metadata_value = 512;  // v.meta.value
constexpr std::size_t max_id_bytes = 64;
// 256,000 characters of up to four bytes: their number is checked next.
constexpr std::size_t most_text_bytes = 1 << 20;

void check_length(const YamlNode& node, std::string_view text, const std::string& name,
                  std::size_t most, MistakeList& mistakes) {
  if (character_count(text) > most)
    mistakes.add(node.place, name + " has " + std::to_string(character_count(text)) +
                                 " characters, at most " + std::to_string(most) + " are possible");
}

// v.strlen: how long the texts of an assistant may be, in characters.
std::size_t most_characters(std::string_view key) {
  if (key == "name") return 256;
  if (key == "description") return 512;
  return 256'000;
}

Json read_metadata(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  Json metadata = Json::object();
  if (!is_map(node, asked, 0, max_metadata_pairs, mistakes)) return metadata;
  for (const YamlEntry& entry : node.entries) {
    const Asked pair{"'metadata." + entry.key + "'", Value::text};
    const std::string value = read_text(entry.value, pair, mistakes).value_or("");
    check_length(entry.value, entry.key, "the key of " + pair.name, max_metadata_key, mistakes);
    check_length(entry.value, value, pair.name, max_metadata_value, mistakes);
    metadata[entry.key] = value;
  }
  return metadata;
}

void check_tool(const YamlNode& tool, MistakeList& mistakes) {
  constexpr std::array<std::string_view, 3> types = {"code_interpreter", "file_search", "function"};
  const YamlNode* type = find(tool, "type");
  if (type == nullptr) {
    mistakes.add(tool.place, "a tool needs a map with type, one of " + word_list(types) +
                                 "; found " + in_words(tool));
    return;
  }
  const auto word = read_word(*type, {"'type'", Value::tool_type}, types, mistakes);
  if (word != "function") return;
  const YamlNode* function = find(tool, "function");
  const YamlNode* name = function == nullptr ? nullptr : find(*function, "name");
  if (name == nullptr)
    mistakes.add(tool.place, "a function tool needs {type: function, function: {name: …}}");
  else
    read_name(*name, {"'name'", Value::tool_name}, "", max_id_bytes, mistakes);
}

Json read_tools(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  if (!is_list(node, asked, 0, max_tools, mistakes)) return Json::array();
  for (const YamlNode& tool : node.items) check_tool(tool, mistakes);
  return to_json(node, mistakes);
}

Json read_response_format(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  const bool is_auto = node.is_scalar() && node.text == "auto";
  if (!is_auto && find(node, "type") == nullptr) add_needed(node, asked, mistakes);
  return to_json(node, mistakes);
}

// The value of one field but `id`, as JSON.
Json read_field(const YamlNode& node, const Field& field, MistakeList& mistakes) {
  const Asked what = asked(field);
  switch (field.value) {
    case Value::tools:
      return read_tools(node, what, mistakes);
    case Value::metadata:
      return read_metadata(node, what, mistakes);
    case Value::temperature:
      return read_number(node, what, 2, mistakes).value_or(nullptr);
    case Value::top_p:
      return read_number(node, what, 1, mistakes).value_or(nullptr);
    case Value::response_format:
      return read_response_format(node, what, mistakes);
    case Value::json_map:
      if (!node.is_map()) add_needed(node, what, mistakes);
      return to_json(node, mistakes);
    default:
      break;
  }
  const std::string text = read_text(node, what, mistakes, most_text_bytes).value_or("");
  check_length(node, text, what.name, most_characters(field.key), mistakes);
  return text;
}

std::string read_id(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  if (node.is_scalar() && (!node.text.starts_with("asst_") || node.text == "asst_")) {
    add_needed(node, asked, mistakes);
    return {};
  }
  return read_name(node, asked, "", max_id_bytes, mistakes).value_or("");
}

SeededAssistant read_assistant(const YamlNode& node, MistakeList& mistakes) {
  const FieldReader fields(Section::assistant, node, mistakes);
  SeededAssistant assistant;
  for (const YamlEntry& entry : node.entries) {
    const Field* field = find_field(Section::assistant, entry.key);
    if (field == nullptr) continue;
    if (field->value == Value::assistant_id)
      assistant.id = read_id(entry.value, asked(*field), mistakes);
    else
      assistant.body[entry.key] = read_field(entry.value, *field, mistakes);
  }
  return assistant;
}

}  // namespace

std::vector<SeededAssistant> read_assistants(const YamlNode& list, const Asked& asked,
                                             MistakeList& mistakes) {
  std::vector<SeededAssistant> assistants;
  if (!is_list(list, asked, 0, max_assistants, mistakes)) return assistants;
  std::map<std::string, Place> ids;
  for (const YamlNode& node : list.items) {
    assistants.push_back(read_assistant(node, mistakes));
    const std::string& id = assistants.back().id;
    if (id.empty()) continue;
    const Place place = find(node, "id")->place;
    const auto [first, is_new] = ids.try_emplace(id, place);
    if (!is_new)
      mistakes.add(place, "another assistant has the id " + in_single_quotes(id) +
                              " too, in line " + std::to_string(first->second.line));
  }
  return assistants;
}

}  // namespace assistants_mock::scenarios
