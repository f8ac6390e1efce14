// docs/scenarios.md says what the parser does: its tables are those of the field table, and its
// examples are read.
#include "scenarios/reference_tables.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "assistants_mock/scenario_book.h"
#include "scenarios/field_table.h"
#include "tests/golden_file.h"

namespace assistants_mock::scenarios {
namespace {

constexpr std::string_view page = "docs/scenarios.md";
constexpr std::string_view tables_begin =
    "<!-- Made from scenarios/field_table.cc; UPDATE_FIXTURES=1 writes it anew. -->\n\n";
constexpr std::string_view tables_end = "<!-- End of the made part. -->\n";

TEST(ScenariosPage, HasTheTablesOfTheFieldTable) {
  const std::string text = file_text(source_path(page));
  const std::size_t begin = text.find(tables_begin);
  const std::size_t end = text.find(tables_end);
  ASSERT_NE(begin, text.npos);
  ASSERT_NE(end, text.npos);
  expect_golden(page, text.substr(0, begin) + std::string(tables_begin) + reference_tables() +
                          "\n" + text.substr(end));
}

// The blocks of the page that are marked as `language`.
std::vector<std::string> blocks(const std::string& text, const std::string& language) {
  std::vector<std::string> found;
  const std::string fence = "```" + language + "\n";
  for (std::size_t at = text.find(fence); at != text.npos; at = text.find(fence, at)) {
    at += fence.size();
    const std::size_t end = text.find("```", at);
    found.push_back(text.substr(at, end - at));
    at = end + 3;
  }
  return found;
}

TEST(ScenariosPage, HasExamplesThatAreRead) {
  const std::vector<std::string> examples = blocks(file_text(source_path(page)), "yaml");
  EXPECT_GT(examples.size(), 5u);
  for (const std::string& example : examples)
    EXPECT_NO_THROW({
      try {
        ScenarioBook::parse(example, "example.yaml");
      } catch (const ScenarioError& error) {
        ADD_FAILURE() << error.what() << "\nin\n" << example;
      }
    });
}

// The example of mistakes, and what is told about it, stand one after the other.
TEST(ScenariosPage, ShowsMistakesAsTheyAreTold) {
  const std::string text = file_text(source_path(page));
  const std::vector<std::string> mistaken = blocks(text, "yaml-with-mistakes");
  const std::vector<std::string> told = blocks(text, "mistakes");
  ASSERT_EQ(mistaken.size(), told.size());
  ASSERT_FALSE(mistaken.empty());
  for (std::size_t at = 0; at < mistaken.size(); ++at) try {
      ScenarioBook::parse(mistaken[at], "chat.yaml");
      ADD_FAILURE() << "no mistake in\n" << mistaken[at];
    } catch (const ScenarioError& error) {
      EXPECT_EQ(std::string(error.what()) + "\n", told[at]);
    }
}

TEST(ReferenceTables, NameEveryField) {
  const std::string text = reference_tables();
  for (const SectionInfo& section : sections())
    for (const Field& field : fields_of(section.section))
      EXPECT_NE(text.find("| `" + std::string(field.key) + "`"), text.npos) << field.key;
}

}  // namespace
}  // namespace assistants_mock::scenarios
