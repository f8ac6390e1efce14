// Worlds cannot be copied: to try another way from a place, its operations are played again. That
// is cheap, since a wrong answer ends most ways at their first step.
#include "tests/races/linearizability.h"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <utility>

namespace assistants_mock::tests {
namespace {

using Done = std::uint64_t;  // a bit for each operation

Done bit(std::size_t operation) {
  return Done{1} << operation;
}

// Those that may come next: nothing that is left was answered before they were asked.
std::vector<std::size_t> next_ones(const History& history, Done done) {
  std::uint64_t first_response = UINT64_MAX;
  for (std::size_t place = 0; place < history.size(); ++place)
    if ((done & bit(place)) == 0)
      first_response = std::min(first_response, history[place].responded);
  std::vector<std::size_t> next;
  for (std::size_t place = 0; place < history.size(); ++place)
    if ((done & bit(place)) == 0 && history[place].invoked < first_response) next.push_back(place);
  return next;
}

class Search {
 public:
  Search(const History& history, const FreshWorld& fresh) : history_(history), fresh_(fresh) {}

  Explanation run() {
    explanation_.found = go_on(0, fresh_());
    if (explanation_.found) explanation_.order = order_;
    return std::move(explanation_);
  }

 private:
  // From the place that `order_` has reached; `world` is there too.
  bool go_on(Done done, std::unique_ptr<SequentialWorld> world) {
    if (order_.size() == history_.size()) return true;
    const std::string here = world->state();
    if (dead_ends_.contains({done, here})) return false;
    for (const std::size_t operation : next_ones(history_, done)) {
      if (!world) world = at_this_place();
      ++explanation_.steps;
      if (world->play(operation) != history_[operation].answer) {
        if (world->state() != here) world.reset();
        continue;
      }
      order_.push_back(operation);
      if (order_.size() > explanation_.order.size()) explanation_.order = order_;
      if (go_on(done | bit(operation), std::move(world))) return true;
      order_.pop_back();
    }
    dead_ends_.emplace(done, here);
    return false;
  }

  std::unique_ptr<SequentialWorld> at_this_place() {
    auto world = fresh_();
    for (const std::size_t operation : order_) world->play(operation);
    explanation_.steps += order_.size();
    return world;
  }

  const History& history_;
  const FreshWorld& fresh_;
  std::vector<std::size_t> order_;
  std::set<std::pair<Done, std::string>> dead_ends_;
  Explanation explanation_;
};

std::string line(const History& history, std::size_t place) {
  const Operation& operation = history[place];
  return "  [" + std::to_string(operation.invoked) + ", " + std::to_string(operation.responded) +
         "] thread " + std::to_string(operation.thread) + ": " + operation.what +
         "\n    answered " + operation.answer + '\n';
}

}  // namespace

Explanation explain(const History& history, const FreshWorld& fresh) {
  if (history.size() > 64) throw std::invalid_argument("a history of more than 64 operations");
  return Search(history, fresh).run();
}

std::string describe(const History& history, const Explanation& explanation,
                     const FreshWorld& fresh) {
  std::vector<std::size_t> asked(history.size());
  for (std::size_t place = 0; place < asked.size(); ++place) asked[place] = place;
  std::ranges::sort(asked, {}, [&](std::size_t place) { return history[place].invoked; });
  std::string text = "the history, by invocation:\n";
  for (const std::size_t place : asked) text += line(history, place);
  text += explanation.found ? "explained by the order:" : "no order explains it; the longest:";
  Done done = 0;
  for (const std::size_t place : explanation.order) {
    text += " [" + std::to_string(history[place].invoked) + "]";
    done |= bit(place);
  }
  text += '\n';
  if (explanation.found) return text;
  for (const std::size_t next : next_ones(history, done)) {
    const auto world = fresh();
    for (const std::size_t place : explanation.order) world->play(place);
    text += "  then [" + std::to_string(history[next].invoked) + "] would answer " +
            world->play(next) + '\n';
  }
  return text;
}

}  // namespace assistants_mock::tests
