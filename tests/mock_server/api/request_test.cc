#include "mock_server/api/request.h"

#include <gtest/gtest.h>

namespace assistants_mock::mock_server::api {
namespace {

TEST(Request, HeadersAreFoundWithoutCaseAndTheFirstCounts) {
  const Headers headers = {{"X-Ab", ""}, {"content-type", "text/plain"}, {"Content-Type", "2"}};
  EXPECT_EQ(header(headers, "Content-Type"), "text/plain");
  EXPECT_EQ(header(headers, "CONTENT-TYPE"), "text/plain");
  EXPECT_TRUE(has_header(headers, "x-aB"));
  EXPECT_EQ(header(headers, "x-ab"), "");
}

TEST(Request, AHeaderThatIsNotThereIsEmpty) {
  const Headers headers = {{"X-Ab", "1"}};
  for (const std::string_view name : {"X-A", "X-Abc", "", "X_Ab"}) {
    EXPECT_FALSE(has_header(headers, name)) << name;
    EXPECT_EQ(header(headers, name), "") << name;
  }
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
