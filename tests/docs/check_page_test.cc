// docs/check.md beside the rules of the checker.
#include <gtest/gtest.h>

#include "assistants_mock/check_client.h"
#include "tests/docs/document.h"
#include "tests/docs/joined_table.h"

namespace assistants_mock::tests {
namespace {

std::string limit_of(const mock_server::RuleInfo& rule) {
  return rule.unit.empty() ? "" : std::to_string(rule.limit) + " " + std::string(rule.unit);
}

TEST(CheckPage, HasTheRulesOfTheCode) {
  JoinedTable table{{"rule", "a right client …", "why", "remedy", "seen in", "limit"}};
  for (const mock_server::RuleInfo& rule : mock_server::check_rules())
    table.rows.push_back({code(rule.name), std::string(rule.holds), std::string(rule.why),
                          std::string(rule.remedy), std::string(rule.source), limit_of(rule)});
  expect_joined_table("docs/check.md", "check rules", table);
}

TEST(CheckPage, HasARowForEachProfile) {
  JoinedTable table{{"profile", "what its scenarios hold"}};
  for (std::size_t place = 0; place < scenarios::case_profile_names.size(); ++place)
    table.rows.push_back({code(scenarios::case_profile_names[place]),
                          std::string(scenarios::case_profile_meanings[place])});
  expect_joined_table("docs/check.md", "case profiles", table);
}

// The sources that rules name are scenarios of the library.
TEST(CheckPage, NamesScenariosThatAreThere) {
  const auto names = scenarios::ScenarioBook::library_names();
  for (const mock_server::RuleInfo& rule : mock_server::check_rules()) {
    std::string_view source = rule.source;
    constexpr std::string_view of_library = "docs/library.md: ";
    if (!source.starts_with(of_library)) continue;
    source.remove_prefix(of_library.size());
    while (!source.empty()) {
      const std::size_t end = std::min(source.find(", "), source.size());
      EXPECT_NE(std::ranges::find(names, source.substr(0, end)), names.end())
          << rule.name << ": " << source.substr(0, end);
      source.remove_prefix(std::min(end + 2, source.size()));
    }
  }
}

}  // namespace
}  // namespace assistants_mock::tests
