#pragma once
// The run that a request's path names.
#include <optional>

#include "tests/model/operation.h"

namespace assistants_mock::tests::model {

struct RunPlace {
  Thread* thread;
  Run* run;
  std::optional<Expected> refusal = {};
};
RunPlace run_place(World& world, const Asked& asked);

// Draws ids of a thread and a run, most often of one with that status.
const Run* draw_run(const World& world, Draw& draw, Asked& asked, const char* preferred = "");

}  // namespace assistants_mock::tests::model
