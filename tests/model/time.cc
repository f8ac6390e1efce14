// What happens by itself.
#include <algorithm>

#include "tests/model/world.h"

namespace assistants_mock::tests::model {
namespace {

constexpr Time most_patience = 60 * second;  // RunsAndStores.WaitForFilesOfTheThread

bool under_way(const StoreFile& file) {
  return !file.deleted && file.status == "in_progress";
}

// "a run waits up to 60 s for the files of its thread's store" (vector-stores.md).
const Store* store_waited_for(World& world, const Thread& thread, const Run& run) {
  if (run.started_at) return nullptr;
  if (world.now >= run.created_at + most_patience) return nullptr;
  const Store* store = find(world.stores, store_named(thread.resources));
  return store != nullptr && std::ranges::any_of(store->files, under_way) ? store : nullptr;
}

void sooner(std::optional<Time>& next, const std::optional<Time>& at) {
  if (at && (!next || *at < *next)) next = at;
}

void end_step(Run& run, const std::string& status, Time at) {
  if (run.steps.empty() || run.steps.back().status != "in_progress") return;
  Step& step = run.steps.back();
  step.status = status;
  if (status == "completed") step.completed_at = at;
  if (status == "failed") step.failed_at = at;
  if (status == "cancelled") step.cancelled_at = at;
  if (status == "expired") step.expired_at = at;
}

// M3. Its text so far stays.
void break_off_message(Thread& thread, const Run& run, const std::string& reason, Time at) {
  for (Message& message : thread.messages)
    if (message.run == run.id && message.status == "in_progress") {
      message.status = "incomplete";
      message.incomplete_at = at;
      message.reason = reason;
    }
}

// How a run may end, and what that does to what is open (run-lifecycle.md, "Outcome table").
struct Ending {
  std::string status;
  std::string step;
  std::string reason;
  std::optional<Time> Run::*date;
};
const Ending completed{"completed", "completed", "", &Run::completed_at};               // T6
const Ending failed{"failed", "failed", "run_failed", &Run::failed_at};                 // T7
const Ending incomplete{"incomplete", "completed", "max_tokens", &Run::completed_at};   // T8
const Ending cancelled{"cancelled", "cancelled", "run_cancelled", &Run::cancelled_at};  // T11
const Ending expired{"expired", "expired", "run_expired", &Run::completed_at};          // T13-T15

void end(Thread& thread, Run& run, const Ending& ending, Time at) {
  run.status = ending.status;
  run.*ending.date = at;
  run.due = run.settles = std::nullopt;
  end_step(run, ending.step, at);
  break_off_message(thread, run, ending.reason, at);
}

void open_message(World& world, Thread& thread, Run& run, const Move& move) {
  Message message{.id = world.next_id("msg"), .created_at = world.now, .role = "assistant"};
  message.assistant = run.assistant;
  message.run = run.id;
  message.status = "in_progress";
  message.content = move.names.front();
  run.steps.push_back(
      {.id = world.next_id("step"), .created_at = world.now, .message = message.id});
  thread.messages.push_back(std::move(message));
}

void close_message(World& world, Thread& thread, Run& run) {
  for (Message& message : thread.messages)
    if (message.run == run.id && message.status == "in_progress") {
      message.status = "completed";
      message.completed_at = world.now;
      message.content =
          Json::array({{{"type", "text"},
                        {"text", {{"value", message.content}, {"annotations", Json::array()}}}}});
    }
  end_step(run, "completed", world.now);
}

void open_calls(World& world, Run& run, const Move& move) {
  Step step{.id = world.next_id("step"), .created_at = world.now};
  const bool hosted = move.kind == MoveKind::hosted;
  for (const std::string& name : move.names)
    step.calls.push_back({.id = world.next_id("call"), .type = hosted ? name : "function"});
  for (std::size_t place = 0; place < step.calls.size(); ++place)
    step.calls[place].name = move.names[place];
  run.steps.push_back(std::move(step));
}

void make_move(World& world, Thread& thread, Run& run, const Move& move) {
  using enum MoveKind;
  run.due = std::nullopt;
  switch (move.kind) {
    case open_message:
      return model::open_message(world, thread, run, move);
    case close_message:
      return model::close_message(world, thread, run);
    case open_calls:
    case hosted:
      return model::open_calls(world, run, move);
    case demand:
      run.steps.back().whole = true;
      // "a cancelled run calls no functions: there the cancel settles" (cancelled_too_late.txt)
      if (run.status == "cancelling") return end(thread, run, cancelled, world.now);
      run.status = "requires_action";  // T3
      return;
    case close_calls:
      run.steps.back().whole = true;
      return end_step(run, "completed", world.now);
    case make_file:
      world.files.push_back({.id = world.next_id("file"),
                             .created_at = world.now,
                             .filename = "report.csv",
                             .purpose = "assistants_output",
                             .content = "a,b"});
      return;
    case fail:
      return end(thread, run, failed, world.now);
    case cut:
      return end(thread, run, incomplete, world.now);
    case complete:
      return end(thread, run, completed, world.now);
    case hang:
      return;
  }
}

void pick_up(World& world, Run& run) {
  if (run.status != "cancelling") run.status = "in_progress";  // T2, T5
  run.started_at = world.now;
  run.due = world.now + run.behaviour->moves[run.next_move].after;
}

// The moment of its next change that is known by now.
std::optional<Time> next_change(World& world, const Thread& thread, const Run& run) {
  std::optional<Time> next = run.expires_at();
  sooner(next, run.settles);
  if (run.due && run.status == "queued" && *run.due <= world.now) {
    if (const Store* store = store_waited_for(world, thread, run)) {
      sooner(next, run.created_at + most_patience);
      for (const StoreFile& file : store->files)
        if (under_way(file)) sooner(next, file.due);
      return next;
    }
  }
  sooner(next, run.due);
  return next;
}

void change(World& world, Thread& thread, Run& run) {
  while (run.active() && next_change(world, thread, run) <= world.now) {
    // T13 to T15. At the deadline it is too late for anything else (outputs_at_the_deadline.txt).
    if (world.now >= run.expires_at()) return end(thread, run, expired, world.now);
    if (run.settles && *run.settles <= world.now) return end(thread, run, cancelled, world.now);
    if (run.status == "queued") {
      if (store_waited_for(world, thread, run) != nullptr) return;
      pick_up(world, run);
      continue;
    }
    const std::vector<Move>& moves = run.behaviour->moves;
    const Move& move = moves[run.next_move++];
    make_move(world, thread, run, move);
    const bool goes_on = run.active() && run.status != "requires_action";
    if (goes_on && move.kind != MoveKind::hang) run.due = world.now + moves[run.next_move].after;
  }
}

void index_files(World& world, Store& store) {
  for (StoreFile& file : store.files)
    if (under_way(file) && file.due && *file.due <= world.now)
      file.status = file.error.empty() ? "completed" : "failed";  // F2, F3
  settle_batches(store);
}

template <class Act>
void for_active_runs(World& world, Act act) {
  for (Thread& thread : world.threads)
    if (Run* run = thread.deleted ? nullptr : thread.active_run()) act(thread, *run);
}

std::optional<Time> next_change(World& world) {
  std::optional<Time> next;
  for (const Store& store : world.stores) {
    if (store.deleted) continue;
    for (const StoreFile& file : store.files)
      if (under_way(file)) sooner(next, file.due);
    if (!store.expired) sooner(next, store.expires_at());
  }
  for_active_runs(world, [&](const Thread& thread, const Run& run) {
    sooner(next, next_change(world, thread, run));
  });
  return next;
}

}  // namespace

void settle_batches(Store& store) {
  for (Batch& batch : store.batches) {
    const bool open = std::ranges::any_of(store.files, [&](const StoreFile& file) {
      return under_way(file) && file.batch == batch.id;
    });
    if (batch.status == "in_progress" && !open) batch.status = "completed";  // B2
  }
}

void advance(World& world, Time by) {
  const Time to = world.now + by;
  for (auto next = next_change(world); next && *next <= to; next = next_change(world)) {
    world.now = std::max(world.now, *next);
    for (Store& store : world.stores) {
      if (store.deleted) continue;
      index_files(world, store);
      if (store.expires_at() && *store.expires_at() <= world.now) store.expired = true;  // V4
    }
    for_active_runs(world, [&](Thread& thread, Run& run) { change(world, thread, run); });
  }
  world.now = to;
}

void cancel(Run& run, Time now) {
  const bool at_work = run.status == "in_progress";
  const CancelKind kind = run.behaviour->cancel;
  run.status = "cancelling";  // T9, T10
  if (at_work && kind == CancelKind::too_late) return;
  run.due = std::nullopt;  // nothing is done while it is cancelling
  if (kind == CancelKind::never) return;
  // Nobody is at work on a run that waits: there even a cancel that comes too late settles.
  run.settles = now + (kind == CancelKind::settles ? run.behaviour->settles_after : second);
}

void resume(World& world, Run& run) {
  end_step(run, "completed", world.now);  // S2
  run.status = "queued";                  // T4
  run.due = world.now + *run.behaviour->queued;
}

}  // namespace assistants_mock::tests::model
