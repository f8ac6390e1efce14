// docs/wire/first-version.md beside routes, bodies and rendered objects.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "mock_server/api/routes.h"
#include "mock_server/api/wire_json.h"
#include "tests/docs/body_description.h"
#include "tests/docs/joined_table.h"
#include "tests/docs/sample_objects.h"

namespace assistants_mock::tests {
namespace {

using namespace mock_server;
using namespace mock_server::api;
using Json = nlohmann::ordered_json;

constexpr std::string_view first_version_page = "docs/wire/first-version.md";

TEST(FirstVersionPage, OperationsAreThoseOfTheRoutes) {
  JoinedTable table{{"operation", "method and path", "query", "body"}, {"answer"}};
  for (const Route& route : routes())
    if (route.only == ApiVersion::first)
      table.rows.push_back({code(route.operation),
                            std::string(route.method) + " " + code(route.path),
                            route.query.paging ? "*list*" : "–", route.body ? "JSON" : "–"});
  expect_joined_table(first_version_page, "operations of the first version", table);
}

template <class Resource>
Json in_version(const Resource& resource, ApiVersion version) {
  return Json::parse(to_body(resource, {.version = version}));
}

// What the second version has instead is told by its own page.
template <class Resource>
void expect_both_versions(const std::string& object, const Resource& resource) {
  const Json first = in_version(resource, ApiVersion::first);
  const Json second = in_version(resource, ApiVersion::second);
  JoinedTable table{{"field", "first version", "second version"}};
  for (const std::string& key : merged_keys(first, second)) {
    const std::string other = value_of(second, key);
    table.rows.push_back(
        {code(key), value_of(first, key), other == value_of(first, key) ? "same" : other});
  }
  expect_joined_table(first_version_page, object + " of the first version", table);
}

template <class Resource>
void expect_alone(const std::string& object, const Resource& resource) {
  JoinedTable table{Cells{"field", "shown"}};
  const Json shown = in_version(resource, ApiVersion::first);
  for (const auto& [key, value] : shown.items())
    table.rows.push_back({code(key), code(value.dump())});
  expect_joined_table(first_version_page, object + " of the first version", table);
}

TEST(FirstVersionPage, ObjectsAreDescribedFieldByField) {
  store::Assistant with_tools = assistant();
  with_tools.tools.push_back({{"type", "file_search"}});
  with_tools.files = {{.id = "file-…", .owner_id = "asst_…", .created_at = birth}};
  expect_both_versions("assistant", with_tools);
  expect_both_versions("thread", thread());
  store::Message with_file = message();
  with_file.file_ids = {"file-…"};
  expect_both_versions("message", with_file);
  expect_both_versions("run", run_with_usage());
  expect_alone("assistant file", AssistantFile{{"file-…", "asst_…", birth}});
  expect_alone("message file", MessageFile{{"file-…", "msg_…", birth}});
}

// Metadata alone is what modifies threads, messages and runs.
constexpr auto first_version_bodies = std::to_array<std::string_view>(
    {"createAssistant", "modifyAssistant", "createAssistantFile", "createMessage", "createThread",
     "modifyThread", "createRun", "createThreadAndRun"});

const ObjectSchema& first_body_of(std::string_view operation) {
  const auto route = std::ranges::find(routes(), operation, &Route::operation);
  return route->first_body ? *route->first_body : *route->body;
}

TEST(FirstVersionPage, BodiesAreThoseOfTheTables) {
  BodyDescription description;
  for (const std::string_view operation : first_version_bodies) {
    JoinedTable table = description.table_of(operation, first_body_of(operation));
    table.by_hand.clear();  // meanings are those of the second version
    expect_joined_table(first_version_page,
                        "body of " + std::string(operation) + " of the first version", table);
  }
}

TEST(FirstVersionPage, EveryBodyIsDescribed) {
  for (const Route& route : routes()) {
    const ObjectSchema* body = route.only == ApiVersion::first ? route.body : route.first_body;
    if (body == nullptr || body == &first_body_of("modifyThread")) continue;
    EXPECT_EQ(std::ranges::count(first_version_bodies, route.operation), 1) << route.operation;
  }
}

}  // namespace
}  // namespace assistants_mock::tests
