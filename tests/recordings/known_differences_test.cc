#include "tests/recordings/known_differences.h"

#include <gtest/gtest.h>

#include <set>

namespace assistants_mock::tests {
namespace {

TEST(KnownDifference, FitsItsFindingsOnly) {
  EXPECT_TRUE(fits("GET /runs /usage", "GET /runs /usage"));
  EXPECT_FALSE(fits("GET /runs /usage", "GET /runs /usage/x"));
  EXPECT_TRUE(fits("* /usage", "POST /threads/runs event thread.run.created /usage"));
  EXPECT_FALSE(fits("* /usage", "/usage"));
  EXPECT_TRUE(fits("*/tool*/*", "GET /runs /tools/*"));
  EXPECT_TRUE(fits("* /data/*/created_at", "GET /messages /data/*/created_at"));
  EXPECT_FALSE(fits("", "GET"));
}

TEST(KnownDifference, HasANameOfItsOwnAndAReason) {
  for (const auto profile :
       {mock_server::WireProfile::recorded, mock_server::WireProfile::schema}) {
    std::set<std::string_view> names;
    for (const Difference& difference : known_differences(profile)) {
      EXPECT_TRUE(names.insert(difference.name).second) << difference.name << " stands there twice";
      EXPECT_FALSE(difference.reason.empty()) << difference.name;
      EXPECT_FALSE(difference.where.empty()) << difference.name;
    }
  }
}

}  // namespace
}  // namespace assistants_mock::tests
