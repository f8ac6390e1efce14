#pragma once
// Chance, as a command holds it: a few numbers that are read one after the other. What they mean
// depends on the world that they are read in ("the latest thread but two"), so that a sequence of
// commands means something after any of them was taken out. Noughts are the simplest choice.
#include <array>
#include <cstdint>
#include <vector>

#include "tests/model/world.h"

namespace assistants_mock::tests::model {

using Choices = std::array<std::uint8_t, 16>;

class Draw {
 public:
  explicit Draw(const Choices& choices) : choices_(choices) {}

  // From 0 to `count` - 1.
  std::size_t below(std::size_t count) {
    return place_ == choices_.size() ? 0 : choices_[place_++] % count;
  }
  bool one_in(std::size_t count) { return below(count) == count - 1; }

  template <class Value>
  const Value& one_of(const std::vector<Value>& values) {
    return values[below(values.size())];
  }

  // One of the things that were ever made, the latest first, now and then one that was deleted.
  // Null, and the command is impossible, when there is none.
  template <class Thing>
  const Thing* latest(const std::vector<Thing>& things) {
    std::vector<const Thing*> chosen;
    const bool any = one_in(24);
    for (std::size_t place = things.size(); place > 0; --place)
      if (any || !things[place - 1].deleted) chosen.push_back(&things[place - 1]);
    if (chosen.empty()) possible_ = false;
    return chosen.empty() ? nullptr : chosen[below(chosen.size())];
  }
  // Its id; or, now and then, one that never was.
  template <class Thing>
  Id id_of(const std::vector<Thing>& things, const Id& unknown) {
    switch (below(32)) {
      case 30:
        return unknown;
      case 31:
        return "undefined";  // what clients send most often (id.thread)
      default: {
        const Thing* thing = latest(things);
        return thing == nullptr ? unknown : thing->id;
      }
    }
  }

  // Whether all that was asked for is there: the precondition of a command.
  bool possible() const { return possible_; }
  void impossible() { possible_ = false; }

 private:
  const Choices& choices_;
  std::size_t place_ = 0;
  bool possible_ = true;
};

}  // namespace assistants_mock::tests::model
