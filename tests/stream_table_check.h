#pragma once
// A stream that was played, beside the table of scenarios/stream_events.h.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/stream_events.h"
#include "tests/stream_events.h"

namespace assistants_mock::tests {

// That the stream has no event that its request never brings, none twice that comes once, and
// nothing but `done` after one that is the last, and text where it may be. The names that it has
// are added to `seen`.
inline void expect_as_in_the_table(const std::vector<StreamEvent>& events,
                                   scenarios::StreamOf request, std::set<std::string_view>& seen) {
  std::set<std::string_view> once;
  bool ended = false;
  for (const StreamEvent& event : events) {
    if (event.name == "done") continue;
    const scenarios::StreamEvent* row = scenarios::find_stream_event(event.name);
    ASSERT_NE(row, nullptr) << event.name;
    EXPECT_GE(request, row->since) << event.name;
    EXPECT_TRUE(!row->once || once.insert(row->name).second) << event.name << " comes twice";
    EXPECT_FALSE(ended) << event.name << " comes after the last";
    const bool is_ascii =
        std::ranges::all_of(event.data, [](unsigned char byte) { return byte < 0x80; });
    EXPECT_TRUE(is_ascii || !row->ids_alone) << event.data;
    ended = row->last;
    seen.insert(row->name);
  }
  EXPECT_TRUE(ended);
}

}  // namespace assistants_mock::tests
