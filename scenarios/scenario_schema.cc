// Puts the schema together from the field table.
#include "scenarios/scenario_schema.h"

#include "scenarios/field_table.h"

namespace assistants_mock::scenarios {

namespace {

Json parsed(std::string_view schema) {
  return Json::parse(schema);
}

Json reference_to(std::string_view id) {
  return {{"$ref", "#/definitions/" + std::string(id)}};
}

Json section_schema(const SectionInfo& section) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Field& field : fields_of(section.section)) {
    // Draft-07 ignores what stands beside a $ref, so the description goes around it.
    properties[std::string(field.key)] = {
        {"description", field.description},
        {"allOf", Json::array({parsed(info(field.value).schema)})}};
    if (field.required) required.push_back(field.key);
  }
  Json schema = {{"description", section.description},
                 {"type", "object"},
                 {"additionalProperties", false},
                 {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  if (section.section == Section::criteria) schema["minProperties"] = 1;
  if (section.section == Section::say_part || section.section == Section::code_output) {
    schema["minProperties"] = 1;
    schema["maxProperties"] = 1;
  }
  if (section.section == Section::vector_store)
    schema["dependencies"] = parsed(R"({"idle_days":["expires_after_days"]})");
  if (section.section == Section::seeded_file || section.section == Section::made_file)
    schema["oneOf"] = parsed(R"([{"required":["content"]},{"required":["base64"]}])");
  return schema;
}

Json step_schema() {
  Json choices = Json::array();
  for (Section step : step_sections()) choices.push_back(reference_to(info(step).id));
  // `- hang` needs no colon.
  choices.push_back({{"const", fields_of(Section::hang_step).front().key}});
  return {{"anyOf", std::move(choices)}};
}

}  // namespace

Json scenario_schema() {
  Json definitions = Json::object();
  for (const SectionInfo& section : sections())
    definitions[std::string(section.id)] = section_schema(section);
  definitions["step"] = step_schema();
  definitions["steps"] = {{"type", "array"}, {"maxItems", 1000}, {"items", reference_to("step")}};
  for (const SharedSchema& shared : shared_schemas())
    definitions[std::string(shared.id)] = parsed(shared.schema);
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "A scenario of the Assistants API mock"}};
  schema.update(reference_to(info(Section::scenario).id));
  schema["definitions"] = std::move(definitions);
  return schema;
}

std::string scenario_schema_text() {
  return scenario_schema().dump(2) + "\n";
}

}  // namespace assistants_mock::scenarios
