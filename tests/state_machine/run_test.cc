// Whatever happens to a run, in whatever order, its fields fit its status (docs/wire/
// run-lifecycle.md, "Fields per status").
#include "state_machine/run.h"

#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

namespace rc {

template <>
struct Arbitrary<assistants_mock::state_machine::RunEvent> {
  static auto arbitrary() {
    using assistants_mock::state_machine::RunEvent;
    return gen::map(gen::inRange(0, 9), [](int event) { return static_cast<RunEvent>(event); });
  }
};

}  // namespace rc

namespace assistants_mock::state_machine {
namespace {

constexpr Instant birth{std::chrono::seconds{1'700'000'000}};

RunFact fact(RunEvent event) {
  return {.event = event,
          .calls = {{"call_1", "f", "{}"}},
          .error = {"server_error", "Sorry."},
          .incomplete_reason = "max_prompt_tokens"};
}

// The table of "Fields per status", told by which fields are set.
void require_fields_fit(const Run& run) {
  const bool ended = is_terminal(run.status);
  RC_ASSERT(run.expires_at.has_value() == !ended);
  RC_ASSERT(!!run.completed_at + !!run.failed_at + !!run.cancelled_at == ended);
  RC_ASSERT(run.completed_at.has_value() ==
            (run.status == RunStatus::completed || run.status == RunStatus::incomplete ||
             run.status == RunStatus::expired));
  RC_ASSERT(run.failed_at.has_value() == (run.status == RunStatus::failed));
  RC_ASSERT(run.cancelled_at.has_value() == (run.status == RunStatus::cancelled));
  RC_ASSERT(run.last_error.has_value() == (run.status == RunStatus::failed));
  RC_ASSERT(run.incomplete_reason.empty() == (run.status != RunStatus::incomplete));
  RC_ASSERT(run.required_calls.empty() == (run.status != RunStatus::requires_action));
}

RC_GTEST_PROP(Run, FieldsFitTheStatus, (const std::vector<RunEvent>& history)) {
  auto run = created(birth);
  Instant now = birth;
  for (const RunEvent event : history) {
    now += std::chrono::seconds{1};
    apply(run, fact(event), now);
    require_fields_fit(run);
  }
}

RC_GTEST_PROP(Run, MovesOnlyByTheTable, (const std::vector<RunEvent>& history)) {
  auto run = created(birth);
  for (const RunEvent event : history) {
    const auto before = run;
    const auto to = next(before.status, event);
    const bool moved = apply(run, fact(event), birth);
    RC_ASSERT(moved == to.has_value());
    if (moved)
      RC_ASSERT(run.status == *to);
    else
      RC_ASSERT(run == before);
  }
}

RC_GTEST_PROP(Run, EndsOnceAndStaysSo, (const std::vector<RunEvent>& history)) {
  auto run = created(birth);
  for (const RunEvent event : history) {
    const auto before = run;
    apply(run, fact(event), birth);
    if (is_terminal(before.status)) RC_ASSERT(run == before);
  }
}

// Neither rounds of tool calls nor a cancel move the deadline.
RC_GTEST_PROP(Run, DeadlineNeverMoves, (const std::vector<RunEvent>& history)) {
  auto run = created(birth);
  Instant now = birth;
  for (const RunEvent event : history) {
    now += std::chrono::seconds{30};
    apply(run, fact(event), now);
    if (run.expires_at) RC_ASSERT(*run.expires_at == birth + run_lifetime);
  }
}

TEST(Run, StartsAnewAfterOutputs) {  // T5
  auto run = created(birth);
  using std::chrono::seconds;
  ASSERT_TRUE(apply(run, fact(RunEvent::picked_up), birth + seconds{1}));
  ASSERT_TRUE(apply(run, fact(RunEvent::tools_called), birth + seconds{2}));
  ASSERT_TRUE(apply(run, fact(RunEvent::tool_outputs_submitted), birth + seconds{9}));
  EXPECT_EQ(run.started_at, birth + seconds{1}) << "T4: kept while queued again";
  ASSERT_TRUE(apply(run, fact(RunEvent::picked_up), birth + seconds{10}));
  EXPECT_EQ(run.started_at, birth + seconds{10});
}

TEST(Run, OutputsMustAnswerEveryCallOnce) {  // submit.ids
  state_machine::Run run;
  run.required_calls = {{"call_a", "f", ""}, {"call_b", "f", ""}};
  EXPECT_TRUE(answers_all_calls(run, {"call_b", "call_a"}));
  EXPECT_FALSE(answers_all_calls(run, {"call_a"}));
  EXPECT_FALSE(answers_all_calls(run, {"call_a", "call_a"}));
  EXPECT_FALSE(answers_all_calls(run, {"call_a", "call_b", "call_c"}));
  EXPECT_FALSE(answers_all_calls(run, {}));
}

}  // namespace
}  // namespace assistants_mock::state_machine
