// docs/search.md names the kinds of files that are read, as the code has them.
#include <gtest/gtest.h>

#include "mock_server/search/searchable_text.h"
#include "tests/docs/joined_table.h"

namespace assistants_mock::tests {
namespace {

TEST(SearchPage, NamesEveryExtension) {
  JoinedTable table{.from_code = {"extension"}, .by_hand = {"what is read", "test"}};
  for (const std::string_view extension : mock_server::search::searchable_extensions())
    table.rows.push_back({code(extension)});
  expect_joined_table("docs/search.md", "searchable extensions", table);
}

}  // namespace
}  // namespace assistants_mock::tests
