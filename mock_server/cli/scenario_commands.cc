#include "mock_server/cli/scenario_commands.h"

#include <algorithm>
#include <cctype>
#include <iomanip>
#include <iostream>
#include <map>

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

namespace {

std::string in_lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char letter) {
    return static_cast<char>(std::tolower(letter));
  });
  return text;
}

bool has_word(const ScenarioBook::LibraryEntry& entry, const std::string& lower_word) {
  for (const std::string& text : {entry.name, entry.folder, entry.teaches, entry.reveals})
    if (in_lower_case(text).find(lower_word) != std::string::npos) return true;
  return false;
}

}  // namespace

int list(const std::string& word) {
  std::size_t width = 0;
  std::map<std::string, std::vector<ScenarioBook::LibraryEntry>> folders;
  for (const auto& entry : ScenarioBook::library()) {
    width = std::max(width, entry.name.size());
    if (has_word(entry, in_lower_case(word))) folders[entry.folder].push_back(entry);
  }
  for (const auto& [folder, entries] : folders) {
    std::cout << folder << '\n';
    for (const auto& entry : entries)
      std::cout << "  " << std::left << std::setw(static_cast<int>(width) + 2) << entry.name
                << entry.teaches << '\n';
  }
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
