// docs/wire/endpoints.md beside the routes and the tables of bodies.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "mock_server/api/request_bodies.h"
#include "mock_server/api/routes.h"
#include "tests/docs/body_description.h"
#include "tests/docs/joined_table.h"

namespace assistants_mock::tests {
namespace {

using namespace mock_server::api;

constexpr std::string_view endpoint_page = "docs/wire/endpoints.md";

std::string query_of(const QueryParameters& query) {
  std::string names;
  if (query.paging) names += "*list*";
  if (query.files) names += "`limit` to 10,000, `order`, `after`, `purpose`";
  if (query.run_id) names += ", `run_id`";
  if (query.filter) names += ", `filter`";
  if (query.include) names += names.empty() ? "`include[]`" : ", `include[]`";
  return names.empty() ? "–" : names;
}

std::string body_of(const Route& route) {
  if (route.form != nullptr) return "form with " + code(route.form->file);
  return route.body != nullptr ? "JSON" : "–";
}

TEST(WireDocs, OperationsAreThoseOfTheRoutes) {
  JoinedTable table{{"operation", "method and path", "query", "body", "beta header"},
                    {"answer", "held by"}};
  for (const Route& route : routes()) {
    if (route.only == ApiVersion::first) continue;
    table.rows.push_back({code(route.operation), std::string(route.method) + " " + code(route.path),
                          query_of(route.query), body_of(route), route.beta ? "needed" : "–"});
  }
  expect_joined_table(endpoint_page, "operations", table);
}

// What simple pieces are made of comes first.
constexpr auto described_in_order = std::to_array<std::string_view>(
    {"createAssistant", "modifyAssistant", "createMessage", "createThread", "modifyThread",
     "createRun", "createThreadAndRun", "submitToolOuputsToRun", "createVectorStore",
     "modifyVectorStore", "createVectorStoreFile", "updateVectorStoreFileAttributes",
     "createVectorStoreFileBatch", "searchVectorStore", "createUpload", "completeUpload"});

const ObjectSchema& body_of(std::string_view operation) {
  return *std::ranges::find(routes(), operation, &Route::operation)->body;
}

TEST(WireDocs, BodiesAreThoseOfTheTables) {
  BodyDescription description;
  for (const std::string_view operation : described_in_order)
    expect_joined_table(endpoint_page, "body of " + std::string(operation),
                        description.table_of(operation, body_of(operation)));
}

TEST(WireDocs, EveryBodyIsDescribed) {
  for (const Route& route : routes()) {
    if (route.body == nullptr || route.body == &modify_metadata_body) continue;
    if (route.only == ApiVersion::first) continue;
    EXPECT_EQ(std::ranges::count(described_in_order, route.operation), 1) << route.operation;
  }
}

}  // namespace
}  // namespace assistants_mock::tests
