// docs/limits.md beside the table of limits.
#include <gtest/gtest.h>

#include "assistants_mock/limits.h"
#include "tests/docs/joined_table.h"

namespace assistants_mock::tests {
namespace {

using mock_server::LimitInfo;
using mock_server::Limits;

TEST(LimitsPage, HasTheDefaultsOfTheCode) {
  JoinedTable page{{"what", "default", "flag", "environment variable", "in `Limits`"},
                   {"beyond it", "held by"}};
  for (const LimitInfo& limit : mock_server::limit_table())
    page.rows.push_back({std::string(limit.what), amount(limit, Limits{}.*limit.member),
                         code(limit.flag), code(environment_variable(limit)), code(limit.name)});
  expect_joined_table("docs/limits.md", "limits", page);
}

// Whoever adds a bound adds its row: the struct holds nothing else.
TEST(LimitsPage, HasARowForEachMember) {
  EXPECT_EQ(mock_server::limit_table().size() * sizeof(std::size_t), sizeof(Limits));
}

}  // namespace
}  // namespace assistants_mock::tests
