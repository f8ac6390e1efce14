#include "state_machine/describe.h"

#include <gtest/gtest.h>

namespace assistants_mock::state_machine {
namespace {

constexpr std::array<std::string_view, 2> doors = {"open", "shut"};
constexpr std::array<std::string_view, 2> acts = {"push", "pull"};
constexpr std::array moves = {DescribedMove{"open", "push", "shut", "D1"}};

TEST(Describe, GridShowsEveryPair) {
  EXPECT_EQ(grid(moves, doors, acts),
            "      push  pull\n"
            "open  shut  .\n"
            "shut  .     .\n");
}

TEST(Describe, DiagramNamesRowsAndEnds) {
  EXPECT_EQ(diagram(moves, doors, "open"),
            "stateDiagram-v2\n"
            "  [*] --> open\n"
            "  open --> shut: push (D1)\n"
            "  shut --> [*]\n");
}

}  // namespace
}  // namespace assistants_mock::state_machine
