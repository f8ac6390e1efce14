// Deltas are spread in integers, so that the same script gives the same milliseconds everywhere.
#include "scenarios/turn_timing.h"

#include <algorithm>
#include <span>
#include <type_traits>
#include <utility>

namespace assistants_mock::scenarios {
namespace {

// floor(whole * part / parts) without the product, which might not fit.
Duration share(Duration whole, Duration::rep part, Duration::rep parts) {
  return whole / parts * part + whole % parts * part / parts;
}

// A message begins with its first delta, and an image is made when it is shown.
bool comes_with_the_next(const Act& act) {
  return std::holds_alternative<BeginMessage>(act) || std::holds_alternative<MakeFile>(act);
}

void spread(std::span<TimedAct> acts, Duration start, Duration over) {
  const auto deltas =
      std::ranges::count_if(acts, [](const TimedAct& timed) { return is_delta(timed.act); });
  Duration::rep said = 0;
  for (TimedAct& timed : acts) {
    if (is_delta(timed.act)) ++said;
    timed.after = said == 0 ? start : start + share(over, said, deltas);
  }
  for (std::size_t place = acts.size(); place-- > 1;)
    if (comes_with_the_next(acts[place - 1].act)) acts[place - 1].after = acts[place].after;
}

}  // namespace

bool is_delta(const Act& act) {
  return std::visit(
      []<class One>(const One&) {
        return std::is_same_v<One, AddToMessage> || std::is_same_v<One, AddCall> ||
               std::is_same_v<One, AddArguments> || std::is_same_v<One, AddCode> ||
               std::is_same_v<One, AddCodeInput> || std::is_same_v<One, AddLogs> ||
               std::is_same_v<One, AddImage> || std::is_same_v<One, AddSearch>;
      },
      act);
}

void TurnTiming::wait(Duration length) {
  now_ += length;
  told_about_time_ = true;
}

void TurnTiming::add(Act act) {
  acts_.push_back({now_, std::move(act)});
}

void TurnTiming::reserve(std::size_t more) {
  // Twice as much as there is at least: exactly as much each time would move all of it each time.
  if (const std::size_t wanted = acts_.size() + more; wanted > acts_.capacity())
    acts_.reserve(std::max(wanted, 2 * acts_.capacity()));
}

void TurnTiming::begin_spread() {
  spread_from_ = acts_.size();
}

void TurnTiming::end_spread(const std::optional<Duration>& over) {
  if (!over) return;
  spread(std::span(acts_).subspan(spread_from_), now_, *over);
  wait(*over);
}

std::vector<TimedAct> TurnTiming::finish(Act end) {
  if (!told_about_time_) {
    spread(acts_, Duration{}, usual_turn);
    now_ = usual_turn;
  }
  add(std::move(end));
  return std::exchange(acts_, {});
}

}  // namespace assistants_mock::scenarios
