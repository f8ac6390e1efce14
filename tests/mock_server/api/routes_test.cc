#include "mock_server/api/routes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "mock_server/api/api_error.h"

namespace assistants_mock::mock_server::api {
namespace {

std::string refusal_of(std::string_view method, std::string_view path) {
  try {
    return std::string(match_route(method, path).route->operation);
  } catch (const ApiError& error) {
    return std::string(error.row) + ": " + error.message;
  }
}

// All that the published schema has: docs/wire/endpoints.md; and six that the first version had.
TEST(Routes, EveryOperationHasOneRoute) {
  EXPECT_EQ(routes().size(), 51U + 6U);
  for (const Route& route : routes()) {
    std::string path(route.path);
    for (std::size_t open = 0; (open = path.find('{')) != std::string::npos;)
      path.replace(open, path.find('}') - open + 1, "some_id");
    EXPECT_EQ(refusal_of(route.method, path), route.operation);
    EXPECT_EQ(refusal_of(route.method, "/v1" + path), route.operation);
  }
}

TEST(Routes, UnknownUrlsAreToldWithTheirPath) {
  EXPECT_EQ(refusal_of("POST", "/v1/foo"), "route.unknown: Invalid URL (POST /v1/foo)");
  EXPECT_EQ(refusal_of("GET", "/v1/vector_stores/vs_a/associations"),
            "route.unknown: Invalid URL (GET /v1/vector_stores/vs_a/associations)");
  EXPECT_EQ(refusal_of("GET", "/v1"), "route.unknown: Invalid URL (GET /v1)");
  EXPECT_EQ(refusal_of("GET", "*"), "route.unknown: Invalid URL (GET *)");
  EXPECT_EQ(refusal_of("GET", "/v1/a/b/c/d/e/f/g/h"),
            "route.unknown: Invalid URL (GET /v1/a/b/c/d/e/f/g/h)");
  EXPECT_EQ(refusal_of("GET", "/v1threads/thread_x"),
            "route.unknown: Invalid URL (GET /v1threads/thread_x)");
}

TEST(Routes, WrongMethodsAreTold) {
  EXPECT_EQ(refusal_of("PUT", "/v1/assistants").substr(0, 13), "route.method:");
}

TEST(Routes, IdsAreDecodedPerSegment) {
  const RouteMatch match = match_route("GET", "/v1/threads/a%2Fb%20c%zz");
  ASSERT_EQ(match.path_ids.size(), 1U);
  EXPECT_EQ(match.path_ids[0].first, "thread_id");
  EXPECT_EQ(match.path_ids[0].second, "a/b c%zz");
}

TEST(Routes, EmptySegmentIsAnEmptyId) {
  EXPECT_EQ(match_route("GET", "/v1/threads/").path_ids[0].second, "");
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
