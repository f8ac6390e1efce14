// The front on real sockets: what reaches the handler, what reaches the client. What it refuses by
// itself is in refused_request_test.cc; streams, and the end of a server, in stream_answer_test.cc.
#include "mock_server/http/http_front.h"

#include <gtest/gtest.h>

#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "mock_server/api/api_error.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::mock_server::http {
namespace {

using api::Request;
using api::Response;
using tests::ask;
using tests::RawAnswer;
using tests::RawClient;

// Tells the client what reached the handler.
Response echo(const Request& request) {
  std::string text = request.method + " " + request.target + "\n";
  for (const auto& [name, value] : request.headers)
    text.append(name).append(": ").append(value).append("\n");
  return {.headers = {{"Content-Type", "text/plain"}}, .body = text + "\n" + request.body};
}

TEST(HttpFront, EveryMethodAndTargetReachTheHandlerAsSent) {
  const HttpFront front({}, echo);
  RawClient client(front.port());
  for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"})
    for (const std::string target : {"/", "/v1/a%2Fb/%zz?x=1?y&x=%41", "*", "/..//.%00"}) {
      std::string line = method;
      line.append(" ").append(target);
      client.send(line + " HTTP/1.1\r\n\r\n");
      EXPECT_EQ(client.read_answer().body, line + "\n\n");
    }
}

TEST(HttpFront, HeadersReachTheHandlerIntactAndInOrder) {
  const HttpFront front({}, echo);
  const std::string headers =
      "X-B: sk%41%0d%0a\nHost: h\nX-A: \nREMOTE_ADDR: 1.2.3.4\nRange: bytes=0-1\n"
      "Accept-Encoding: gzip, br\nX-B: 2\n";
  std::string request = "GET / HTTP/1.1\r\n";
  for (const char letter : headers) request += letter == '\n' ? "\r\n" : std::string(1, letter);
  const RawAnswer answer = ask(front.port(), request + "\r\n");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "GET /\n" + headers + "\n");
}

