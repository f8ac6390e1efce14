// What the front refuses on real sockets, and that it ends the connection after having said why.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "mock_server/http/http_front.h"
#include "tests/mock_server/http/envelope.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::mock_server::http {
namespace {

using api::Request;
using api::Response;
using std::chrono::milliseconds;
using tests::envelope;
using tests::RawAnswer;
using tests::RawClient;

struct RefusedRequest {
  int status;
  std::string bytes;
};

class RefusedRequests : public testing::TestWithParam<RefusedRequest> {};

TEST_P(RefusedRequests, GetAnErrorInTheEnvelopeAndTheConnectionEnds) {
  const HttpFront front({.limits = {.head_bytes = 1000,
                                    .headers = 20,
                                    .body_bytes = 1000,
                                    .head_time = milliseconds(50)}},
                        [](const Request&) -> Response {
                          ADD_FAILURE() << "reached the handler";
                          return {};
                        });
  RawClient client(front.port());
  client.send(GetParam().bytes);
  const RawAnswer answer = client.read_answer();
  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_EQ(api::header(answer.headers, "Content-Type"), "application/json");
  EXPECT_EQ(api::header(answer.headers, "Connection"), "close");
  const std::size_t message = answer.body.find(R"("message": ")") + 12;
  EXPECT_EQ(answer.body,
            envelope(answer.body.substr(message, answer.body.find('"', message) - message),
                     GetParam().status < 500 ? "invalid_request_error" : "server_error"));
  EXPECT_EQ(client.read_to_end(), "");
}

const std::string post = "POST / HTTP/1.1\r\n";
const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";

INSTANTIATE_TEST_SUITE_P(
    HttpFront, RefusedRequests,
    testing::ValuesIn(std::vector<RefusedRequest>{
        {400, "GET / HTTP/1.1\n\n"},
        {400, "\x16\x03\x01\x02"},
        {400, "GET /\r\n\r\n"},
        {505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {400, post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {400, post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx"},
        {400, post + "Content-Length: -1\r\n\r\nx"},
        {413, post + "Content-Length: 1001\r\n\r\n" + std::string(1001, 'x')},
        {413, post + "Expect: 100-continue\r\nContent-Length: 1001\r\n\r\n"},
        {413, chunked + "3e9\r\n" + std::string(1001, 'x') + "\r\n0\r\n\r\n"},
        {413, chunked + "fffffff\r\n" + std::string(9000, 'x')},
        {413, chunked + "1;" + std::string(900, 'x')},
        {400, chunked + "zz\r\n"},
        {400, chunked + "0\r\nTrailer: x\r\n\r\n"},
        {400, chunked + "5\r\nhelloworld\r\n0\r\n\r\n"},
        {415, post + "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"},
        {431, "GET /" + std::string(1000, 'x') + " HTTP/1.1\r\n\r\n"},
        {431, "GET /" + std::string(1000, 'x')},
        {408, "G"},
        {408, "GET / HTTP/1.1\r\n"},
        {408, post + "Content-Length: 2\r\n\r\nx"},
        {408, chunked + "5\r\nhel"},
    }));

TEST(RefusedRequest, ABodyBrokenOffIsRefusedToAClientThatStillListens) {
  const HttpFront front({}, [](const Request&) { return Response{}; });
  RawClient client(front.port());
  client.send("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab");
  client.close_sending();
  EXPECT_EQ(client.read_answer().status, 400);
}

}  // namespace
}  // namespace assistants_mock::mock_server::http
