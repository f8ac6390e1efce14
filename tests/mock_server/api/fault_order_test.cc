// What is said of faults to which others leave nothing, beside what becomes of them when requests
// come.
#include "scenarios/fault_order.h"

#include <gtest/gtest.h>
// After GoogleTest, which it adds to.
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "mock_server/api/fault_list.h"
#include "mock_server/api/routes.h"
#include "state_machine/run_lifecycle.h"
#include "tests/scenarios/value_generators.h"

namespace assistants_mock::mock_server::api {
namespace {

using scenarios::pick_number;
using scenarios::pick_rarely;
using scenarios::pick_truth;
using state_machine::RunStatus;

// Of the first few requests, so that faults meet.
Fault pick_fault_of_get_run(bool counts_apart) {
  Fault fault{.on = pick_rarely() ? "*" : "GET /threads/{thread_id}/runs/{run_id}",
              .times = {},
              .error = "srv.500"};
  for (int time = 1; time <= 4; ++time)
    if (pick_truth()) fault.times.listed.push_back(time);
  if (fault.times.listed.empty() || pick_truth()) fault.times.from_then_on = pick_number(1, 5);
  if (fault.on == "*" || !counts_apart) return fault;
  if (pick_truth()) fault.per = pick_truth() ? "run_id" : "thread_id";
  if (pick_truth()) fault.run_status = pick_truth() ? "queued" : "completed";
  return fault;
}

// How often each of them fires, and whether it was said that it never would.
struct Outcome {
  std::vector<FaultReport> reports;
  std::vector<bool> said_never;
};
Outcome outcome_of(const std::vector<Fault>& faults) {
  Outcome outcome;
  scenarios::FaultOrder order;
  for (const Fault& fault : faults) {
    outcome.said_never.push_back(order.leaves_nothing_to(fault));
    order.add(fault);
  }
  FaultList list(std::make_shared<FaultHistory>());
  list.play(faults);
  constexpr int requests = 30;
  for (int request = 0; request < requests; ++request) {
    const std::string run = pick_truth() ? "run_1" : "run_2";
    const RouteMatch match = match_route("GET", "/threads/thread_1/runs/" + run);
    list.next({match, pick_truth() ? RunStatus::queued : RunStatus::completed});
  }
  outcome.reports = list.reports();
  return outcome;
}

RC_GTEST_PROP(FaultOrder, AFaultToWhichNothingIsLeftNeverFires, ()) {
  std::vector<Fault> faults;
  for (int left = pick_number(2, 4); left > 0; --left)
    faults.push_back(pick_fault_of_get_run(true));
  const Outcome outcome = outcome_of(faults);
  for (std::size_t place = 0; place < faults.size(); ++place)
    if (outcome.said_never[place]) RC_ASSERT(outcome.reports[place].fired == 0);
  RC_CLASSIFY(std::ranges::count(outcome.said_never, true) > 0, "something is said");
}

TEST(FaultOrder, StreamsWhoseAnswersAreReplacedAreNone) {
  scenarios::FaultOrder order;
  order.add({.on = "createRun", .times = {{}, 2}, .error = "rl.rpm"});
  const Fault in_stream{.on = "createRun", .stream = StreamFault{}};
  EXPECT_FALSE(order.leaves_nothing_to(in_stream));
  order.add({.on = "createRun", .times = {{1}, {}}, .status = 503});
  EXPECT_TRUE(order.leaves_nothing_to(in_stream));
  EXPECT_FALSE(order.leaves_nothing_to({.on = "createThreadAndRun", .stream = StreamFault{}}));
}

// The first request is late and streams all the same.
TEST(FaultOrder, AnAnswerThatIsOnlySpoiltMayBeAStream) {
  for (const int from : {1, 2}) {
    scenarios::FaultOrder order;
    order.add({.on = "createRun", .times = {{1}, {}}, .delay = std::chrono::seconds{1}});
    order.add({.on = "createRun", .times = {{}, from}, .error = "rl.rpm"});
    EXPECT_FALSE(order.leaves_nothing_to({.on = "createRun", .stream = StreamFault{}})) << from;
  }
}

// On one operation and counted together, every fault of which that is not said does fire.
RC_GTEST_PROP(FaultOrder, AFaultToWhichSomethingIsLeftFires, ()) {
  std::vector<Fault> faults;
  for (int left = pick_number(2, 4); left > 0; --left) {
    faults.push_back(pick_fault_of_get_run(false));
    faults.back().on = "GET /threads/{thread_id}/runs/{run_id}";
  }
  const Outcome outcome = outcome_of(faults);
  for (std::size_t place = 0; place < faults.size(); ++place)
    RC_ASSERT(outcome.said_never[place] == (outcome.reports[place].fired == 0));
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
