#include "mock_server/cli/scenario_commands.h"

#include <algorithm>
#include <iomanip>
#include <iostream>

#include "assistants_mock/scenario_book.h"
#include "mock_server/api/seeds.h"
#include "scenarios/explain.h"
#include "scenarios/scenario_schema.h"

namespace assistants_mock::cli {

using scenarios::ScenarioBook;

int validate(const std::vector<std::string>& files) {
  int status = 0;
  for (const std::string& file : files) {
    try {
      const ScenarioBook book = ScenarioBook::load(file);
      mock_server::api::require_valid_seeds(book.scenario());
      std::cout << file << ": right; " << book.scenario().rules.size() << " rules\n";
    } catch (const scenarios::ScenarioError& error) {
      std::cerr << error.what() << '\n';
      status = 2;
    } catch (const std::invalid_argument& error) {
      std::cerr << file << ": error: " << error.what() << '\n';
      status = 2;
    }
  }
  return status;
}

int list(const std::string& word) {
  const auto has_word = [&](const std::string& text) {
    return text.find(word) != std::string::npos;
  };
  const auto library = ScenarioBook::library();
  std::size_t width = 0;
  for (const auto& entry : library) width = std::max(width, entry.name.size());
  for (const auto& entry : library)
    if (has_word(entry.name) || has_word(entry.teaches))
      std::cout << std::left << std::setw(static_cast<int>(width) + 2) << entry.name
                << entry.teaches << '\n';
  return 0;
}

int explain(const std::string& scenario, const scenarios::RunQuestion& question, int asked_before) {
  std::cout << scenarios::explain(ScenarioBook::load(scenario).scenario(), question, asked_before);
  return 0;
}

int schema() {
  std::cout << scenarios::scenario_schema_text();
  return 0;
}

}  // namespace assistants_mock::cli
