#include "mock_server/api/sse.h"

#include <gtest/gtest.h>

namespace assistants_mock::mock_server::api {
namespace {

std::string rendered(std::string_view name, std::string_view data) {
  std::string bytes;
  append_event(bytes, name, data);
  return bytes;
}

TEST(Sse, AnEventIsTwoLinesAndAnEmptyOne) {
  EXPECT_EQ(rendered("thread.run.created", R"({"id":"run_1"})"),
            "event: thread.run.created\ndata: {\"id\":\"run_1\"}\n\n");
  EXPECT_EQ(rendered("done", "[DONE]"), "event: done\ndata: [DONE]\n\n");
}

TEST(Sse, EventsFollowEachOtherInOneBuffer) {
  std::string bytes = "before";
  append_event(bytes, "a", "1");
  append_event(bytes, "b", "2");
  EXPECT_EQ(bytes, "beforeevent: a\ndata: 1\n\nevent: b\ndata: 2\n\n");
}

TEST(Sse, LineEndsInDataCannotEndTheEvent) {
  EXPECT_EQ(rendered("odd", "a\nb\r\nc\rd"), "event: odd\ndata: a\ndata: b\ndata: c\ndata: d\n\n");
  EXPECT_EQ(rendered("odd", "a\n\n"), "event: odd\ndata: a\ndata: \ndata: \n\n");
  EXPECT_EQ(rendered("odd", ""), "event: odd\ndata: \n\n");
}

TEST(Sse, LineEndsInANameAreLeftOut) {
  EXPECT_EQ(rendered("a\nb\r\nc", "1"), "event: abc\ndata: 1\n\n");
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