TEST(HttpFront, BodiesReachTheHandlerWhateverTheyAre) {
  const HttpFront front({}, [](const Request& request) { return Response{.body = request.body}; });
  RawClient client(front.port());
  std::string binary(300'000, '\0');
  for (std::size_t at = 0; at < binary.size(); ++at) binary[at] = static_cast<char>(at * 7);
  const std::vector<std::string> types = {"application/json", "multipart/form-data; boundary=B",
                                          "multipart/form-data",
                                          "application/x-www-form-urlencoded"};
  for (const std::string& type : types) {
    client.send("POST / HTTP/1.1\r\nContent-Type: " + type + "\r\nContent-Length: 300000\r\n\r\n");
    client.send(binary);
    EXPECT_EQ(client.read_answer().body, binary) << type;
  }
}

TEST(HttpFront, ChunkedBodiesArePutTogether) {
  const HttpFront front({}, [](const Request& request) { return Response{.body = request.body}; });
  RawClient client(front.port());
  const std::string request =
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1;x=y\r\n \r\n"
      "A\r\n0123456789\r\n0\r\n\r\n";
  client.send(request + request);
  EXPECT_EQ(client.read_answer().body, "hello 0123456789");
  EXPECT_EQ(client.read_answer().body, "hello 0123456789");
}

TEST(HttpFront, ABodyOfAGetIsReadAndNotTakenForARequest) {
  const HttpFront front({}, echo);
  RawClient client(front.port());
  client.send("GET /1 HTTP/1.1\r\nContent-Length: 19\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
  client.send("GET /3 HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "GET /1\nContent-Length: 19\n\nGET /2 HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "GET /3\n\n");
}

TEST(HttpFront, PipelinedRequestsAreAllAnswered) {
  const HttpFront front({}, echo);
  RawClient client(front.port());
  client.send(
      "POST /1 HTTP/1.1\r\n\r\n\r\nPOST /2 HTTP/1.1\r\nContent-Length: 2\r\n\r\nab"
      "GET /3 HTTP/1.1\r\n\r\nGET /4 HTT");
  EXPECT_EQ(client.read_answer().body, "POST /1\n\n");
  EXPECT_EQ(client.read_answer().body, "POST /2\nContent-Length: 2\n\nab");
  EXPECT_EQ(client.read_answer().body, "GET /3\n\n");
  client.send("P/1.1\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "GET /4\n\n");
}

TEST(HttpFront, RequestsMayArriveByteByByte) {
  const HttpFront front({}, echo);
  RawClient client(front.port());
  for (const char letter : std::string("PUT /1 HTTP/1.1\r\nContent-Length: 2\r\n\r\nab"))
    client.send(std::string(1, letter));
  EXPECT_EQ(client.read_answer().body, "PUT /1\nContent-Length: 2\n\nab");
}

TEST(HttpFront, AConnectionIsKeptForManyRequests) {
  const HttpFront front({}, echo);
  RawClient client(front.port());
  for (int count = 0; count < 300; ++count) {
    client.send("POST / HTTP/1.1\r\n\r\n");
    ASSERT_EQ(client.read_answer().status, 200);
  }
}

TEST(HttpFront, AnswersAreExactlyWhatTheHandlerGave) {
  const HttpFront front({}, [](const Request&) {
    return Response{.status = 429,
                    .headers = {{"Content-Type", "application/json"}, {"Retry-After", "1"}},
                    .body = "{}"};
  });
  const std::string expected =
      "HTTP/1.1 429 Too Many Requests\r\nContent-Length: 2\r\nContent-Type: application/json\r\n"
      "Retry-After: 1\r\n\r\n{}";
  RawClient client(front.port());
  client.send("GET / HTTP/1.1\r\nAccept-Encoding: gzip\r\n\r\n");
  EXPECT_EQ(client.read_until("{}"), expected);
  client.send("GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
  std::string closing = expected;
  closing.insert(closing.find("Content-Length"), "Connection: close\r\n");
  EXPECT_EQ(client.read_to_end(), closing);
}

TEST(HttpFront, HandlersCannotBreakTheMessage) {
  const HttpFront front({}, [](const Request&) {
    return Response{.headers = {{"X-Good", "1"},
                                {"X-Split", "1\r\nX-Injected: 1"},
                                {"X-Line", "1\n"},
                                {"X Name", "1"},
                                {"X-Zero", std::string("a\0b", 3)},
                                {"Content-Length", "99"},
                                {"Transfer-Encoding", "chunked"},
                                {"Keep-Alive", "timeout=5"}},
                    .body = "body"};
  });
  const RawAnswer answer = ask(front.port(), "GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(answer.head, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nX-Good: 1\r\n\r\n");
  EXPECT_EQ(answer.body, "body");
}

TEST(HttpFront, AHandlerMayEndTheConnection) {
  const HttpFront front({}, [](const Request&) {
    return Response{.headers = {{"connection", "close"}}, .body = "last"};
  });
  RawClient client(front.port());
  client.send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.read_to_end(),
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nlast");
}

TEST(HttpFront, AnswersToHeadHaveHeadersOnly) {
  const HttpFront front({}, echo);
  RawClient client(front.port());
  client.send("HEAD /1 HTTP/1.1\r\n\r\n");
  const RawAnswer answer = client.read_answer(true);
  EXPECT_EQ(answer.head,
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nContent-Type: text/plain\r\n\r\n");
  client.send("GET /2 HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client.read_answer().body, "GET /2\n\n");
}

TEST(HttpFront, AStatusWithoutBodyHasNone) {
  const HttpFront front({}, [](const Request& request) {
    return Response{.status = request.target == "/204" ? 204 : 304, .body = "dropped"};
  });
  RawClient client(front.port());
  client.send("GET /204 HTTP/1.1\r\n\r\nGET /304 HTTP/1.1\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(
      client.read_to_end(),
      "HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
}

TEST(HttpFront, LargeAnswersArriveWhole) {
  std::string large(5'000'000, 'x');
  large.back() = '!';
  const HttpFront front({}, [&](const Request&) { return Response{.body = large}; });
  RawClient client(front.port());
  client.send("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(client.read_answer().body == large);
  EXPECT_TRUE(client.read_answer().body == large);
}

TEST(HttpFront, ExpectingClientsAreToldToContinue) {
  const HttpFront front({}, echo);
  RawClient client(front.port());
  client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ab");
  EXPECT_EQ(client.read_answer().body, "POST /\nExpect: 100-continue\nContent-Length: 2\n\nab");
}

TEST(HttpFront, ConnectionsOfHttp10EndAfterTheAnswer) {
  const HttpFront front({}, echo);
  RawClient client(front.port());
  client.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_TRUE(client.read_to_end().ends_with("\r\n\r\nGET /1\nConnection: keep-alive\n\n"));
}

TEST(HttpFront, WhateverAHandlerThrowsIsAnsweredAndTheConnectionKept) {
  const HttpFront front({}, [](const Request& request) -> Response {
    if (request.target == "/exception") throw std::runtime_error("secret");
    if (request.target == "/other") throw 42;
    return {.status = request.target == "/low" ? 42 : 4242};
  });
  RawClient client(front.port());
  for (const std::string target : {"/exception", "/other", "/low", "/high"}) {
    client.send("POST " + target + " HTTP/1.1\r\nContent-Length: 1\r\n\r\nx");
    const RawAnswer answer = client.read_answer();
    EXPECT_EQ(answer.head,
              "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 149\r\n"
              "Content-Type: application/json\r\n\r\n");
    EXPECT_EQ(answer.body, api::to_body(api::api_error::unanswered()));
  }
}

TEST(HttpFront, AClientThatOnlyClosedItsSideIsAnswered) {
  const HttpFront front({}, echo);
  RawClient client(front.port());
  client.send("GET /1 HTTP/1.1\r\n\r\n");
  client.close_sending();
  EXPECT_EQ(client.read_answer().body, "GET /1\n\n");
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(HttpFront, IdleConnectionsEndWithoutAWord) {
  const HttpFront front({.limits = {.idle_ms = 20}}, echo);
  RawClient client(front.port());
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(HttpFront, WaitingConnectionsStarveNobody) {
  const HttpFront front({}, echo);
  std::vector<std::unique_ptr<RawClient>> waiting;
  for (int count = 0; count < 100; ++count) {
    waiting.push_back(std::make_unique<RawClient>(front.port()));
    if (count % 2 == 0) waiting.back()->send("GET / HTT");
  }
  EXPECT_EQ(ask(front.port(), "GET /1 HTTP/1.1\r\n\r\n").body, "GET /1\n\n");
}

TEST(HttpFront, ConnectionsBeyondTheLimitAreTurnedAwayUntilOthersEnd) {
  const HttpFront front({.limits = {.connections = 1}}, echo);
  {
    RawClient first(front.port());
    first.send("GET /1 HTTP/1.1\r\n\r\n");
    EXPECT_EQ(first.read_answer().status, 200);
    RawClient second(front.port());
    const RawAnswer refused = second.read_answer();
    EXPECT_EQ(refused.head,
              "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n"
              "Content-Length: 0\r\n\r\n");
    EXPECT_EQ(second.read_to_end(), "");
    first.send("GET /2 HTTP/1.1\r\nConnection: close\r\n\r\n");
    first.read_to_end();
  }
  int status = 503;  // the first connection's thread may need another moment
  while (status == 503) {
    RawClient next(front.port());
    try {
      next.send("GET / HTTP/1.1\r\n\r\n");
      status = next.read_answer().status;
    } catch (const std::system_error&) {  // turned away before it could ask
    }
  }
  EXPECT_EQ(status, 200);
}

TEST(HttpFront, APortIsNeverShared) {
  const HttpFront front({}, echo);
  try {
    const HttpFront second({.port = front.port()}, echo);
    FAIL() << "both listen";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::address_in_use);
    EXPECT_NE(std::string(error.what()).find("127.0.0.1 port " + std::to_string(front.port())),
              std::string::npos);
  }
}

TEST(HttpFront, APortCanBeTakenAgainAtOnce) {
  int port = 0;
  for (int count = 0; count < 5; ++count) {
    const HttpFront front({.port = port}, echo);
    port = front.port();
    EXPECT_EQ(ask(port, "GET / HTTP/1.1\r\n\r\n").status, 200);
  }
}

// Of which kind "localhost" is depends on the machine; its port belongs to one server in any case.
TEST(HttpFront, HostsAreNamesOrAddressesOfEitherKind) {
  const HttpFront named({.host = "localhost"}, echo);
  EXPECT_THROW(HttpFront({.host = "localhost", .port = named.port()}, echo), std::system_error);
  try {
    const HttpFront v6({.host = "::1"}, echo);
    RawClient client(v6.port(), "::1");
    client.send("GET /6 HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.read_answer().body, "GET /6\n\n");
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::address_in_use) throw;
    GTEST_SKIP() << "this machine has no IPv6: " << error.what();
  }
}

TEST(HttpFront, WhereItCannotListenItSaysSo) {
  EXPECT_THROW(HttpFront({.host = "192.0.2.1"}, echo), std::system_error);
  EXPECT_THROW(HttpFront({.host = "no such host"}, echo), std::system_error);
  EXPECT_THROW(HttpFront({.port = 70'000}, echo), std::system_error);
  EXPECT_THROW(HttpFront({.port = -1}, echo), std::system_error);
}

}  // namespace
}  // namespace assistants_mock::mock_server::http
