#include "scenarios/fault_order.h"

#include <algorithm>

namespace assistants_mock::scenarios {

FaultOrder::Counted FaultOrder::counted(const Fault& fault) {
  return {fault.on, fault.run_status, fault.per, fault.stream.has_value()};
}

void FaultOrder::add(const Fault& fault) {
  Taken& taken = taken_[counted(fault)];
  taken.listed.insert(fault.times.listed.begin(), fault.times.listed.end());
  taken.from = std::min(taken.from, fault.times.from_then_on.value_or(taken.from));
  while (taken.listed.contains(taken.from - 1)) --taken.from;
  // Where every answer is replaced there is no stream; one that is only spoilt may be one.
  spares_some_ = spares_some_ || (!fault.stream && !replaces_answer(fault));
  if (spares_some_ || fault.stream || taken.from > 1) return;
  Counted streams = counted(fault);
  streams.in_stream = true;
  taken_[streams].from = 1;
}

bool FaultOrder::takes_all(const Counted& counted) const {
  const auto taken = taken_.find(counted);
  return taken != taken_.end() && taken->second.from <= 1;
}

bool FaultOrder::leaves_nothing_to(const Fault& next) const {
  // All requests are all of them, however others count.
  const bool in_stream = next.stream.has_value();
  if (takes_all({"*", "", "", in_stream}) || takes_all({next.on, "", "", in_stream})) return true;
  const auto found = taken_.find(counted(next));
  if (found == taken_.end()) return false;
  const Taken& taken = found->second;
  const bool listed = std::ranges::all_of(next.times.listed, [&](int time) {
    return time >= taken.from || taken.listed.contains(time);
  });
  return listed && next.times.from_then_on.value_or(taken.from) >= taken.from;
}

}  // namespace assistants_mock::scenarios
