// Facts that docs/ tells and that no test of a room holds: bounds of a whole server, ids in paths,
// models.
#include <gtest/gtest.h>

#include "mock_server/api/api_error.h"
#include "mock_server/tenants/tenants.h"
#include "tests/mock_server/test_api.h"

namespace assistants_mock::tests {
namespace {

using namespace mock_server;

// ours.limit. A key that is known already goes on.
TEST(Limits, AKeyTooManyIsRefusedWithItsFlag) {
  tenants::Tenants keys({.api = {.world = {.limits = {.keys = 2}}}},
                        scenarios::ScenarioBook().shared());
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
  TestApi api("echo", {.world = {.limits = {.objects = 2}}});
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

tenants::JournalEntry recorded(const std::string& path, std::size_t body_size) {
  tenants::JournalEntry entry;
  entry.request.path = path;
  entry.request.body = std::string(body_size, 'x');
  return entry;
}

TEST(Limits, OfRecordedRequestsTheOldestGo) {
  tenants::RequestJournal by_number(Limits{.journal_entries = 2});
  for (const char* path : {"/1", "/2", "/3"}) by_number.record(recorded(path, 0));
  ASSERT_EQ(by_number.find({}).size(), 2U);
  EXPECT_EQ(by_number.find({}).front().request.path, "/2");
  EXPECT_EQ(by_number.recorded(), 3U) << "those that have gone are still counted";

  tenants::RequestJournal by_bytes(Limits{.journal_bytes = 4000});
  for (int request = 0; request < 10; ++request) by_bytes.record(recorded("/", 1000));
  EXPECT_LE(by_bytes.find({}).size(), 3U);
  EXPECT_GE(by_bytes.find({}).size(), 1U);
}

TEST(Limits, OfALongTextTheJournalKeepsTheBeginning) {
  tenants::RequestJournal journal(Limits{.journal_body_bytes = 10});
  const std::uint64_t number = journal.record(recorded("/", 100));
  journal.append_answer(number, "0123456");
  journal.append_answer(number, "789abcd");
  const RecordedRequest request = journal.find({}).front().told();
  EXPECT_EQ(request.body, std::string(10, 'x'));
  EXPECT_EQ(request.body_bytes, 100U);
  EXPECT_EQ(request.answer, "0123456789");
  EXPECT_EQ(request.answer_bytes, 14U);
}

// ours.limit. A stream too many is refused before anything is done, and those that end make room.
TEST(Limits, AStreamTooManyIsRefusedWithItsFlag) {
  TestApi api("echo", {.world = {.limits = {.streams = 1}}});
  const std::string assistant =
      api.post("/assistants", R"({"model":"gpt-4o","instructions":"Hi"})").id();
  const std::string body = R"({"assistant_id":")" + assistant + R"(","stream":true})";
  TestAnswer first = api.post("/threads/runs", body);
  ASSERT_TRUE(first.stream);
  const std::size_t objects = api.api().objects();
  const TestAnswer refused = api.post("/threads/runs", body);
  EXPECT_EQ(refused.refusal, "ours.limit");
  EXPECT_NE(refused.message().find("--max-streams"), std::string::npos) << refused.message();
  EXPECT_EQ(api.api().objects(), objects) << "nothing was made";
  first.stream.reset();
  EXPECT_TRUE(api.post("/threads/runs", body).stream);
}

TEST(Limits, AFaultTooManyIsRefusedWithItsFlag) {
  api::FaultList faults(std::make_shared<api::FaultHistory>());
  const Limits limits{.faults = 1};
  faults.add({{.error = "rl.rpm"}}, limits);
  try {
    faults.add({{.error = "rl.rpm"}}, limits);
    FAIL() << "two faults where one is the limit";
  } catch (const api::ApiError& error) {
    EXPECT_EQ(error.row, "ours.limit");
    EXPECT_NE(error.message.find("--max-faults"), std::string::npos) << error.message;
  }
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
