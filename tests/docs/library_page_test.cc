// docs/library.md beside the shipped scenarios: a table for each folder.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "assistants_mock/scenario_book.h"
#include "tests/docs/document.h"
#include "tests/docs/joined_table.h"
#include "tests/golden_file.h"

namespace assistants_mock::tests {
namespace {

using scenarios::ScenarioBook;

std::vector<std::string> split(const std::string& text, char mark) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, mark);) parts.push_back(part);
  return parts;
}

// Names of fields and of statuses go into backticks, without the comma or the dot behind them.
std::string with_names_marked(const std::string& sentence) {
  std::string marked;
  for (const std::string& word : split(sentence, ' ')) {
    const std::size_t end = word.find_last_not_of(".,;:") + 1;
    const bool is_name = word.find_first_of("_[") != std::string::npos;
    marked += marked.empty() ? "" : " ";
    marked += is_name ? code(word.substr(0, end)) + word.substr(end) : word;
  }
  return marked;
}

// openai/openai-node#1090 for a thread of GitHub, a file by its name, else the repository or host.
std::string link_text(const std::string& address) {
  const std::vector<std::string> parts = split(address.substr(address.find("//") + 2), '/');
  if (parts.front() != "github.com" || parts.size() < 3) return parts.front();
  const std::string repository = parts[1] + "/" + parts[2];
  if (parts.size() == 3) return repository;
  if (parts[3] == "issues" || parts[3] == "pull") return repository + "#" + parts.back();
  return parts.back();
}

std::string source_cell(const std::string& source) {
  if (source.find("https://") == std::string::npos) return source;
  std::string cell;
  for (const std::string& address : split(source, ' '))
    cell += (cell.empty() ? "[" : ", [") + link_text(address) + "](" + address + ")";
  return cell;
}

TEST(LibraryPage, HasATableForEachFolder) {
  std::map<std::string, JoinedTable> tables;
  for (const auto& entry : ScenarioBook::library()) {
    JoinedTable& table = tables[entry.folder];
    Cells row = {code(entry.name), with_names_marked(entry.teaches)};
    table.from_code = {"scenario", "teaches"};
    if (entry.folder != "first_steps") {
      table.from_code = {"scenario", "teaches", "the mistake in a client that it reveals",
                         "source"};
      row.push_back(with_names_marked(entry.reveals));
      row.push_back(source_cell(entry.source));
    }
    table.rows.push_back(std::move(row));
  }
  for (const auto& [folder, table] : tables)
    expect_joined_table("docs/library.md", "library " + folder, table);
  std::vector<std::string> expected = {"The library"};
  for (const auto& [folder, table] : tables) expected.push_back(folder);
  std::vector<std::string> found = headings(document("docs/library.md"));
  std::ranges::sort(found.begin() + 1, found.end());
  EXPECT_EQ(found, expected) << "a heading for each folder, and for nothing else";
}

}  // namespace
}  // namespace assistants_mock::tests
