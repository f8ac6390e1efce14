// ./dev bench [TABLE…]: prints one table after the other, or those named. Ratios count, not
// absolute figures: the baselines run on the same machine in the same minute.
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <string_view>
#include <vector>

#include "tests/bench/benchmarks.h"

namespace {

using namespace assistants_mock::bench;

struct Table {
  std::string_view name;
  void (*report)();
};
constexpr std::array tables = {
    Table{"requests", report_requests}, Table{"conversations", report_conversations},
    Table{"life", report_life},         Table{"program", report_program},
    Table{"streams", report_streams},   Table{"many_streams", report_many_streams},
    Table{"tenants", report_tenants},   Table{"growth", report_growth},
    Table{"search", report_search},     Table{"vector_stores", report_vector_stores},
    Table{"uploads", report_uploads},   Table{"faults", report_faults},
    Table{"check", report_check},
};

bool is_table(std::string_view name) {
  return std::ranges::find(tables, name, &Table::name) != tables.end();
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string_view> wanted(words + 1, words + count);
  if (!std::ranges::all_of(wanted, is_table)) {
    std::fprintf(stderr, "bench: the tables are");
    for (const Table& table : tables) std::fprintf(stderr, " %s", table.name.data());
    std::fprintf(stderr, "\n");
    return 2;
  }
  try {
    for (const Table& table : tables)
      if (wanted.empty() || std::ranges::find(wanted, table.name) != wanted.end()) table.report();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench: %s\n", error.what());
    return 1;
  }
}
