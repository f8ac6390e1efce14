// The server beside the model, a million commands long, in parts that run side by side. Each part
// prints how it can be repeated: RC_PARAMS=seed=… governs all of them.
#include "tests/model/sequences.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iostream>

#include "tests/model/refusals.h"

namespace assistants_mock::tests::model {
namespace {

constexpr std::uint64_t parts = 4;
#ifdef NDEBUG
constexpr std::size_t commands_of_a_part = 250'000;
static_assert(parts * commands_of_a_part >= 1'000'000);
#else
constexpr std::size_t commands_of_a_part = 12'500;  // sanitizers and debuggers take their time
#endif

// The ids of the table of operations in the documentation.
std::vector<std::string> documented_operations() {
  std::vector<std::string> operations;
  std::ifstream page(ASSISTANTS_MOCK_SOURCE_DIR "/docs/wire/endpoints.md");
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line == "<!-- operations -->") inside = true;
    if (line == "<!-- end of operations -->") inside = false;
    if (inside && line.starts_with("| `"))
      operations.push_back(line.substr(3, line.find('`', 3) - 3));
  }
  return operations;
}

std::string line_to_repeat(const Checked& checked) {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  return "RC_PARAMS=seed=" + std::to_string(checked.seed) +
         " ./model_tests --gtest_filter=" + test->test_suite_name() + "." + test->name();
}

class Sequences : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Sequences, AreAnsweredAsTheModelSays) {
  // Half of the longest they are on average; some more of them, since compilers draw in an order of
  // their own, and a few short ones are no fault.
  constexpr std::size_t longest = 100;
  constexpr std::size_t sequences = commands_of_a_part / (longest / 2) * 9 / 8 + 50;
  const Checked checked = check_sequences({.sequences = static_cast<int>(sequences),
                                           .longest = static_cast<int>(longest),
                                           .part = GetParam()});
  const std::size_t drawn = checked.tally.commands - checked.tally.look_ups;
  std::cout << "  " << drawn << " commands and " << checked.tally.look_ups
            << " look-ups, repeated by\n  " << line_to_repeat(checked) << '\n';
  ASSERT_EQ(checked.trouble, "");
  ASSERT_EQ(checked.transcript, "")
      << "for fixtures/model, and repeated by " << line_to_repeat(checked);
  EXPECT_GE(drawn, commands_of_a_part);
  if (commands_of_a_part < 250'000) return;
  for (const std::string& operation : documented_operations())
    EXPECT_TRUE(checked.tally.granted.contains(operation)) << operation << " was never granted";
  for (const std::string& row : known_refusals())
    EXPECT_TRUE(checked.tally.refused.contains(row)) << row << " was never met";
}
INSTANTIATE_TEST_SUITE_P(Model, Sequences, testing::Range<std::uint64_t>(0, parts));

TEST(Model, HasEveryOperation) {
  const std::vector<std::string> documented = documented_operations();
  EXPECT_GT(documented.size(), 50U);
  for (const std::string& id : documented) {
    const auto& all = all_operations();
    EXPECT_NE(std::ranges::find(all, id, &Operation::id), all.end()) << id;
  }
}

}  // namespace
}  // namespace assistants_mock::tests::model
