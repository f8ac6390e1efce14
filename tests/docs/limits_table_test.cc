// docs/limits.md beside the defaults of the code.
#include <gtest/gtest.h>

#include "assistants_mock/mock_server.h"
#include "mock_server/api/body_parser.h"
#include "mock_server/http/http_front.h"
#include "tests/docs/joined_table.h"

namespace assistants_mock::tests {
namespace {

std::string bytes(std::size_t count) {
  const std::size_t mebibyte = std::size_t{1} << 20;
  return count % mebibyte == 0 ? std::to_string(count / mebibyte) + " MiB"
                               : std::to_string(count / 1024) + " KiB";
}

std::string seconds(std::chrono::milliseconds length) {
  return std::to_string(length.count() / 1000) + " s";
}

TEST(LimitsPage, HasTheDefaultsOfTheCode) {
  const mock_server::MockServerOptions server;
  const mock_server::http::FrontLimits front;
  const std::string none = "–";
  expect_joined_table(
      "docs/limits.md", "limits",
      {{"what", "default", "flag", "in `MockServerOptions`"},
       {"beyond it", "held by"},
       {{"API keys, each a world of its own", std::to_string(server.max_keys), "`--max-keys`",
         "`max_keys`"},
        {"objects kept for a key", std::to_string(server.max_objects), "`--max-objects`",
         "`max_objects`"},
        {"a request's body", bytes(server.max_body_bytes), "`--max-body`", "`max_body_bytes`"},
        {"a request's line and headers", bytes(front.head_bytes), none, none},
        {"headers of a request", std::to_string(front.headers), none, none},
        {"time for a request to arrive", seconds(front.head_time), none, none},
        {"time between two requests of a connection", seconds(front.idle_time), none, none},
        {"connections, open streams among them", std::to_string(front.connections), none, none},
        {"depth of a JSON body", std::to_string(mock_server::api::max_body_depth), none, none},
        {"keys of one JSON object", std::to_string(mock_server::api::max_keys_of_an_object), none,
         none},
        {"requests kept for `requests()`", std::to_string(server.max_recorded), none,
         "`max_recorded`"},
        {"bytes kept for `requests()`", bytes(server.max_recorded_bytes), none,
         "`max_recorded_bytes`"}}});
}

}  // namespace
}  // namespace assistants_mock::tests
