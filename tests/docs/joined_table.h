#pragma once
// Tables of a document of which the code knows one half and a person wrote the other: the first
// columns are made from the code, the columns behind them are kept, line by line, by the first
// cell.
#include <string>
#include <string_view>
#include <vector>

namespace assistants_mock::tests {

using Cells = std::vector<std::string>;

struct JoinedTable {
  Cells from_code;  // heads of the columns
  Cells by_hand = {};
  std::vector<Cells> rows = {};  // the cells of from_code; no two begin with the same
};

// The part of the document under `mark` (see expect_generated_part) is this table, and no cell that
// a person has to write is empty. Updating makes the code's half anew and writes ? into cells that
// nobody has filled in yet, which are refused as empty ones are.
void expect_joined_table(std::string_view path, const std::string& mark, const JoinedTable& table);

// In backticks, whatever it holds.
std::string code(std::string_view text);

}  // namespace assistants_mock::tests
