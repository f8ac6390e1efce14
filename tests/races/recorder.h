#pragma once
// Threads at work: plays programs at once, or one after another, and writes down who did what when.
#include <atomic>
#include <barrier>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/races/race.h"

namespace assistants_mock::tests {

// The order over all threads that operations are written down in.
using Clock = std::atomic<std::uint64_t>;

// One thread of a race, and what it remembers.
class Runner {
 public:
  // Before each act, and between what is written down of it and the act itself, the thread
  // hesitates as `chance` says.
  Runner(std::size_t thread, RacedWorld& world, Clock& clock, Chance chance)
      : thread_(thread), world_(world), clock_(clock), chance_(chance) {}

  // From now on each act waits, once it is written down as begun, until the others have begun one
  // as well; null: not any more.
  void meet_at(std::barrier<>* meeting) { meeting_ = meeting; }

  void play(const Act& act);
  // Whether a stream of it may still have something to say.
  bool has_open_stream() const { return stream_ != nullptr; }

  const History& history() const { return history_; }
  const std::vector<Played>& played() const { return played_; }  // openers count from its first

 private:
  void request(Act act);
  void read(std::chrono::milliseconds patience);
  void read_rest();
  std::uint64_t invoke();
  void note(Played played, std::string answer, std::uint64_t invoked);
  void hesitate();

  std::size_t thread_;
  RacedWorld& world_;
  Clock& clock_;
  Chance chance_;
  std::barrier<>* meeting_ = nullptr;
  History history_;
  std::vector<Played> played_;
  std::string last_id_ = "none";
  std::shared_ptr<EventStream> stream_;
  std::size_t opener_ = 0;
};

// How threads come together. The first is as wild as the machine lets it be, which on a busy one
// is seldom wild; under the second their acts overlap whatever the machine does.
enum class Pacing { free, step_by_step };

// All programs at once, each on a thread of its own. Throws what a runner throws.
void play_at_once(std::vector<Runner>& runners, const std::vector<Program>& programs,
                  Pacing pacing);

// One program after another, in an order that `chance` chooses.
void play_in_turn(std::vector<Runner>& runners, const std::vector<Program>& programs,
                  Chance& chance);

// Puts together what the threads wrote down.
void collect(const std::vector<Runner>& runners, Round& round);

}  // namespace assistants_mock::tests
