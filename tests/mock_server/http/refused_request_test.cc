// What the front refuses on real sockets: what the client is told, what whoever listens is told,
// and that the connection ends.
#include <gtest/gtest.h>

#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "mock_server/http/http_front.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::mock_server::http {
namespace {

using api::Request;
using api::Response;
using tests::RawAnswer;
using tests::RawClient;

// Keeps what a front refuses.
class Refusals {
 public:
  std::function<void(const RefusedRequest&)> listener() {
    return [this](const RefusedRequest& refused) {
      const std::lock_guard lock(mutex_);
      all_.push_back(refused);
    };
  }
  std::vector<RefusedRequest> all() const {
    const std::lock_guard lock(mutex_);
    return all_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<RefusedRequest> all_;
};

struct RefusedBytes {
  int status;
  std::string row;
  bool in_words;      // to the client; else it gets a bare status, as its head was not read whole
  std::string asked;  // the method and target as far as they are known
  std::string bytes;
};

// A front with small limits, which no request of these tests gets through.
struct RefusingFront {
  Refusals refusals;
  HttpFront front{{.limits = {.body_bytes = 1000, .head_bytes = 1000, .headers = 20, .head_ms = 50},
                   .on_refused = refusals.listener()},
                  [](const Request&) {
                    ADD_FAILURE() << "reached the handler";
                    return Response{};
                  }};
};

class RefusedRequests : public testing::TestWithParam<RefusedBytes> {};

// The text of `answer` for a refusal that says `message`.
std::string envelope(const RefusedRequest& refused) {
  const std::string type = refused.status < 500 ? "invalid_request_error" : "server_error";
  const bool is_limit = refused.message.find("--") != std::string::npos;
  return "{\n  \"error\": {\n    \"message\": \"" + refused.message + "\",\n    \"type\": \"" +
         type +
         "\",\n    \"param\": null,\n    \"code\": " + (is_limit ? "\"mock_limit\"" : "null") +
         "\n  }\n}";
}

TEST_P(RefusedRequests, AreAnsweredToldOnceAndTheConnectionEnds) {
  const RefusingFront refusing;
  RawClient client(refusing.front.port());
  client.send(GetParam().bytes);
  const RawAnswer answer = client.read_answer();
  EXPECT_EQ(client.read_to_end(), "");
  ASSERT_EQ(refusing.refusals.all().size(), 1u);
  const RefusedRequest refused = refusing.refusals.all().front();

  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_EQ(refused.status, GetParam().status);
  EXPECT_EQ(refused.row, GetParam().row);
  EXPECT_EQ(api::header(answer.headers, "Connection"), "close");
  EXPECT_EQ(refused.method + " " + refused.target,
            GetParam().asked.empty() ? " " : GetParam().asked);
  if (answer.body.empty()) {
    EXPECT_EQ(api::header(answer.headers, "Content-Length"), "0");
    EXPECT_EQ(answer.headers.size(), 2u) << answer.head;
  } else {
    EXPECT_EQ(answer.body, envelope(refused));
    EXPECT_EQ(api::header(answer.headers, "Content-Type"), "application/json");
  }
  EXPECT_EQ(!answer.body.empty(), GetParam().in_words);
}

const std::string post = "POST /v1/threads HTTP/1.1\r\n";
const std::string asked = "POST /v1/threads";
const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";

INSTANTIATE_TEST_SUITE_P(
    HttpFront, RefusedRequests,
    testing::ValuesIn(std::vector<RefusedBytes>{
        {400, "http.head", false, "", "GET / HTTP/1.1\n\n"},
        {400, "http.head", false, "", "\x16\x03\x01\x02"},
        {400, "http.head", false, "", "GET /\r\n\r\n"},
        {400, "http.head", false, asked, post + "no colon\r\n\r\n"},
        {505, "http.version", false, "PRI *", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {400, "http.framing", true, asked,
         post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {400, "http.framing", true, asked,
         post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx"},
        {400, "http.framing", true, asked, post + "Content-Length: -1\r\n\r\nx"},
        {400, "http.framing", true, asked, post + "Host: a\r\nHost: b\r\n\r\n"},
        {413, "http.body_size", true, asked,
         post + "Content-Length: 1001\r\n\r\n" + std::string(1001, 'x')},
        {413, "http.body_size", true, asked,
         post + "Expect: 100-continue\r\nContent-Length: 1001\r\n\r\n"},
        {413, "http.body_size", true, asked,
         chunked + "3e9\r\n" + std::string(1001, 'x') + "\r\n0\r\n\r\n"},
        {413, "http.body_size", true, asked, chunked + "fffffff\r\n" + std::string(9000, 'x')},
        {413, "http.body_size", true, asked, chunked + "1;" + std::string(900, 'x')},
        {400, "http.body", true, asked, chunked + "zz\r\n"},
        {400, "http.body", true, asked, chunked + "0\r\nTrailer: x\r\n\r\n"},
        {400, "http.body", true, asked, chunked + "5\r\nhelloworld\r\n0\r\n\r\n"},
        {415, "http.encoding", true, asked,
         post + "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"},
        {417, "http.expectation", true, asked, post + "Expect: 200-ok\r\n\r\n"},
        {501, "http.coding", true, asked, post + "Transfer-Encoding: gzip\r\n\r\n"},
        {431, "http.head_size", false, "", "GET /" + std::string(1000, 'x') + " HTTP/1.1\r\n\r\n"},
        {431, "http.head_size", false, "", "GET /" + std::string(1000, 'x')},
        {408, "http.time", false, "", "G"},
        {408, "http.time", false, "", "\r"},
        {408, "http.time", false, "", "GET / HTTP/1.1\r\n"},
        {408, "http.time", true, asked, post + "Content-Length: 2\r\n\r\nx"},
        {408, "http.time", true, asked, chunked + "5\r\nhel"},
    }));

TEST(RefusedRequest, OfTooManyHeadersHasNoBody) {
  const RefusingFront refusing;
  std::string bytes = post;
  for (int count = 0; count < 21; ++count) bytes += "A: 1\r\n";
  RawClient client(refusing.front.port());
  client.send(bytes + "\r\n");
  EXPECT_EQ(client.read_to_end(),
            "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n"
            "Content-Length: 0\r\n\r\n");
  ASSERT_EQ(refusing.refusals.all().size(), 1u);
  EXPECT_EQ(refusing.refusals.all().front().row, "http.headers");
}

// Whoever runs into a limit learns from the log how to raise it.
TEST(RefusedRequest, OfALimitNamesItAndItsFlag) {
  const RefusingFront refusing;
  tests::ask(refusing.front.port(), "GET /" + std::string(1000, 'x') + " HTTP/1.1\r\n\r\n");
  tests::ask(refusing.front.port(), post + "Content-Length: 1001\r\n\r\n");
  tests::ask(refusing.front.port(), "G");
  std::vector<std::string> messages;
  for (const RefusedRequest& refused : refusing.refusals.all()) messages.push_back(refused.message);
  EXPECT_EQ(messages, (std::vector<std::string>{
                          "The request's line and headers are larger than 1000 bytes. Start the "
                          "mock server with a higher --max-head to go on.",
                          "The request's body is larger than 1000 bytes. Start the mock server "
                          "with a higher --max-body to go on.",
                          "From its first byte on the request took longer than 50 ms. Start the "
                          "mock server with a higher --head-time to go on."}));
}

TEST(RefusedRequest, OneConnectionTooManyIsToldToo) {
  Refusals refusals;
  const HttpFront front({.limits = {.connections = 1}, .on_refused = refusals.listener()},
                        [](const Request&) { return Response{}; });
  RawClient first(front.port());
  first.send("GET / HTTP/1.1\r\n\r\n");
  first.read_answer();
  RawClient second(front.port());
  EXPECT_EQ(second.read_answer().status, 503);
  ASSERT_EQ(refusals.all().size(), 1u);
  EXPECT_EQ(refusals.all().front().row, "http.connections");
  EXPECT_EQ(refusals.all().front().message,
            "There are more connections than 1. Start the mock server with a higher "
            "--max-connections to go on.");
}

TEST(RefusedRequest, AHandlerThatThrowsIsToldWithWhatWasAsked) {
  Refusals refusals;
  const HttpFront front({.on_refused = refusals.listener()},
                        [](const Request&) -> Response { throw std::runtime_error("secret"); });
  EXPECT_EQ(tests::ask(front.port(), "GET /v1/x HTTP/1.1\r\n\r\n").status, 500);
  ASSERT_EQ(refusals.all().size(), 1u);
  EXPECT_EQ(refusals.all().front().target, "/v1/x");
  EXPECT_EQ(refusals.all().front().row, "http.failed");
}

TEST(RefusedRequest, AListenerThatThrowsChangesNothing) {
  const HttpFront front(
      {.on_refused = [](const RefusedRequest&) { throw std::runtime_error("log is full"); }},
      [](const Request&) { return Response{}; });
  EXPECT_EQ(tests::ask(front.port(), "GET / HTTP/3.1\r\n\r\n").status, 505);
  EXPECT_EQ(tests::ask(front.port(), "GET / HTTP/1.1\r\n\r\n").status, 200);
}

TEST(RefusedRequest, ABodyBrokenOffIsRefusedToAClientThatStillListens) {
  const HttpFront front({}, [](const Request&) { return Response{}; });
  RawClient client(front.port());
  client.send("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab");
  client.close_sending();
  EXPECT_EQ(client.read_answer().status, 400);
}

}  // namespace
}  // namespace assistants_mock::mock_server::http
