// The whole file: bytes, then YAML, then meaning; each only when the one before was sound.
#include "scenarios/scenario_parser.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/assistant_reader.h"
#include "scenarios/fault_reader.h"
#include "scenarios/field_reader.h"
#include "scenarios/file_reader.h"
#include "scenarios/indexing_reader.h"
#include "scenarios/mistake_list.h"
#include "scenarios/pattern_reader.h"
#include "scenarios/rule_reader.h"
#include "scenarios/source_text.h"
#include "scenarios/yaml_reader.h"

namespace assistants_mock::scenarios {

namespace {

constexpr std::size_t max_name_bytes = 64;
constexpr std::size_t max_models = 100;
constexpr std::array<std::string_view, 2> id_letters = {"usual", "unusual"};

// The file's name without folder and ending, made of letters that a name may have.
std::string stem_of(std::string_view file) {
  std::string_view stem = file.substr(file.find_last_of('/') + 1);
  if (const std::size_t dot = stem.find_last_of('.'); dot != stem.npos && dot > 0)
    stem = stem.substr(0, dot);
  std::string name;
  for (char letter : stem.substr(0, max_name_bytes)) {
    const bool usable = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                        (letter >= '0' && letter <= '9') || letter == '-' || letter == '.';
    name += usable ? letter : '_';
  }
  return name.empty() ? "scenario" : name;
}

std::vector<std::string> read_models(const YamlNode& list, const Asked& asked,
                                     MistakeList& mistakes) {
  std::vector<std::string> models;
  if (!is_list(list, asked, 1, max_models, mistakes)) return models;
  for (const YamlNode& node : list.items)
    models.push_back(read_text(node, {"a model", Value::text}, mistakes).value_or(""));
  return models;
}

// What is seeded may name no other model either.
void check_models(const Scenario& scenario, const Place& place, MistakeList& mistakes) {
  for (const SeededAssistant& assistant : scenario.assistants) {
    const std::string model = assistant.body.value("model", "");
    if (std::ranges::find(scenario.models, model) == scenario.models.end())
      mistakes.add(
          place, "'" + assistant.id + "' has the model '" + model + "', which is not among these");
  }
}

Scenario read_scenario(const YamlNode& root, const SourceText& source, std::string_view file,
                       MistakeList& mistakes) {
  const FieldReader fields(Section::scenario, root, mistakes);
  Scenario scenario{.name = stem_of(file),
                    .teaches = fields.text("teaches").value_or(""),
                    .reveals = fields.text("reveals").value_or(""),
                    .source = fields.text("source").value_or("")};
  if (fields.word("ids", id_letters) == "unusual") scenario.ids = IdLetters::unusual;
  if (const YamlNode* models = fields.find("models"))
    scenario.models = read_models(*models, fields.asked_for("models"), mistakes);
  if (const YamlNode* name = fields.find("scenario"))
    scenario.name =
        read_name(*name, fields.asked_for("scenario"), ".", max_name_bytes, mistakes).value_or("");
  if (const YamlNode* assistants = fields.find("assistants"))
    scenario.assistants = read_assistants(*assistants, fields.asked_for("assistants"), mistakes);
  if (!scenario.models.empty()) check_models(scenario, fields.find("models")->place, mistakes);
  if (const YamlNode* files = fields.find("files"))
    scenario.files = read_files(*files, fields.asked_for("files"), mistakes);
  if (const YamlNode* stores = fields.find("vector_stores"))
    scenario.vector_stores =
        read_vector_stores(*stores, fields.asked_for("vector_stores"), scenario.files, mistakes);
  PatternReader patterns(mistakes);
  if (const YamlNode* indexing = fields.find("indexing"))
    scenario.indexing = read_indexing(*indexing, patterns, mistakes);
  scenario.messages_lag = fields.duration("messages_lag").value_or(Duration{});
  if (const YamlNode* limits = fields.find("rate_limits"))
    scenario.rate_limits = read_rate_limits(*limits, fields.asked_for("rate_limits"), mistakes);
  if (const YamlNode* faults = fields.find("faults"))
    scenario.faults = read_faults(*faults, fields.asked_for("faults"), mistakes);
  if (const YamlNode* runs = fields.find("runs"))
    scenario.rules = read_rules(*runs, fields.asked_for("runs"), source, patterns, mistakes);
  return scenario;
}

// What `read` makes of the text as a tree, by its root, its source and the mistakes.
template <class Read>
auto parsed(std::string_view yaml, std::string_view file, Read read) {
  MistakeList mistakes(file);
  const SourceText source(yaml);
  decltype(read(YamlNode{}, source, mistakes)) result{};
  if (source.is_readable(mistakes))
    if (const std::optional<YamlNode> root = read_yaml(source, mistakes))
      result = read(*root, source, mistakes);
  if (!mistakes.is_empty()) throw ScenarioError(mistakes.in_order());
  return result;
}

}  // namespace

Scenario parse_scenario(std::string_view yaml, std::string_view file) {
  return parsed(yaml, file, [&](const YamlNode& root, const SourceText& source, auto& mistakes) {
    return read_scenario(root, source, file, mistakes);
  });
}

Fault parse_fault(std::string_view yaml) {
  return parsed(yaml, "fault", [](const YamlNode& root, const SourceText&, auto& mistakes) {
    return read_fault(root, mistakes);
  });
}

}  // namespace assistants_mock::scenarios
