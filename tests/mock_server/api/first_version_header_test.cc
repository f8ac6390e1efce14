// Which version a request is answered in, by its header and by what the server is told: docs/wire/
// first-version.md, "Which version is served".
#include <gtest/gtest.h>

#include "mock_server/api/routes.h"
#include "tests/mock_server/api/first_version_client.h"

namespace assistants_mock::mock_server::api {
namespace {

std::string path_with_ids(const Route& route) {
  std::string path(route.path);
  const auto fill = [&](const std::string& name, const std::string& id) {
    if (const std::size_t at = path.find(name); at != path.npos) path.replace(at, name.size(), id);
  };
  fill("{assistant_id}", "asst_1");
  fill("{thread_id}", "thread_1");
  fill("{message_id}", "msg_1");
  fill("{run_id}", "run_1");
  fill("{vector_store_id}", "vs_1");
  return path;
}

// beta.v1, beta.v1-only-route; what needs no header is served all the same.
TEST(FirstVersion, IsRefusedWhereTheServerIsToldTo) {
  TwoVersions api("echo", {.first_version = FirstVersion::refused});
  for (const Route& route : routes()) {
    const TestAnswer answer = api.send(1, std::string(route.method), path_with_ids(route));
    if (route.only == ApiVersion::first)
      EXPECT_EQ(answer.refusal, "beta.v1-only-route") << route.operation;
    else if (route.beta)
      EXPECT_EQ(answer.refusal, "beta.v1") << route.operation;
    else
      EXPECT_FALSE(answer.refusal.starts_with("beta.")) << route.operation;
  }
}

// beta.v1-only-route, with either setting
TEST(FirstVersion, ItsOwnOperationsTakeNoOtherHeader) {
  for (const FirstVersion setting : {FirstVersion::served, FirstVersion::refused}) {
    TwoVersions api("echo", {.first_version = setting});
    std::size_t seen = 0;
    for (const Route& route : routes()) {
      if (route.only != ApiVersion::first) continue;
      ++seen;
      const std::string method(route.method);
      const TestAnswer answer = api.send(2, method, path_with_ids(route));
      EXPECT_EQ(answer.refusal, "beta.v1-only-route") << route.operation;
      EXPECT_EQ(answer.status, 400) << route.operation;
      const TestAnswer bare = api.api().send(
          {method, "/v1" + path_with_ids(route), {{"Authorization", "Bearer key"}}, ""});
      EXPECT_EQ(bare.refusal, "beta.v1-only-route") << route.operation;
    }
    EXPECT_EQ(seen, 6U);
  }
}

// route.method, route.unknown: as before the second version came.
TEST(FirstVersion, HasNoOperationOfTheSecond) {
  TwoVersions api;
  for (const Route& route : routes()) {
    const TestAnswer answer = api.send(1, std::string(route.method), path_with_ids(route));
    EXPECT_EQ(route.only == ApiVersion::second, answer.refusal.starts_with("route."))
        << route.operation << ": " << answer.refusal;
    if (route.operation == "deleteMessage") {
      EXPECT_EQ(answer.status, 405);
      EXPECT_EQ(answer.message(),
                "Not allowed to DELETE on /v1/threads/thread_1/messages/msg_1. (HINT: Perhaps you "
                "meant to use a different HTTP method?)");
    } else if (route.only == ApiVersion::second) {
      EXPECT_TRUE(route.path.starts_with("/vector_stores")) << route.operation;
      EXPECT_EQ(answer.refusal, "route.unknown") << route.operation;
    }
  }
  EXPECT_EQ(api.get_1("/vector_stores?limit=2").message(), "Invalid URL (GET /v1/vector_stores)");
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
