#include "scenarios/fault_reader.h"

#include <gtest/gtest.h>

#include "scenarios/fault_check.h"
#include "scenarios/fault_words.h"
#include "scenarios/scenario_parser.h"

namespace assistants_mock::scenarios {
namespace {

Fault only_fault(const std::string& yaml) {
  const Scenario scenario = parse_scenario("faults:\n" + yaml + "runs: [{ do: [] }]\n", "x.yaml");
  EXPECT_EQ(scenario.faults.size(), 1U);
  return scenario.faults.at(0);
}

std::string complaint(const std::string& yaml) {
  try {
    only_fault(yaml);
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return {};
}

TEST(FaultReader, ReadsEveryKey) {
  const Fault fault = only_fault(R"(
  - on: getRun
    times: [2, 4+]
    per: run_id
    while: requires_action
    status: 429
    headers: { retry-after-ms: 20, X-Odd: "a" }
    body: { error: { message: slow down } }
    keep_bytes: 7
    delay: 250ms
    after_work: true
)");
  Fault wanted;
  wanted.on = "GET /threads/{thread_id}/runs/{run_id}";
  wanted.times = {.listed = {2}, .from_then_on = 4};
  wanted.per = "run_id";
  wanted.run_status = "requires_action";
  wanted.status = 429;
  wanted.headers = {{"retry-after-ms", "20"}, {"X-Odd", "a"}};
  wanted.body = R"({"error":{"message":"slow down"}})";
  wanted.keep_bytes = 7;
  wanted.delay = std::chrono::milliseconds(250);
  wanted.after_work = true;
  EXPECT_EQ(fault, wanted);
}

TEST(FaultReader, AStreamIsCutUnlessItSaysWhatElse) {
  using Outcome = StreamFault::Outcome;
  EXPECT_EQ(only_fault("  - stream: { after: thread.message.delta, nth: 3 }\n").stream,
            (StreamFault{.after = "thread.message.delta", .nth = 3, .outcome = Outcome::cut}));
  EXPECT_EQ(only_fault("  - stream: { pieces: 5 }\n").stream,
            (StreamFault{.outcome = Outcome::none, .pieces = 5}));
  EXPECT_EQ(only_fault("  - stream: { then: swap, pieces: 5 }\n").stream,
            (StreamFault{.outcome = Outcome::swap, .pieces = 5}));
}

TEST(FaultReader, NamesThePlaceAndTheWordThatWasMeant) {
  EXPECT_EQ(complaint("  - { on: creatRun, error: rl.rpm }\n"),
            "x.yaml:2:11: error: there is no operation 'creatRun'; did you mean 'createRun'? "
            "(every request is \"*\")");
  EXPECT_EQ(complaint("  - { on: GET /thread, error: rl.rpm }\n"),
            "x.yaml:2:11: error: there is no operation 'GET /thread'; did you mean "
            "'getThread'? (every request is \"*\")");
  EXPECT_EQ(complaint("  - { error: srv500 }\n"),
            "x.yaml:2:14: error: there is no row 'srv500' in docs/wire/errors.md; did you mean "
            "'srv.500'?");
  EXPECT_EQ(complaint("  - { on: getRun, per: message_id, status: 500 }\n"),
            "x.yaml:2:24: error: the path of 'GET /threads/{thread_id}/runs/{run_id}' has no "
            "{message_id}");
  EXPECT_EQ(complaint("  - { on: getThread, stream: { then: cut } }\n"),
            "x.yaml:2:30: error: 'GET /threads/{thread_id}' never streams");
  EXPECT_EQ(complaint("  - { on: createRun }\n"),
            "x.yaml:2:5: error: the fault does not say what happens: error, status, connection, "
            "headers, keep_bytes, delay or stream");
}

TEST(RateLimits, AreAListOrThePublishedOnes) {
  const auto limits = [](const std::string& yaml) {
    return parse_scenario("rate_limits: " + yaml + "\nruns: [{ do: [] }]\n", "x.yaml").rate_limits;
  };
  EXPECT_EQ(limits("[{ requests_per_minute: 3 }]"),
            (std::vector<RateLimit>{{.on = {"*"}, .per = "", .requests_per_minute = 3}}));
  EXPECT_EQ(limits("[{ on: [getRun, cancelRun], per: run_id, requests_per_minute: 3 }]"),
            (std::vector<RateLimit>{{.on = {"GET /threads/{thread_id}/runs/{run_id}",
                                            "POST /threads/{thread_id}/runs/{run_id}/cancel"},
                                     .per = "run_id",
                                     .requests_per_minute = 3}}));
  const auto published = limits("published");
  ASSERT_EQ(published.size(), 2U);
  EXPECT_EQ(published[0].requests_per_minute, 300);
  EXPECT_EQ(published[0].per, "vector_store_id");
  EXPECT_EQ(published[1].on, std::vector<std::string>{"POST /files"});
  EXPECT_THROW(limits("[{ on: [getRun, getFile], per: run_id, requests_per_minute: 3 }]"),
               ScenarioError);
  EXPECT_THROW(limits("publishd"), ScenarioError);
}

TEST(FaultWords, EveryStreamingOperationIsFoundByBothNames) {
  for (const Operation& operation : operations()) {
    EXPECT_EQ(find_operation(operation.id), &operation);
    EXPECT_EQ(find_operation(operation.request), &operation);
  }
  EXPECT_EQ(find_operation("createrun"), nullptr);
}

}  // namespace
}  // namespace assistants_mock::scenarios
