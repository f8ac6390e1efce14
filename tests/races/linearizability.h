#pragma once
// Whether a history of operations that overlapped in time can be explained: some order of them,
// consistent with the real-time order, in which a sequential world gives the very same answers
// (linearizability). The search is Wing and Gong's, with a memory of the places that led nowhere.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace assistants_mock::tests {

// One thing that a thread did. It took effect at some moment between `invoked` and `responded`,
// which are places in one order over all threads.
struct Operation {
  std::size_t thread = 0;
  std::string what = {};  // for people
  std::string answer = {};
  std::uint64_t invoked = 0;
  std::uint64_t responded = 0;
};
using History = std::vector<Operation>;

// What the history is compared with: does one operation after the other.
class SequentialWorld {
 public:
  virtual ~SequentialWorld() = default;
  // The answer of the operation at this place of the history.
  virtual std::string play(std::size_t operation) = 0;
  // Two worlds that played the same operations and whose states are equal answer alike from then
  // on.
  virtual std::string state() const = 0;
};
using FreshWorld = std::function<std::unique_ptr<SequentialWorld>()>;

struct Explanation {
  bool found = false;
  std::vector<std::size_t> order =
      {};                 // of the operations; the longest beginning, if none is found
  std::size_t steps = 0;  // operations played in the search
};

// At most 64 operations; throws std::invalid_argument for more.
Explanation explain(const History& history, const FreshWorld& fresh);

// The history, an operation a line in the order of invocation; the order that explains it, or how
// far one got, and what each of the next operations would have answered there.
std::string describe(const History& history, const Explanation& explanation,
                     const FreshWorld& fresh);

}  // namespace assistants_mock::tests
