// The schema that editors use says about files what the parser says, as far as a schema can.
#include "scenarios/scenario_schema.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "scenarios/field_table.h"
#include "scenarios/scenario_writer.h"
#include "scenarios/yaml_reader.h"
#include "scenarios/yaml_values.h"
#include "tests/golden_file.h"
#include "tests/scenarios/scenario_generators.h"

namespace assistants_mock::scenarios {
namespace {

// The adapter keeps references into its document, so it takes plain JSON that outlives it: made of
// anything else it would refer to a temporary.
class ScenarioValidator {
 public:
  ScenarioValidator() : document_(nlohmann::json::parse(scenario_schema_text())) {
    const valijson::adapters::NlohmannJsonAdapter adapter(document_);
    valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(adapter, schema_);
  }

  // The first thing that the schema has against it; empty when it has nothing.
  std::string complaint(const nlohmann::json& file) {
    const valijson::adapters::NlohmannJsonAdapter adapter(file);
    valijson::ValidationResults results;
    valijson::Validator validator(valijson::Validator::kStrongTypes);
    if (validator.validate(schema_, adapter, &results)) return "";
    valijson::ValidationResults::Error error;
    std::string text = "refused";
    while (results.popError(error)) {
      text += "\n";
      for (const std::string& step : error.context) text += step;
      text += ": " + error.description;
    }
    return text;
  }

 private:
  nlohmann::json document_;
  valijson::Schema schema_;
};

nlohmann::json as_json(std::string_view yaml) {
  MistakeList mistakes("file");
  const auto root = read_yaml(SourceText(yaml), mistakes);
  if (!root) return {};
  return nlohmann::json::parse(to_json(*root, mistakes).dump());
}

std::string complaint(std::string_view yaml) {
  return ScenarioValidator().complaint(as_json(yaml));
}

TEST(ScenarioSchema, AcceptsTheWholeLibrary) {
  ScenarioValidator validator;
  int files = 0;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(source_path("scenarios/library"))) {
    if (entry.path().extension() != ".yaml") continue;
    EXPECT_EQ(validator.complaint(as_json(file_text(entry.path()))), "") << entry.path();
    ++files;
  }
  EXPECT_GT(files, 0);
}

RC_GTEST_PROP(ScenarioSchema, AcceptsWhateverTheParserAccepts, ()) {
  static const auto validator = std::make_unique<ScenarioValidator>();
  const std::string complaint = validator->complaint(as_json(to_yaml(*any_scenario())));
  if (!complaint.empty()) RC_LOG() << complaint << "\n";
  RC_ASSERT(complaint == "");
}

// Files whose every mistake is one of keys or types.
TEST(ScenarioSchema, RefusesMistakesThatItCanTell) {
  for (std::string_view name :
       {"unknown_keys", "wrong_types", "missing_keys", "no_runs", "empty_runs", "empty_file",
        "not_a_map", "durations", "verbs", "endings", "message_parts", "times", "assistants",
        "names", "calls", "hosted_tools", "files", "indexing", "faults"})
    EXPECT_NE(complaint(file_text(source_path("fixtures/mistakes/" + std::string(name) + ".yaml"))),
              "")
        << name;
}

std::string with_step(std::string_view step) {
  return "runs: [{ do: [" + std::string(step) + "] }]";
}

TEST(ScenarioSchema, TellsOneWrongStepFromARightOne) {
  EXPECT_EQ(complaint(with_step("hang")), "");
  EXPECT_EQ(complaint(with_step("{ hang: }")), "");
  EXPECT_NE(complaint(with_step("{ hang: 5s }")), "");
  EXPECT_NE(complaint(with_step("hangs")), "");
  EXPECT_EQ(complaint(with_step("{ wait: 1.5s }")), "");
  EXPECT_EQ(complaint(with_step("{ wait: 0 }")), "");
  EXPECT_NE(complaint(with_step("{ wait: 10 }")), "");
  EXPECT_NE(complaint(with_step("{ wait: 1m }")), "");
  EXPECT_NE(complaint(with_step("{ wait: 1s, say: Hello }")), "");
  EXPECT_NE(complaint(with_step("{ wait: 1s, chunk: 3 }")), "");
  EXPECT_NE(complaint(with_step("{ say: [{ text: a, refusal: b }] }")), "");
  EXPECT_EQ(complaint(with_step("{ call: [f, { g: '{' }] }")), "");
  EXPECT_NE(complaint(with_step("{ call: { f: 5 } }")), "");
  EXPECT_EQ(complaint(with_step("{ call: [file_search, { file_search: }] }")), "");
  EXPECT_NE(complaint(with_step("{ call: { file_search: cake } }")), "");
  EXPECT_NE(complaint(with_step("{ call: code_interpreter }")), "");
  EXPECT_EQ(complaint(with_step("{ call: { code_interpreter: { input: x } } }")), "");
  EXPECT_NE(complaint(with_step("{ call: { code_interpreter: { outputs: [] } } }")), "");
  EXPECT_NE(complaint(with_step("{ call: get weather }")), "");
  EXPECT_NE(complaint(with_step("{ fail: my_code }")), "");
  EXPECT_NE(complaint(with_step("{ say: Hello, chunk: 0 }")), "");
}

// A schema that lost its references would accept everything.
TEST(ScenarioSchema, DescribesEveryField) {
  const Json schema = scenario_schema();
  for (const SectionInfo& section : sections())
    for (const Field& field : fields_of(section.section)) {
      const Json& property = schema.at("definitions")
                                 .at(std::string(section.id))
                                 .at("properties")
                                 .at(std::string(field.key));
      EXPECT_EQ(property.at("description"), field.description);
    }
}

}  // namespace
}  // namespace assistants_mock::scenarios
