#pragma once
// Which times of something that happens again and again.
#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace assistants_mock::scenarios {

// Counted from 1: `2`, `[1, 2]`, `3+`, `[1, 4+]`. Nothing listed and no `from_then_on` cannot be
// written.
struct Times {
  std::vector<int> listed = {};
  std::optional<int> from_then_on = {};
  auto operator<=>(const Times&) const = default;
};

// Whether `time` is one of them.
bool lists(const Times& times, int time);

// As one writes it: "2", "[1, 2]", "[1, 4+]".
std::string as_written(const Times& times);

}  // namespace assistants_mock::scenarios
