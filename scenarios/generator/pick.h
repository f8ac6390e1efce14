#pragma once
// Drawing values by chance inside rc::gen::exec. Sizes play no part: a case is as odd at the
// beginning of a check as at its end.
#include <rapidcheck.h>

#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "assistants_mock/case_profile.h"

namespace assistants_mock::scenarios {

// Both included.
inline int pick_between(int least, int most) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1));
}

inline bool one_in(int count) {
  return pick_between(1, count) == 1;
}

template <class Values>
auto pick_of(const Values& values) {
  return values[static_cast<std::size_t>(pick_between(0, static_cast<int>(values.size()) - 1))];
}

// How often something comes among its rivals, by profile.
struct Weight {
  int gentle = 0;
  int rough = 0;
  int hostile = 0;

  constexpr int in(CaseProfile profile) const {
    if (profile == CaseProfile::gentle) return gentle;
    return profile == CaseProfile::rough ? rough : hostile;
  }
};
constexpr Weight in_all(int weight) {
  return {weight, weight, weight};
}

template <class Value>
struct Weighted {
  Weight weight;
  Value value;
};

// One of them must have a weight in the profile.
template <class Value>
Value pick_weighted(std::span<const Weighted<Value>> rows, CaseProfile profile) {
  int all = 0;
  for (const Weighted<Value>& row : rows) all += row.weight.in(profile);
  int place = pick_between(0, all - 1);
  for (const Weighted<Value>& row : rows) {
    place -= row.weight.in(profile);
    if (place < 0) return row.value;
  }
  return rows.front().value;
}
template <class Value, std::size_t count>
Value pick_weighted(const std::array<Weighted<Value>, count>& rows, CaseProfile profile) {
  return pick_weighted(std::span<const Weighted<Value>>(rows), profile);
}

}  // namespace assistants_mock::scenarios
