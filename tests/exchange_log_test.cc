#include "tests/exchange_log.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

#include "assistants_mock/scenario_book.h"
#include "tests/golden_file.h"
#include "tests/stream_events.h"

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;
using mock_server::api::Api;
using mock_server::api::Request;

// A directory of its own for each test, gone afterwards.
class ExchangeLogFile : public testing::Test {
 protected:
  ExchangeLogFile()
      : directory_(fs::path(testing::TempDir()) /
                   ("exchanges-" + std::to_string(::getpid()) + "-" +
                    testing::UnitTest::GetInstance()->current_test_info()->name())) {}
  ~ExchangeLogFile() override { fs::remove_all(directory_); }

  std::string text() const {
    std::string all;
    for (const auto& entry : fs::directory_iterator(directory_)) all += file_text(entry.path());
    return all;
  }

  fs::path directory_;
};

TEST_F(ExchangeLogFile, HoldsAnAnswerOfTheApiOnOneLine) {
  Api api({}, scenarios::ScenarioBook().shared());
  const Request request{"GET", "/v1/threads/thread_1?x=1", {}, ""};
  ExchangeLog(directory_).record(request, api.handle(request));
  EXPECT_TRUE(text().starts_with(
      R"({"method":"GET","path":"/v1/threads/thread_1","query":"?x=1","status":401,)"
      R"("body":{"error":{"message":)"))
      << text();
  EXPECT_EQ(std::ranges::count(text(), '\n'), 1);
}

TEST_F(ExchangeLogFile, HoldsTheCompleteEventsOfAStream) {
  ExchangeLog(directory_)
      .record("POST", "/threads/runs", 200, "text/event-stream; charset=utf-8",
              "event: thread.created\ndata: {\"id\":1}\n\n"
              "event: done\ndata: [DONE]\n\nevent: thr");
  EXPECT_EQ(text(),
            R"({"method":"POST","path":"/threads/runs","query":"","status":200,"events":[)"
            R"({"event":"thread.created","data":{"id":1}},{"event":"done","data":"[DONE]"}]})"
            "\n");
}

TEST_F(ExchangeLogFile, GrowsWithEveryLogOfAProcess) {
  for (const char* body : {"{}", "not JSON"})
    ExchangeLog(directory_).record("GET", "/models", 200, "application/json", body);
  EXPECT_EQ(text(), R"({"method":"GET","path":"/models","query":"","status":200,"body":{}})"
                    "\n"
                    R"({"method":"GET","path":"/models","query":"","status":200,"body":"not JSON"})"
                    "\n");
}

TEST(ExchangeLog, WritesNothingUnlessAsked) {
  ExchangeLog log("");
  EXPECT_FALSE(log.writes());
  log.record("GET", "/models", 200, "application/json", "{}");
}

TEST(StreamEvents, AreReadInOrder) {
  const auto events = stream_events("event: a\ndata: {}\n\nevent: done\ndata: [DONE]\n\n");
  ASSERT_EQ(events.size(), 2U);
  EXPECT_EQ(events[0].name, "a");
  EXPECT_EQ(events[0].data, "{}");
  EXPECT_EQ(events[1].data, "[DONE]");
}

TEST(StreamEvents, HaveOneFormOnly) {
  for (const char* bytes : {"event: a\ndata: {}\n", "event: a\n\n", "data: {}\n\n", ": alive\n\n",
                            "event:a\ndata: {}\n\n", "event: a\ndata: {}\ndata: {}\n\n",
                            "event: a\r\ndata: {}\r\n\r\n", "\n\n"})
    EXPECT_THROW(stream_events(bytes), std::runtime_error) << bytes;
}

}  // namespace
}  // namespace assistants_mock::tests
