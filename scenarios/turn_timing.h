#pragma once
// When each act of a turn falls due.
#include <optional>
#include <vector>

#include "scenarios/playback.h"

namespace assistants_mock::scenarios {

// How long a turn works whose script says nothing about time.
inline constexpr Duration usual_turn = std::chrono::seconds{1};

// Whether `act` is a delta of a stream, which takes time to say; everything else happens together
// with what stands before it.
bool is_delta(const Act& act);

// Collects the acts of one turn and gives each its time: whole milliseconds, never falling. Told
// nothing about time (no wait() and no `over`), it spreads the turn's deltas over usual_turn.
class TurnTiming {
 public:
  // Time passes before the next act.
  void wait(Duration length);

  void add(Act act);
  // So many acts are about to be added.
  void reserve(std::size_t more);

  // The acts from here to end_spread() are one step, whose deltas take `over` if that is given: the
  // i-th of n falls due at i/n of it. A message begins together with its first delta: clients
  // stumble over one that is cut off empty (demand 21 of docs/wire/streaming.md).
  void begin_spread();
  void end_spread(const std::optional<Duration>& over);

  // The acts in order, `end` last. Leaves this empty.
  std::vector<TimedAct> finish(Act end);

 private:
  std::vector<TimedAct> acts_;
  std::size_t spread_from_ = 0;
  Duration now_{};
  bool told_about_time_ = false;
};

}  // namespace assistants_mock::scenarios
