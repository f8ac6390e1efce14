#include "tests/docs/joined_table.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <sstream>

#include "tests/golden_file.h"

namespace assistants_mock::tests {
namespace {

constexpr std::string_view unwritten = "?";

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

// The cells of a line "| a | b |"; a bar that belongs to a cell is written \|.
Cells cells_of(std::string_view line) {
  Cells cells;
  std::string cell;
  for (std::size_t at = 1; at < line.size(); ++at) {
    if (line[at] == '|' && line[at - 1] != '\\') {
      cells.push_back(trimmed(cell));
      cell.clear();
    } else {
      cell += line[at];
    }
  }
  return cells;
}

// What was written by hand, by the first cell of its line.
std::map<std::string, Cells> handwriting(const std::string& part, std::size_t code_columns) {
  std::map<std::string, Cells> written;
  std::istringstream lines(part);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| ")) continue;
    Cells cells = cells_of(line);
    if (cells.size() <= code_columns) continue;
    const std::string key = cells.front();
    cells.erase(cells.begin(), cells.begin() + static_cast<std::ptrdiff_t>(code_columns));
    written[key] = std::move(cells);
  }
  return written;
}

void append_line(std::string& text, const Cells& cells) {
  text += '|';
  for (const std::string& cell : cells) text += " " + cell + " |";
  text += '\n';
}

std::string part_of(std::string_view path, const std::string& mark) {
  const std::string document = file_text(source_path(path));
  const std::string from = "<!-- " + mark + " -->\n";
  const std::size_t begin = document.find(from);
  if (begin == std::string::npos) return "";
  return document.substr(begin, document.find("<!-- end of " + mark + " -->", begin) - begin);
}

}  // namespace

void expect_joined_table(std::string_view path, const std::string& mark, const JoinedTable& table) {
  const auto written = handwriting(part_of(path, mark), table.from_code.size());
  Cells heads = table.from_code;
  heads.insert(heads.end(), table.by_hand.begin(), table.by_hand.end());
  std::string text;
  append_line(text, heads);
  text += '|';
  for (std::size_t column = 0; column < heads.size(); ++column) text += "---|";
  text += '\n';
  std::set<std::string> keys;
  for (Cells cells : table.rows) {
    EXPECT_TRUE(keys.insert(cells.front()).second) << path << ": " << cells.front() << " twice";
    const auto found = written.find(cells.front());
    for (std::size_t column = 0; column < table.by_hand.size(); ++column) {
      const bool there = found != written.end() && column < found->second.size();
      cells.push_back(there ? found->second[column] : std::string(unwritten));
      EXPECT_FALSE(cells.back().empty() || cells.back() == unwritten)
          << path << ", part " << mark << ": write '" << table.by_hand[column] << "' of "
          << cells.front();
    }
    append_line(text, cells);
  }
  expect_generated_part(path, mark, text);
}

std::string code(std::string_view text) {
  const std::string fence = text.find('`') == std::string_view::npos ? "`" : "``";
  std::string shown = fence;
  for (const char character : text) {
    if (character == '|') shown += '\\';
    shown += character;
  }
  return shown + fence;
}

}  // namespace assistants_mock::tests
