// Models that are wrong in one rule: that is found out, and told in a few lines.
#include <gtest/gtest.h>

#include <sstream>

#include "tests/model/refusals.h"
#include "tests/model/sequences.h"
#include "tests/model/transcript_line.h"

namespace assistants_mock::tests::model {
namespace {

// cancel.twice is told as cancel.final.
Expected takes_cancelling_for_an_end(World& world, const Asked& asked) {
  const Expected expected = answered(world, asked);
  return expected.row == "cancel.twice" ? refused("cancel.final", {"completed"}) : expected;
}

// T13 and T14 without their date.
Expected forgets_when_a_run_expired(World& world, const Asked& asked) {
  Expected expected = answered(world, asked);
  if (asked.operation->id == "getRun" && expected.body.value("status", "") == "expired")
    expected.body["completed_at"] = nullptr;
  return expected;
}

// F3 as if it were F2: a file that failed is taken for one that is completed.
Expected sees_no_failures(World& world, const Asked& asked) {
  Expected expected = answered(world, asked);
  if (asked.operation->id == "getVectorStoreFile" && expected.body.value("status", "") == "failed")
    expected.body["status"] = "completed";
  return expected;
}

struct Mistake {
  const char* name;
  CheckedApi::Answered model;
  const char* said;  // in the last line
};
void PrintTo(const Mistake& mistake, std::ostream* out) {
  *out << mistake.name;
}

// That it takes to show any of them, and one that RapidCheck may leave.
constexpr std::size_t few_requests = 6;

class Planted : public testing::TestWithParam<Mistake> {};

TEST_P(Planted, DivergesInAFewLines) {
  const Checked checked =
      check_sequences({.sequences = 5'000, .longest = 60, .model = GetParam().model});
  ASSERT_EQ(checked.trouble, "");
  ASSERT_NE(checked.transcript, "") << "was not found";
  std::size_t requests = 0;
  std::istringstream lines(checked.transcript);
  std::string line;
  for (std::string next; std::getline(lines, next); line = next) requests += asked_by(next) ? 1 : 0;
  EXPECT_LE(requests, few_requests) << checked.transcript;
  EXPECT_NE(line.find(GetParam().said), line.npos) << checked.transcript;
  EXPECT_EQ(line.find("the model expects"), 0U) << checked.transcript;
}
INSTANTIATE_TEST_SUITE_P(
    Model, Planted,
    testing::Values(Mistake{"EndsWhileCancelling", takes_cancelling_for_an_end, "cancel.final"},
                    Mistake{"ExpiresWithoutADate", forgets_when_a_run_expired,
                            "completed_at should be null"},
                    Mistake{"FilesNeverFail", sees_no_failures, "status should be \"completed\""}),
    [](const auto& mistake) { return std::string(mistake.param.name); });

}  // namespace
}  // namespace assistants_mock::tests::model
