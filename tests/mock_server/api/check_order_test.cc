// Only one refusal is ever told, the first in the service's order (docs/wire/errors.md, "Order of
// checks"): each request here is wrong in what it names and in all that is checked later.
#include <gtest/gtest.h>

#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server {
namespace {

struct Wrong {
  const char* name;
  const char* path;
  api::Headers headers;
  const char* body;
  int status;
  const char* row;
};

const api::Headers nothing = {};
const api::Headers no_beta = {{"Authorization", "Bearer key"}};
const api::Headers empty_key = {{"Authorization", "Bearer "}};
const api::Headers v1 = {{"Authorization", "Bearer key"}, {"OpenAI-Beta", "assistants=v1"}};

std::vector<Wrong> wrong_requests() {
  const api::Headers right = TestApi::client_headers();
  return {
      {"route before key", "/v1/nowhere", nothing, "{", 404, "route.unknown"},
      {"key before beta", "/v1/threads/x/runs", nothing, "{", 401, "auth.missing"},
      {"empty key", "/v1/threads/x/runs", empty_key, "{", 401, "auth.empty"},
      {"beta before JSON", "/v1/threads/x/runs", no_beta, "{", 400, "beta.missing"},
      {"old beta before JSON", "/v1/threads/x/runs", v1, "{", 400, "beta.v1"},
      {"JSON before fields", "/v1/threads/x/runs", right, "{", 400, "body.notjson"},
      {"fields before ids", "/v1/threads/x/runs", right, "{}", 400, "v.missing"},
      {"ids before existence", "/v1/threads/x/runs", right, R"({"assistant_id":"asst_none"})", 400,
       "id.thread"},
      {"thread before assistant", "/v1/threads/thread_none/runs", right,
       R"({"assistant_id":"asst_none"})", 404, "nf.thread"},
      {"outputs: thread before state", "/v1/threads/thread_none/runs/run_none/submit_tool_outputs",
       right, R"({"tool_outputs":[{"tool_call_id":"c","output":""}]})", 404, "nf.thread"},
  };
}

TEST(CheckOrder, FirstRefusalOnly) {
  for (const Wrong& wrong : wrong_requests()) {
    TestApi api("echo", {.first_version = FirstVersion::refused});
    const TestAnswer answer = api.send({"POST", wrong.path, wrong.headers, wrong.body});
    EXPECT_EQ(answer.status, wrong.status) << wrong.name;
    EXPECT_EQ(answer.refusal, wrong.row) << wrong.name << ": " << answer.json;
  }
}

TEST(CheckOrder, AssistantBeforeTheThreadsState) {
  TestApi api;
  const std::string thread = api.post("/threads").id();
  EXPECT_EQ(api.post("/threads/" + thread + "/runs", R"({"assistant_id":"asst_none"})").refusal,
            "nf.assistant");
}

// Refused at the edge: none of the API's own headers.
TEST(CheckOrder, EdgeRefusalsLookLikeTheEdge) {
  TestApi api;
  const TestAnswer answer = api.send({"GET", "/v1/assistants", {}, ""});
  EXPECT_EQ(api::header(answer.headers, "Content-Type"), "application/json; charset=utf-8");
  EXPECT_EQ(api::header(answer.headers, "Vary"), "Origin");
  EXPECT_FALSE(api::has_header(answer.headers, "openai-version"));
}

TEST(CheckOrder, ModelsNeedNoBetaHeader) {
  TestApi api;
  const TestAnswer answer = api.send({"GET", "/v1/models", {{"Authorization", "Bearer k"}}, ""});
  EXPECT_EQ(answer.status, 200);
}

TEST(CheckOrder, VectorStoresNeedNoBetaHeader) {
  TestApi api;
  const api::Headers key = {{"Authorization", "Bearer k"}};
  EXPECT_EQ(api.send({"POST", "/v1/vector_stores", key, "{}"}).status, 200);
  EXPECT_EQ(api.send({"GET", "/v1/vector_stores", key, ""}).json.at("data").size(), 1);
}

}  // namespace
}  // namespace assistants_mock::mock_server
