#include "scenarios/indexing_reader.h"

#include <array>
#include <optional>
#include <string>

#include "scenarios/field_reader.h"
#include "scenarios/nearest_word.h"

namespace assistants_mock::scenarios {

namespace {

constexpr std::size_t max_indexing_rules = 100;
// OpenAPI: VectorStoreFileObject.last_error.code.
constexpr std::array<std::string_view, 3> codes = {"unsupported_file", "invalid_file",
                                                   "server_error"};

FileError read_error(const YamlNode& node, const Asked& asked, MistakeList& mistakes) {
  if (!node.is_map()) {
    const std::string code = read_word(node, asked, codes, mistakes).value_or("");
    return {code, std::string(usual_file_message(code))};
  }
  const FieldReader fields(Section::file_failure, node, mistakes);
  return {fields.error_code("code").value_or(""), fields.text("message").value_or("")};
}

IndexingRule read_rule(const YamlNode& node, PatternReader& patterns, MistakeList& mistakes) {
  const FieldReader fields(Section::indexing_rule, node, mistakes);
  IndexingRule rule;
  if (const YamlNode* filename = fields.find("filename"))
    rule.filename = patterns.read(*filename, fields.asked_for("filename"));
  if (const YamlNode* takes = fields.find("takes"))
    rule.takes = read_duration_or_forever(*takes, fields.asked_for("takes"), mistakes);
  if (const YamlNode* fail = fields.find("fail")) {
    rule.fail = read_error(*fail, fields.asked_for("fail"), mistakes);
    const YamlNode* takes = fields.find("takes");
    if (takes != nullptr && takes->text == "forever")
      mistakes.add(fail->place, "a file that is indexed forever never fails");
  }
  return rule;
}

std::vector<IndexingRule> read_rules(const YamlNode& list, const Asked& asked,
                                     PatternReader& patterns, MistakeList& mistakes) {
  std::vector<IndexingRule> rules;
  if (!is_list(list, asked, 0, max_indexing_rules, mistakes)) return rules;
  std::optional<int> last_line;
  for (const YamlNode& node : list.items) {
    if (last_line)
      mistakes.add(node.place, "this rule is never asked: the rule in line " +
                                   std::to_string(*last_line) + " fits every file");
    rules.push_back(read_rule(node, patterns, mistakes));
    if (!last_line && node.is_map() && find(node, "filename") == nullptr)
      last_line = node.place.line;
  }
  return rules;
}

}  // namespace

Indexing read_indexing(const YamlNode& node, PatternReader& patterns, MistakeList& mistakes) {
  constexpr std::array<std::string_view, 2> shown = {"batch", "store"};
  const FieldReader fields(Section::indexing, node, mistakes);
  Indexing indexing;
  if (const YamlNode* files = fields.find("files"))
    indexing.files = read_rules(*files, fields.asked_for("files"), patterns, mistakes);
  indexing.counters_lag = fields.duration("counters_lag").value_or(Duration{});
  indexing.found_after = fields.duration("found_after").value_or(Duration{});
  indexing.polled_batch_shows_store = fields.word("polled_batch_id", shown) == "store";
  return indexing;
}

}  // namespace assistants_mock::scenarios
