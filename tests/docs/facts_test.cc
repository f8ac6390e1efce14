// Facts that docs/ tells and that no test of a room holds: bounds of a whole server, ids in paths,
// models.
#include <gtest/gtest.h>

#include "mock_server/tenants/tenants.h"
#include "tests/mock_server/test_api.h"

namespace assistants_mock::tests {
namespace {

using namespace mock_server;

// ours.limit. A key that is known already goes on.
TEST(Limits, AKeyTooManyIsRefusedWithItsFlag) {
  tenants::Tenants keys({.max_keys = 2}, scenarios::ScenarioBook().shared(),
                        std::make_shared<tenants::RequestJournal>(10, 1000));
  const auto ask = [&](const char* key) {
    return keys.handle(
        {"POST", "/v1/threads", {{"Authorization", key}, {"OpenAI-Beta", "assistants=v2"}}, ""},
        std::nullopt);
  };
  EXPECT_EQ(ask("Bearer one").status, 200);
  EXPECT_EQ(ask("Bearer two").status, 200);
  const api::Response refused = ask("Bearer three");
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("--max-keys"), std::string::npos) << refused.body;
  EXPECT_EQ(ask("Bearer one").status, 200);
}

// ours.limit. Nothing is made of a request that would go beyond.
TEST(Limits, AnObjectTooManyIsRefusedWithItsFlag) {
  TestApi api("echo", {.world = {.max_objects = 2}});
  const std::string two = R"({"messages":[{"role":"user","content":"a"}]})";
  const std::string thread = api.post("/threads", two).id();
  for (const char* body : {"{}", R"({"messages":[{"role":"user","content":"a"}]})"}) {
    const TestAnswer refused = api.post("/threads", body);
    EXPECT_EQ(refused.refusal, "ours.limit");
    EXPECT_NE(refused.message().find("--max-objects"), std::string::npos) << refused.message();
  }
  api.del("/threads/" + thread);
  EXPECT_EQ(api.post("/threads", two).status, 200) << "deleted objects make room";
}

RecordedRequest recorded(const std::string& path, std::size_t body_size) {
  RecordedRequest request;
  request.path = path;
  request.body = std::string(body_size, 'x');
  return request;
}

TEST(Limits, OfRecordedRequestsTheOldestGo) {
  tenants::RequestJournal by_number(2, 1'000'000);
  for (const char* path : {"/1", "/2", "/3"}) by_number.record(recorded(path, 0));
  ASSERT_EQ(by_number.requests().size(), 2U);
  EXPECT_EQ(by_number.requests().front().path, "/2");

  tenants::RequestJournal by_bytes(1000, 4000);
  for (int request = 0; request < 10; ++request) by_bytes.record(recorded("/", 1000));
  EXPECT_LE(by_bytes.requests().size(), 3U);
  EXPECT_GE(by_bytes.requests().size(), 1U);
}

// id.thread, id.assistant, id.run, id.msg: the form first, whatever is there.
TEST(PathIds, AreLookedAtBeforeTheyAreLookedFor) {
  TestApi api;
  const std::string thread = "/threads/" + api.post("/threads").id();
  EXPECT_EQ(api.get("/threads/undefined").refusal, "id.thread");
  EXPECT_EQ(api.get("/assistants/undefined").refusal, "id.assistant");
  EXPECT_EQ(api.get(thread + "/runs/undefined").refusal, "id.run");
  EXPECT_EQ(api.get(thread + "/messages/undefined").refusal, "id.msg");
  EXPECT_EQ(api.get("/assistants/asst-1").refusal, "nf.assistant") << "only the bare word counts";
}

// nf.model-route
TEST(Models, ThatWereDeletedAreGone) {
  TestApi api;
  EXPECT_EQ(api.get("/models/gpt-4o").status, 200);
  EXPECT_EQ(api.del("/models/gpt-4o").json.at("deleted"), true);
  EXPECT_EQ(api.get("/models/gpt-4o").refusal, "nf.model-route");
  EXPECT_EQ(api.del("/models/gpt-4o").refusal, "nf.model-route");
  EXPECT_EQ(api.post("/assistants", R"({"model":"gpt-4o"})").status, 200)
      << "any model can be named";
}

}  // namespace
}  // namespace assistants_mock::tests
