#pragma once
// Files that a scenario brings along, seeded or made by code, and vector stores of seeded ones.
#include <optional>
#include <string>
#include <vector>

#include "scenarios/field_reader.h"
#include "scenarios/mistake_list.h"
#include "scenarios/scenario.h"
#include "scenarios/value_reader.h"
#include "scenarios/yaml_node.h"

namespace assistants_mock::scenarios {

std::vector<SeededFile> read_files(const YamlNode& list, const Asked& asked, MistakeList& mistakes);

// `files` are those that stores may hold.
std::vector<SeededVectorStore> read_vector_stores(const YamlNode& list, const Asked& asked,
                                                  const std::vector<SeededFile>& files,
                                                  MistakeList& mistakes);

// Each gives something even after a mistake.

std::string read_filename(const YamlNode& node, const Asked& asked, MistakeList& mistakes);
// The bytes under `content` or `base64`, exactly one of which `file` has to have.
std::string read_file_bytes(const FieldReader& fields, const YamlNode& file, MistakeList& mistakes);
std::string read_base64(const YamlNode& node, const Asked& asked, MistakeList& mistakes);

}  // namespace assistants_mock::scenarios
