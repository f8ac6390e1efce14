// Azure's spelling of the same requests: paths, version, key and the header that it does without
// (docs/wire/endpoints.md, "Azure's spelling").
#include "mock_server/api/spelling.h"

#include <gtest/gtest.h>

#include "mock_server/api/routes.h"
#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server::api {
namespace {

const Headers azure_key = {{"api-key", "k"}};

std::string row_of_answer(const std::string& method, const std::string& target,
                          const Headers& headers = azure_key) {
  return TestApi().send({method, target, headers, ""}).refusal;
}

TEST(Spelling, IsWhatStandsInFront) {
  struct Case {
    std::string_view path;
    Spelling spelling;
    std::string_view rest;
  };
  for (const Case& one :
       {Case{"/threads", Spelling::openai, "/threads"},
        Case{"/v1/threads", Spelling::openai, "/threads"},
        Case{"/openai/threads", Spelling::azure, "/threads"},
        Case{"//openai/threads", Spelling::azure, "/threads"},
        Case{"/openai/v1/threads", Spelling::azure_v1, "/threads"},
        Case{"//openai/v1/threads", Spelling::azure_v1, "/threads"},
        Case{"/openai", Spelling::azure, ""}, Case{"/openai/v1", Spelling::azure_v1, ""},
        Case{"/openai/v10/threads", Spelling::azure, "/v10/threads"},
        Case{"/openaithreads", Spelling::openai, "/openaithreads"},
        Case{"//threads", Spelling::openai, "//threads"},
        Case{"///openai/threads", Spelling::openai, "///openai/threads"},
        Case{"/v1/openai/threads", Spelling::openai, "/openai/threads"},
        Case{"", Spelling::openai, ""}}) {
    EXPECT_EQ(spelled(one.path).spelling, one.spelling) << one.path;
    EXPECT_EQ(spelled(one.path).rest, one.rest) << one.path;
  }
}

TEST(Spelling, EveryOperationIsServedInAzures) {
  for (const Route& route : routes())
    for (const std::string prefix : {"/openai", "/openai/v1", "//openai"}) {
      const RouteMatch match = match_route(route.method, prefix + std::string(route.path));
      EXPECT_EQ(match.route, &route) << prefix << route.path;
      EXPECT_NE(match.spelling, Spelling::openai) << prefix << route.path;
      EXPECT_TRUE(path_fits(route.path, prefix + std::string(route.path) + "?api-version=1"));
    }
  EXPECT_NE(form_of("POST", "/openai/files"), nullptr);
}

TEST(Spelling, AnUnknownPathOfAzuresIsRefusedAsAnyOther) {  // route.unknown, route.method
  TestApi api;
  for (const std::string path :
       {"/openai", "/openai/nowhere", "/openai/v1/nowhere", "/openai/openai/threads",
        "/v1/openai/threads", "/openai/deployments/gpt-4o/assistants"}) {
    const TestAnswer answer = api.send({"GET", path + "?api-version=1", azure_key, ""});
    EXPECT_EQ(answer.refusal, "route.unknown") << path;
    EXPECT_EQ(answer.message(), "Invalid URL (GET " + path + ")");
  }
  EXPECT_EQ(row_of_answer("PUT", "/openai/assistants?api-version=1"), "route.method");
  EXPECT_EQ(row_of_answer("GET", "/openai/v1/assistants/asst_1/files"), "beta.v1-only-route");
}

TEST(Spelling, AVersionIsAskedForWhereAzureDoes) {  // route.api-version
  for (const std::string target :
       {"/openai/models", "/openai/models?api-version", "/openai/models?api-version=",
        "/openai/models?limit=1&Api_version=1", "/openai/threads/thread_1"}) {
    const TestAnswer answer = TestApi().send({"GET", target, {}, ""});
    EXPECT_EQ(answer.refusal, "route.api-version") << target << ": it comes before the key";
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.message(), "Resource not found");
    EXPECT_EQ(answer.json.at("error").at("code"), "404");
  }
  for (const std::string target :
       {"/openai/models?api-version=2024-05-01-preview", "/openai/models?api%2Dversion=any",
        "/openai/v1/models", "/openai/v1/models?api-version=preview", "/v1/models?api-version=1",
        "/openai/files?purpose=assistants&api-version=1"})
    EXPECT_EQ(row_of_answer("GET", target), "") << target;
}

TEST(Spelling, TheVersionIsNoUnknownParameter) {
  EXPECT_EQ(row_of_answer("GET", "/openai/assistants?api-version=1&limit=2"), "");
  EXPECT_EQ(row_of_answer("GET", "/openai/assistants?limit=0&api-version=1"), "v.intmin");
  EXPECT_EQ(row_of_answer("GET", "/openai/assistants?api-version=1&version=1"), "v.unknown");
}

TEST(Spelling, TheBetaHeaderIsNotLookedAtInAzures) {
  for (const std::string target : {"/openai/threads?api-version=1", "/openai/v1/threads"}) {
    EXPECT_EQ(row_of_answer("POST", target), "") << target;
    EXPECT_EQ(row_of_answer("POST", target, {{"api-key", "k"}, {"OpenAI-Beta", "assistants=v1"}}),
              "")
        << target;
  }
  EXPECT_EQ(row_of_answer("POST", "/v1/threads"), "beta.missing") << "another key, the same path";
}

TEST(Spelling, AKeyComesInEitherHeader) {
  EXPECT_EQ(key_in({{"API-Key", "k"}}), "k");
  EXPECT_EQ(key_in({{"Authorization", "Bearer k"}}), "k");
  EXPECT_EQ(key_in({{"Authorization", "Bearer k"}, {"api-key", "z"}}), "z");
  EXPECT_EQ(key_in({{"Authorization", "Basic eDp5"}, {"api-key", "z"}}), "z");
  EXPECT_EQ(key_in({{"Authorization", "Bearer k"}, {"api-key", ""}}), "k");
}

TEST(Spelling, AKeyThatIsNoneIsRefused) {  // auth.missing, auth.empty
  const std::string target = "/openai/threads?api-version=1";
  EXPECT_EQ(row_of_answer("POST", target, {}), "auth.missing");
  EXPECT_EQ(row_of_answer("POST", target, {{"api-key", ""}}), "auth.empty");
  EXPECT_EQ(row_of_answer("POST", target, {{"api-key", ""}, {"Authorization", "Bearer "}}),
            "auth.empty");
  EXPECT_EQ(row_of_answer("POST", target, {{"api-key", ""}, {"Authorization", "Basic eDp5"}}),
            "auth.missing");
}

TEST(Spelling, FaultsStrikeInAny) {
  TestApi api(scenarios::ScenarioBook::parse(
      "faults: [{ on: POST /threads, times: 1, error: rl.rpm }]\nruns: [{ do: [] }]"));
  const Request request{"POST", "/openai/threads?api-version=1", azure_key, ""};
  EXPECT_EQ(api.send(request).refusal, "rl.rpm");
  EXPECT_EQ(api.send(request).refusal, "");
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
