#pragma once
// Of several faults whose turn it is the first wins: which of them leave nothing to one after them.
#include <compare>
#include <limits>
#include <map>
#include <set>
#include <string>

#include "assistants_mock/fault.h"

namespace assistants_mock::scenarios {

class FaultOrder {
 public:
  // Adds the next fault of a file; it must be valid.
  void add(const Fault& fault);

  // Whether those that were added strike at every request that `next` would strike at. False also
  // where they count other requests than it does, so that nobody can tell.
  bool leaves_nothing_to(const Fault& next) const;

 private:
  // Faults alike in these count the same requests with the same numbers.
  struct Counted {
    std::string on;
    std::string run_status;
    std::string per;
    bool in_stream = false;
    auto operator<=>(const Counted&) const = default;
  };
  struct Taken {
    std::set<int> listed;
    int from = std::numeric_limits<int>::max();  // all from here on
  };

  static Counted counted(const Fault& fault);
  bool takes_all(const Counted& counted) const;

  std::map<Counted, Taken> taken_;
  bool spares_some_ = false;  // one of them leaves the answer that it strikes in its place
};

}  // namespace assistants_mock::scenarios
