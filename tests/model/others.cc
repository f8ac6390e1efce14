#include "tests/model/operation.h"
#include "tests/model/refusals.h"

namespace assistants_mock::tests::model {
namespace {

void draw_nothing(const World&, Draw&, Asked&) {}

Expected unknown_route(World&, const Asked& asked) {
  return refused("route.unknown",
                 {std::string(asked.operation->method), std::string(asked.operation->path)});
}
Expected wrong_method(World&, const Asked& asked) {
  return refused("route.method",
                 {std::string(asked.operation->method), std::string(asked.operation->path)});
}

// Around what runs, files and stores take: a run's 600 s, a store's days, an upload's hour, and the
// half seconds in between.
void draw_time(const World& world, Draw& draw, Asked& asked) {
  static const std::vector<Time> steps = {
      500,     1'000,     1'000,     1'500,        2'000,   3'000,   4'000,
      10'000,  60'000,    595'000,   599'000,      599'500, 600'000, 601'000,
      700'000, 3'599'000, 3'600'000, day - second, day,     7 * day, 30 * day};
  // The long ones are for now and then: most of what can happen takes seconds.
  asked.by = steps[draw.one_in(6) ? draw.below(steps.size()) : draw.below(8)];
  static_cast<void>(world);
}
Expected pass_time(World& world, const Asked& asked) {
  advance(world, asked.by);
  return {};
}

}  // namespace

Operations other_operations() {
  return {
      {.id = "(unknown route)",
       .method = "POST",
       .path = "/thread",
       .draw = draw_nothing,
       .answer = unknown_route},
      {.id = "(wrong method)",
       .method = "PUT",
       .path = "/assistants",
       .draw = draw_nothing,
       .answer = wrong_method},
      {.id = "(time)", .weight = 24, .draw = draw_time, .answer = pass_time},
  };
}

}  // namespace assistants_mock::tests::model
