// What is remembered of faults, and how much.
#include "mock_server/api/fault_history.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "mock_server/api/fault_list.h"

namespace assistants_mock::mock_server::api {
namespace {

Fault at_time(int time) {
  return {.on = "GET /models", .times = {{time}, {}}, .error = "rl.rpm"};
}

TEST(FaultHistory, EqualFaultsAreOne) {
  FaultHistory history;
  ++history.of(at_time(1), true)->asked;
  ++history.of(at_time(2), false)->fired;
  ++history.of(at_time(1), false)->asked;
  const auto reports = history.reports();
  ASSERT_EQ(reports.size(), 2U);
  EXPECT_EQ(reports[0].fault, at_time(1));
  EXPECT_EQ(reports[0].asked, 2);
  EXPECT_TRUE(reports[0].of_scenario);
  EXPECT_EQ(reports[1].fired, 1);
}

TEST(FaultHistory, KnowsSoManyAndNoMore) {
  FaultHistory history;
  for (int time = 1; time <= static_cast<int>(FaultHistory::most) + 5; ++time)
    ++history.of(at_time(time), false)->fired;
  EXPECT_EQ(history.reports().size(), FaultHistory::most);
  ++history.of(at_time(1), false)->fired;
  EXPECT_EQ(history.reports().at(0).fired, 2);
}

// The oldest id begins anew once there are more than are counted apart.
TEST(FaultHistory, CountsApartAreBounded) {
  FaultList faults(std::make_shared<FaultHistory>());
  faults.add({{.on = "getThread", .times = {{2}, {}}, .per = "thread_id", .error = "srv.500"}}, {});
  const auto strikes = [&](std::size_t thread) {
    const RouteMatch match = match_route("GET", "/threads/thread_" + std::to_string(thread));
    return faults.next({match}) != nullptr;
  };
  for (std::size_t thread = 0; thread <= FaultList::counted_apart; ++thread)
    EXPECT_FALSE(strikes(thread)) << thread;
  EXPECT_TRUE(strikes(1)) << "its second time";
  EXPECT_FALSE(strikes(0)) << "forgotten, so this was its first time again";
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
