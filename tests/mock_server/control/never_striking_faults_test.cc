// Faults that would never strike, as a client that lays them is told: in the API's envelope, with
// the place in the body.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "assistants_mock/scenario_book.h"
#include "mock_server/api/request.h"
#include "mock_server/control/control.h"
#include "mock_server/tenants/tenants.h"

namespace assistants_mock::mock_server::control {
namespace {

using nlohmann::ordered_json;

TEST(NeverStrikingFaults, AreRefusedWithTheirPlace) {
  tenants::Tenants tenants({}, scenarios::ScenarioBook::load("echo").shared());
  Control control(tenants, {});
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {R"({"on":"createRun","stream":{"after":"thread.created"}})",
       "fault:1:37: error: no stream of 'POST /threads/{thread_id}/runs' has 'thread.created'; "
       "those of createThreadAndRun have it"},
      {R"({"stream":{"after":"thread.run.failed","nth":2}})",
       "fault:1:46: error: a stream has one 'thread.run.failed' at most; leave 'nth' out"},
      {R"({"stream":{"after":"error","then":"swap"}})",
       "fault:1:35: error: nothing comes after 'error' that it could change places with; name an "
       "earlier event"},
      {R"({"stream":{"after":"*","pieces":7}})",
       "fault:1:20: error: 'after' is where something happens, and 'pieces' cut the whole stream; "
       "say what happens with 'then', or leave 'after' out"},
      {R"({"status":503,"headers":{"X-Odd":"1","x-odd":"2"}})",
       "fault:1:38: error: 'x-odd' is there already, in whatever letters; give it once"},
      {R"({"status":503,"headers":{"Upgrade":"h2c"}})",
       "fault:1:26: error: 'Upgrade' is about the connection, which is the mock's own; leave it "
       "out, or say with 'connection' how it ends"},
  };
  for (const auto& [fault, words] : wrong) {
    const api::Response refused =
        control.answer({"POST", "/_mock/faults", {{"Authorization", "Bearer k"}}, fault});
    EXPECT_EQ(refused.status, 400);
    const ordered_json envelope{{"error",
                                 {{"message", words},
                                  {"type", "invalid_request_error"},
                                  {"param", nullptr},
                                  {"code", nullptr}}}};
    EXPECT_EQ(ordered_json::parse(refused.body), envelope);
  }
}

}  // namespace
}  // namespace assistants_mock::mock_server::control
