// Answers are written in two ways: past httplib where request and answer are plain, by httplib
// where the body has to be fetched first. On the wire nobody can tell which it was.
#include "mock_server/http/plain_answer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mock_server/http/http_front.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::mock_server::http {
namespace {

using api::Request;
using api::Response;
using tests::RawClient;

std::string bytes_of_answer(const Response& answer, const std::string& request) {
  const HttpFront front({}, [&](const Request&) { return answer; });
  RawClient client(front.port());
  client.send(request);
  return client.read_to_end();
}

// The same question twice, with a body that is there at once and with one in chunks.
void expect_same_bytes(const Response& answer, const std::string& line) {
  const std::string closing = line + "Connection: close\r\n";
  const std::string plain = bytes_of_answer(answer, closing + "Content-Length: 2\r\n\r\n{}");
  const std::string fetched =
      bytes_of_answer(answer, closing + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
  EXPECT_EQ(plain, fetched) << answer.status;
  EXPECT_TRUE(plain.starts_with("HTTP/1.1 " + std::to_string(answer.status) + " "));
}

const std::string post_line = "POST / HTTP/1.1\r\n";

TEST(PlainAnswer, HasTheBytesThatHttplibWritesForEachStatus) {
  for (int status = 200; status < 600; ++status)
    expect_same_bytes({.status = status, .headers = {{"Content-Type", "text/plain"}}, .body = "x"},
                      post_line);
}

TEST(PlainAnswer, HasItsHeadersInTheSameOrder) {
  expect_same_bytes({.headers = {{"x-request-id", "1"},
                                 {"Content-Type", "application/json"},
                                 {"openai-version", "2020-10-01"},
                                 {"Zebra", ""},
                                 {"content-a", "2"},
                                 {"x-b", "second"},
                                 {"X-B", "third"},
                                 {"x-b", "first"},
                                 {"date_", "_"}},
                     .body = "{}"},
                    post_line);
}

TEST(PlainAnswer, MayBeEmptyOrLarge) {
  expect_same_bytes({.body = ""}, post_line);
  expect_same_bytes({.body = std::string(1'000'000, 'x')}, post_line);
}

TEST(PlainAnswer, LeavesStreamsAndRareStatusesToHttplib) {
  EXPECT_TRUE(is_plain({.status = 200}));
  EXPECT_FALSE(is_plain({.status = 226}));
  EXPECT_FALSE(is_plain({.status = 599}));
}

}  // namespace
}  // namespace assistants_mock::mock_server::http
