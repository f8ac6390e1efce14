#include "mock_server/http/request_head.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace assistants_mock::mock_server::http {
namespace {

constexpr Limits limits{.body_bytes = 1000, .head_bytes = 500, .headers = 5};

// A head with `lines` between its request line and its end, each with its own line end.
std::string head(std::string_view lines,
                 std::string_view request_line = "POST /v1/threads HTTP/1.1") {
  return std::string(request_line).append("\r\n").append(lines).append("\r\n");
}

RequestHead accepted(const std::string& text) {
  RequestHead read;
  if (const auto refused = read_request_head(text, limits, read))
    ADD_FAILURE() << refused->error.status << " " << refused->error.message << " for:\n" << text;
  return read;
}

int refusal(const std::string& text) {
  RequestHead read;
  const auto refused = read_request_head(text, limits, read);
  return refused ? refused->error.status : 0;
}

TEST(RequestHead, TellsMethodTargetAndHeadersAsSent) {
  const RequestHead read = accepted(
      head("Host: a\r\nX-B: %41  b\t\r\nx-a:1\r\nX-Empty:\r\n", "BREW /v1/a%2Fb?x=1?y#z HTTP/1.1"));
  EXPECT_EQ(read.method, "BREW");
  EXPECT_EQ(read.target, "/v1/a%2Fb?x=1?y#z");
  const api::Headers headers = {{"Host", "a"}, {"X-B", "%41  b"}, {"x-a", "1"}, {"X-Empty", ""}};
  EXPECT_EQ(read.headers, headers);
}

TEST(RequestHead, TellsHowTheBodyIsFramed) {
  EXPECT_EQ(accepted(head("Content-Length: 12\r\n")).content_length, 12u);
  EXPECT_EQ(accepted(head("content-length: 0012\r\n")).content_length, 12u);
  EXPECT_FALSE(accepted(head("Content-Length: 12\r\n")).chunked);
  EXPECT_TRUE(accepted(head("transfer-encoding: Chunked\r\n")).chunked);
  EXPECT_EQ(accepted(head("")).content_length, 0u);
}

TEST(RequestHead, TellsWhetherTheClientWaitsForContinue) {
  EXPECT_TRUE(accepted(head("Expect: 100-Continue\r\n")).expects_continue);
  EXPECT_FALSE(accepted(head("")).expects_continue);
  EXPECT_FALSE(accepted(head("Expect: 100-continue\r\n", "POST / HTTP/1.0")).expects_continue);
}

TEST(RequestHead, TellsWhetherTheConnectionEnds) {
  EXPECT_TRUE(accepted(head("Connection: Close\r\n")).closes);
  EXPECT_TRUE(accepted(head("Connection: x , close\r\n")).closes);
  EXPECT_FALSE(accepted(head("Connection: keep-alive\r\n")).closes);
  EXPECT_FALSE(accepted(head("")).closes);
  EXPECT_TRUE(accepted(head("Connection: keep-alive\r\n", "GET / HTTP/1.0")).closes);
}

struct RefusedHead {
  int status;
  std::string text;
};

class RefusedHeads : public testing::TestWithParam<RefusedHead> {};

TEST_P(RefusedHeads, AreRefused) {
  EXPECT_EQ(refusal(GetParam().text), GetParam().status) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(RequestHead, RefusedHeads,
                         testing::ValuesIn(std::vector<RefusedHead>{
                             {400, head("", "")},
                             {400, head("", "GET")},
                             {400, head("", "GET /")},
                             {400, head("", "GET  / HTTP/1.1")},
                             {400, head("", "GET / HTTP/1.1 ")},
                             {400, head("", " GET / HTTP/1.1")},
                             {400, head("", "G(T / HTTP/1.1")},
                             {400, head("", "GET /\t HTTP/1.1")},
                             {400, head("", "GET / http/1.1")},
                             {400, head("", "GET / HTTP/1.12")},
                             {505, head("", "GET / HTTP/1.2")},
                             {505, head("", "PRI * HTTP/2.0")},
                             {400, head("no colon\r\n")},
                             {400, head(": no name\r\n")},
                             {400, head("Space : before colon\r\n")},
                             {400, head("A: 1\r\n folded: 2\r\n")},
                             {400, head("A: 1\r\n\tfolded\r\n")},
                             {400, head(std::string("A: x\0y\r\n", 8))},
                             {400, head("A: x\ry\r\n")},
                             {400, head("A: x\ny: z\r\n")},
                             {400, head("Host: a\r\nHost: a\r\n")},
                             {400, head("Content-Length:\r\n")},
                             {400, head("Content-Length: abc\r\n")},
                             {400, head("Content-Length: -1\r\n")},
                             {400, head("Content-Length: +1\r\n")},
                             {400, head("Content-Length: 1, 1\r\n")},
                             {400, head("Content-Length: 0x1\r\n")},
                             {400, head("Content-Length: 1\r\nContent-Length: 1\r\n")},
                             {400, head("Content-Length: 1\r\ncontent-length: 2\r\n")},
                             {400, head("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n")},
                             {400, head("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n")},
                             {400,
                              head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
                             {400, head("Transfer-Encoding: chunked\r\n", "POST / HTTP/1.0")},
                             {400, head("Content-Length: 1\r\n", "HEAD / HTTP/1.1")},
                             {501, head("Transfer-Encoding: gzip, chunked\r\n")},
                             {501, head("Transfer-Encoding: xchunked\r\n")},
                             {415, head("Content-Encoding: gzip\r\nContent-Length: 1\r\n")},
                             {417, head("Expect: 200-ok\r\n")},
                             {431, head("A: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\nE: 1\r\nF: 1\r\n")},
                             {431, head("A: " + std::string(500, 'x') + "\r\n")},
                         }));

// A request whose end is in doubt is refused for that, whatever else is wrong with it.
TEST(RequestHead, OfSeveralReasonsTheMostDangerousIsTold) {
  EXPECT_EQ(refusal(head("Expect: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n")), 400);
  EXPECT_EQ(refusal(head("Transfer-Encoding: gzip\r\nContent-Length: 1\r\n")), 400);
}

TEST(RequestHead, WhatWasReadOfARefusedOneIsKnown) {
  RequestHead read;
  const auto refused = read_request_head(head("Content-Length: x\r\n"), limits, read);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->error.row, "http.framing");
  EXPECT_FALSE(refused->unread);
  EXPECT_EQ(read.method + " " + read.target, "POST /v1/threads");
}

TEST(RequestHead, LimitsThemselvesAreAllowed) {
  accepted(head("Content-Length: 1000\r\n"));
  accepted(head("A: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\nE: 1\r\n"));
  const std::string around = head("A: \r\n");
  EXPECT_EQ(accepted(head("A: " + std::string(500 - around.size(), 'x') + "\r\n")).headers.size(),
            1u);
}

TEST(HeadScan, FindsTheEndHoweverTheBytesArrive) {
  const std::string bytes = head("A: 1\r\n") + "the body";
  const std::size_t size = bytes.size() - 8;
  for (std::size_t scanned = 0; scanned < size; ++scanned) {
    EXPECT_EQ(scan_head(std::string_view(bytes).substr(0, scanned)).state,
              HeadScan::State::incomplete);
    const HeadScan rest = scan_head(bytes, scanned);
    EXPECT_EQ(rest.state, HeadScan::State::complete);
    EXPECT_EQ(rest.size, size);
  }
}

TEST(HeadScan, TellsAtOnceWhatIsNotHttp) {
  using State = HeadScan::State;
  EXPECT_EQ(scan_head("GET / HTTP/1.1\n").state, State::malformed);
  EXPECT_EQ(scan_head("GET / HTTP/1.1\r\nA: 1\n").state, State::malformed);
  EXPECT_EQ(scan_head("GET / HTTP/1.1\rA").state, State::malformed);
  EXPECT_EQ(scan_head("\x16\x03\x01").state, State::malformed);  // TLS
  EXPECT_EQ(scan_head(std::string_view("\0", 1)).state, State::malformed);
  EXPECT_EQ(scan_head("GET /\x7f").state, State::malformed);
  EXPECT_EQ(scan_head("GET / HTTP/1.1\r").state, State::incomplete);
  EXPECT_EQ(scan_head("").state, State::incomplete);
}

}  // namespace
}  // namespace assistants_mock::mock_server::http
