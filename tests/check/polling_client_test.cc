// The example client is right whatever the service does, and each of its bad habits is found.
#include "tests/check/polling_client.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "assistants_mock/check_client.h"
#include "assistants_mock/mock_server.h"
#include "assistants_mock/scenario_generator.h"
#include "scenarios/generator/simpler_scenarios.h"

namespace assistants_mock::tests {
namespace {

using mock_server::Case;
using mock_server::check_client;
using mock_server::CheckOptions;
using mock_server::CheckReport;
using mock_server::ClientEnd;
using mock_server::MockServer;
using mock_server::TimeMode;
using scenarios::CaseProfile;
using scenarios::ScenarioBook;

mock_server::Client client_with(const Habits& habits) {
  return [habits](const Case& asked) {
    const Conversation conversation = ask(asked.base_url, asked.api_key, habits);
    ClientEnd end;
    end.success = conversation.success;
    end.words = conversation.reason;
    end.output = conversation.shown;
    return end;
  };
}

#ifdef NDEBUG
constexpr bool has_time = true;
#else
constexpr bool has_time = false;  // sanitizers and debuggers take theirs
#endif

class RightClient : public testing::TestWithParam<CaseProfile> {};

TEST_P(RightClient, BreaksNoRule) {
  const CheckReport report = check_client(
      {.cases = has_time ? 300U : 40U, .jobs = 4, .profile = GetParam()}, client_with({}));
  EXPECT_TRUE(report.passed()) << report.text;
}
INSTANTIATE_TEST_SUITE_P(Check, RightClient,
                         testing::Values(CaseProfile::gentle, CaseProfile::rough,
                                         CaseProfile::hostile),
                         [](const auto& profile) { return std::string(name(profile.param)); });

struct BadHabit {
  bool Habits::*habit = nullptr;
  std::string rule = {};
  std::size_t lines = 5;  // that show it, at most
};

std::ostream& operator<<(std::ostream& out, const BadHabit& bad) {
  return out << bad.rule;
}

class BadHabits : public testing::TestWithParam<BadHabit> {};

TEST_P(BadHabits, AreFoundAndShownInAFewLines) {
  Habits habits;
  habits.*GetParam().habit = !(habits.*GetParam().habit);
  const CheckReport report = check_client({.jobs = 4}, client_with(habits));
  ASSERT_EQ(report.broken.size(), 1U) << report.text;
  EXPECT_EQ(report.broken[0].rule, GetParam().rule) << report.text;
  EXPECT_FALSE(report.broken[0].is_flaky()) << report.text;
  EXPECT_LE(lines_of(report.broken[0].scenario.scenario()), GetParam().lines) << report.text;
}
// Those that are found soon come first.
std::vector<BadHabit> bad_habits() {
  std::vector<BadHabit> all = {BadHabit{&Habits::answers_all_calls, "tools.ids", 3},
                               BadHabit{&Habits::guards_arguments, "tools.unanswered", 2},
                               BadHabit{&Habits::asks_twice, "thread.locked_message", 1},
                               BadHabit{&Habits::knows_incomplete, "polling.after_end", 1},
                               BadHabit{&Habits::knows_expired, "run.late_cancel", 1},
                               BadHabit{&Habits::answers_unknown_calls, "tools.unanswered", 1},
                               BadHabit{&Habits::answers_by_id, "tools.ids", 3},
                               BadHabit{&Habits::looks_at_status, "report.false_success", 1},
                               BadHabit{&Habits::looks_for_lost, "retry.doubled"},
                               BadHabit{&Habits::waits_as_told, "retry.early"},
                               BadHabit{&Habits::gives_up, "retry.unbounded"},
                               BadHabit{&Habits::pauses, "polling.hasty"},
                               BadHabit{&Habits::reads_all_pages, "reply.unread", 21},
                               BadHabit{&Habits::filters_by_run, "reply.wrong"},
                               BadHabit{&Habits::reads_all_parts, "client.crashed"},
                               BadHabit{&Habits::cancels_what_it_leaves, "thread.left_active"},
                               BadHabit{&Habits::polls_on, "polling.after_end", 1},
                               BadHabit{&Habits::sends_number_as_output, "request.refused", 1}};
  if (!has_time) all.resize(3);
  return all;
}
INSTANTIATE_TEST_SUITE_P(Check, BadHabits, testing::ValuesIn(bad_habits()));

// The same without the checker: a property of one's own.
RC_GTEST_PROP(PollingClient, ComesToAnEndWhateverHappens, (const ScenarioBook& scenario)) {
  const MockServer server({.scenarios = scenario,
                           .time_mode = TimeMode::stepped,
                           .longest_step = std::chrono::minutes{10}});
  const Conversation conversation = ask(server.base_url(), "any");
  RC_ASSERT(conversation.success || !conversation.reason.empty());
}

}  // namespace
}  // namespace assistants_mock::tests
