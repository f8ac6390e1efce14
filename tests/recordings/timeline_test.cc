#include "tests/recordings/timeline.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace assistants_mock::tests {
namespace {

// An answer whose Date header is `second` seconds after the minute that all of these tests are in.
Exchange answered(int second, const Json& body) {
  const std::string date = "Thu, 30 Oct 2025 21:59:" + std::string(second < 10 ? "0" : "") +
                           std::to_string(second) + " GMT";
  return {{}, read_answer(200, {{"Date", date}}, body.dump())};
}

constexpr std::int64_t minute = 1'761'861'540;  // Thu, 30 Oct 2025 21:59:00 GMT

Json run(const char* key, int second) {
  return {{"id", "run_1"}, {key, minute + second}, {"expires_at", minute + 600}};
}

// Milliseconds after that minute.
std::vector<long long> moments(const std::vector<Exchange>& exchanges) {
  std::vector<long long> after;
  for (const state_machine::Instant at : moments_of(exchanges))
    after.push_back((at.time_since_epoch() - std::chrono::seconds(minute)).count());
  return after;
}
using Moments = std::vector<long long>;

TEST(Timeline, BelievesDatesOfObjectsRatherThanHeaders) {
  EXPECT_EQ(moments({answered(5, run("created_at", 3)), answered(9, run("started_at", 4))}),
            (Moments{3000, 4000}));
}

TEST(Timeline, FollowsTheHeaderWhereNothingNewIsTold) {
  EXPECT_EQ(moments({answered(3, run("created_at", 3)), answered(6, run("created_at", 3)),
                     answered(8, {{"deleted", true}})}),
            (Moments{3000, 6000, 8000}));
}

TEST(Timeline, StaysBeforeWhatIsToldLater) {
  EXPECT_EQ(moments({answered(3, run("created_at", 3)), answered(6, run("created_at", 3)),
                     answered(7, run("started_at", 5))}),
            (Moments{3000, 4999, 5000}));
}

TEST(Timeline, IsNotHeldUpByOldNews) {
  const Json old_message = {{"id", "msg_1"}, {"created_at", minute + 3}};
  EXPECT_EQ(moments({answered(3, run("created_at", 3)), answered(6, run("created_at", 3)),
                     answered(7, old_message)}),
            (Moments{3000, 6000, 6000}));
}

TEST(Timeline, TakesAStreamForWhatItBeginsWith) {
  const std::string bytes = "event: a\ndata: " + run("created_at", 3).dump() +
                            "\n\nevent: b\ndata: " + run("started_at", 5).dump() + "\n\n";
  const Answer stream = read_answer(
      200, {{"Content-Type", "text/event-stream"}, {"Date", "Thu, 30 Oct 2025 21:59:04 GMT"}},
      bytes);
  EXPECT_EQ(moments({{{}, stream}, answered(9, run("started_at", 5))}), (Moments{3000, 9000}));
}

TEST(Timeline, NeedsADate) {
  const Answer undated = read_answer(200, {{"Date", "yesterday"}}, "{}");
  EXPECT_THROW(moments_of({{{}, undated}}), std::runtime_error);
}

}  // namespace
}  // namespace assistants_mock::tests
