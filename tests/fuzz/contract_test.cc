// The checks of the contract, shown answers that break it.
#include "tests/fuzz/contract.h"

#include <gtest/gtest.h>

#include "tests/fuzz/http_answers.h"
#include "tests/fuzz/known_refusals.h"

namespace assistants_mock::tests {
namespace {

constexpr std::string_view ok = "HTTP/1.1 200 OK\r\n";
constexpr std::string_view not_found =
    R"({"error":{"message":"No thread found.","type":"invalid_request_error","param":null,"code":null}})";

std::vector<HttpAnswer> answers(std::string_view headers_and_body, bool sent_head = false) {
  return read_answers(std::string(ok) + std::string(headers_and_body), sent_head);
}

TEST(HttpAnswers, AreReadWithEachFraming) {
  EXPECT_EQ(answers("Content-Length: 2\r\n\r\n{}").front().body, "{}");
  EXPECT_EQ(answers("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\na\r\n0123456789\r\n0\r\n\r\n")
                .front()
                .body,
            "{}0123456789");
  EXPECT_EQ(answers("Connection: close\r\n\r\nall").front().body, "all");
  EXPECT_EQ(answers("Content-Length: 0\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n").size(), 2u);
  EXPECT_TRUE(answers("Content-Length: 9\r\n\r\n", true).front().to_head);
  EXPECT_TRUE(read_answers("", false).empty());
}

TEST(HttpAnswers, ThatAreNotWholeBreakTheContract) {
  for (const char* broken :
       {"", "Content-Length: 2\r\n", "Content-Length: 2\r\n\r\n{", "Content-Length: 2\r\n\r\n{}}",
        "Content-Length: 9\r\n\r\n", "Content-Length: two\r\n\r\n{}", "Content-Length: -1\r\n\r\n",
        "no header\r\n\r\n", ": x\r\n\r\n", "X: \x01\r\nContent-Length: 0\r\n\r\n", "\r\nrest",
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}",
        "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n", "Transfer-Encoding: chunked\r\n\r\nx\r\n"})
    EXPECT_THROW(answers(broken), BrokenContract) << broken;
  for (const char* broken : {"HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n",
                             "HTTP/1.1 999 OK\r\n\r\n", "HTTP/1.1 200\r\n\r\n", "{}"})
    EXPECT_THROW(read_answers(broken, false), BrokenContract) << broken;
}

TEST(KnownRefusals, AreThoseOfTheCatalogue) {
  EXPECT_NO_THROW(require_known_row("nf.thread", 404));
  EXPECT_THROW(require_known_row("nf.thread", 400), BrokenContract);
  EXPECT_THROW(require_known_row("nobody", 404), BrokenContract);
  EXPECT_THROW(require_known_row("internal", 500), BrokenContract);

  EXPECT_NO_THROW(require_known_error(404, not_found));
  EXPECT_THROW(require_known_error(418, not_found), BrokenContract);
  EXPECT_THROW(require_known_error(500, not_found), BrokenContract);
  for (const char* broken :
       {"", "{}", "[]", R"({"error":null})", R"({"error":{"message":"x"}})",
        R"({"error":{"message":"","type":"invalid_request_error","param":null,"code":null}})",
        R"({"error":{"message":"x","type":"invalid_request_error","param":1,"code":null}})",
        R"({"error":{"message":"x","type":"other","param":null,"code":null}})",
        R"({"error":{"message":"x","type":"invalid_request_error","param":null,"code":"other"}})"})
    EXPECT_THROW(require_known_error(404, broken), BrokenContract) << broken;
}

TEST(EventStreams, AreEventsOfJsonToTheLast) {
  EXPECT_NO_THROW(
      require_event_stream("event: a\ndata: {}\n\nevent: done\ndata: [DONE]\n\n", true));
  EXPECT_NO_THROW(require_event_stream("event: a\ndata: {}\n\n", false));
  EXPECT_THROW(require_event_stream("event: a\ndata: {}\n\n", true), BrokenContract);
  EXPECT_THROW(require_event_stream("event: done\ndata: [DONE]\n\n", false), BrokenContract);
  EXPECT_THROW(require_event_stream("event: a\ndata: {\n\n", false), BrokenContract);
  EXPECT_THROW(require_event_stream("event: done\ndata: {}\n\n", true), BrokenContract);
  EXPECT_THROW(
      require_event_stream("event: done\ndata: [DONE]\n\nevent: done\ndata: [DONE]\n\n", true),
      BrokenContract);
  EXPECT_THROW(require_event_stream("event: a\n", false), std::runtime_error);
  EXPECT_THROW(require_json_object("[]"), BrokenContract);
  EXPECT_THROW(require_json_object("{"), BrokenContract);
}

}  // namespace
}  // namespace assistants_mock::tests
