#include "assistants_mock/times.h"

#include <algorithm>

namespace assistants_mock::scenarios {

bool lists(const Times& times, int time) {
  if (times.from_then_on && time >= *times.from_then_on) return true;
  return std::ranges::find(times.listed, time) != times.listed.end();
}

std::string as_written(const Times& times) {
  std::string list;
  for (const int time : times.listed) list += (list.empty() ? "" : ", ") + std::to_string(time);
  const bool single = times.listed.size() + (times.from_then_on ? 1 : 0) == 1;
  if (times.from_then_on)
    list += (list.empty() ? "" : ", ") + std::to_string(*times.from_then_on) + '+';
  return single ? list : '[' + list + ']';
}

}  // namespace assistants_mock::scenarios
