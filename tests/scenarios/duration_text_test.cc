// Lengths of time as people write them.
#include "scenarios/duration_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace assistants_mock::scenarios {
namespace {

using state_machine::Duration;

long long milliseconds(std::string_view text) {
  const auto read = parse_duration(text);
  const auto* length = std::get_if<Duration>(&read);
  return length == nullptr ? -1 : length->count();
}

std::string fault(std::string_view text) {
  const auto read = parse_duration(text);
  const auto* said = std::get_if<std::string>(&read);
  return said == nullptr ? "none" : *said;
}

TEST(ParseDuration, KnowsFourUnits) {
  EXPECT_EQ(milliseconds("250ms"), 250);
  EXPECT_EQ(milliseconds("1s"), 1000);
  EXPECT_EQ(milliseconds("10min"), 600'000);
  EXPECT_EQ(milliseconds("1h"), 3'600'000);
  EXPECT_EQ(milliseconds("24h"), 86'400'000);
}

TEST(ParseDuration, ReadsFractionsExactly) {
  EXPECT_EQ(milliseconds("1.5s"), 1500);
  EXPECT_EQ(milliseconds("0.001s"), 1);
  EXPECT_EQ(milliseconds("0.1s"), 100);
  EXPECT_EQ(milliseconds("1.50s"), 1500);
  EXPECT_EQ(milliseconds("0.25min"), 15'000);
  EXPECT_EQ(milliseconds("1.0ms"), 1);
}

TEST(ParseDuration, OnlyZeroNeedsNoUnit) {
  EXPECT_EQ(milliseconds("0"), 0);
  EXPECT_EQ(milliseconds("0s"), 0);
  EXPECT_EQ(fault("10"), "a unit is missing: did you mean 10s or 10ms?");
  EXPECT_EQ(fault("00"), "a unit is missing: did you mean 00s or 00ms?");
}

TEST(ParseDuration, SaysWhatIsWrong) {
  EXPECT_EQ(fault("1m"), "the units are ms, s, min and h");
  EXPECT_EQ(fault("1 s"), "the units are ms, s, min and h");
  EXPECT_EQ(fault("1.s"), "the units are ms, s, min and h");
  EXPECT_EQ(fault("-1s"), "a duration begins with a digit");
  EXPECT_EQ(fault(""), "a duration begins with a digit");
  EXPECT_EQ(fault(".5s"), "a duration begins with a digit");
  EXPECT_EQ(fault("0.0001s"), "nothing finer than 1ms is possible");
  EXPECT_EQ(fault("0.5ms"), "nothing finer than 1ms is possible");
  EXPECT_EQ(fault("24.001h"), "at most 24h is possible");
  EXPECT_EQ(fault("1234567890s"), "at most 24h is possible");
  EXPECT_EQ(fault("0.0000000001s"), "nothing finer than 1ms is possible");
}

TEST(DurationText, TakesTheLargestUnitThatFits) {
  using namespace std::chrono_literals;
  EXPECT_EQ(duration_text(0ms), "0s");
  EXPECT_EQ(duration_text(1500ms), "1500ms");
  EXPECT_EQ(duration_text(90s), "90s");
  EXPECT_EQ(duration_text(10min), "10min");
  EXPECT_EQ(duration_text(24h), "24h");
}

RC_GTEST_PROP(DurationText, IsReadBackAsTheSame, ()) {
  const Duration length{*rc::gen::inRange<long long>(0, longest_duration.count() + 1)};
  RC_ASSERT(milliseconds(duration_text(length)) == length.count());
}

}  // namespace
}  // namespace assistants_mock::scenarios
