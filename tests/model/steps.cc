#include "tests/model/lists.h"
#include "tests/model/refusals.h"
#include "tests/model/runs.h"

namespace assistants_mock::tests::model {
namespace {

// What hosted tools find and print is not the model's business.
Json shown_details(const Step& step) {
  if (!step.message.empty())
    return {{"type", "message_creation"}, {"message_creation", {{"message_id", step.message}}}};
  Json calls = Json::array();
  for (const ToolCall& call : step.calls) {
    Json one = {{"id", call.id}, {"type", call.type}};
    if (call.type == "function")
      one["function"] = {{"name", call.name},
                         {"arguments", "{}"},
                         {"output", call.output ? Json(*call.output) : Json(nullptr)}};
    calls.push_back(std::move(one));
  }
  return {{"type", "tool_calls"}, {"tool_calls", std::move(calls)}};
}

Json shown_step(const Thread& thread, const Run& run, const Step& step) {
  Json body = {{"id", step.id},
               {"object", "thread.run.step"},
               {"created_at", shown(step.created_at)},
               {"run_id", run.id},
               {"assistant_id", run.assistant},
               {"thread_id", thread.id},
               {"type", step.message.empty() ? "tool_calls" : "message_creation"},
               {"status", step.status},
               {"completed_at", shown(step.completed_at)},
               {"failed_at", shown(step.failed_at)},
               {"cancelled_at", shown(step.cancelled_at)},
               {"expired_at", shown(step.expired_at)},
               {"last_error", nullptr},
               {"usage", step.status == "in_progress" ? Json(nullptr) : Json("*")}};
  if (step.status == "failed")
    body["last_error"] = {{"code", "*"}, {"message", run.behaviour->error}};
  // The calls of a step come one by one, at moments that are the mock's own.
  if (!step.message.empty() || step.whole) body["step_details"] = shown_details(step);
  return body;
}

void draw_one(const World& world, Draw& draw, Asked& asked) {
  const Run* run = draw_run(world, draw, asked);
  if (run != nullptr) asked.ids.push_back(draw.id_of(run->steps, "step_none"));
}
Expected get(World& world, const Asked& asked) {
  const RunPlace place = run_place(world, asked);
  if (place.refusal) return *place.refusal;
  const Step* step = find(place.run->steps, asked.ids[2]);
  if (step == nullptr) return refused("nf.step", {asked.ids[2]});
  return {.body = shown_step(*place.thread, *place.run, *step)};
}

void draw_list(const World& world, Draw& draw, Asked& asked) {
  const Run* run = draw_run(world, draw, asked);
  if (run != nullptr) draw_paging(draw, asked, run->steps, "step_none");
}
Expected list(World& world, const Asked& asked) {
  const RunPlace place = run_place(world, asked);
  if (place.refusal) return *place.refusal;
  return listed(
      place.run->steps, asked, always<Step>,
      [&](const Step& step) { return shown_step(*place.thread, *place.run, step); },
      [](const Id& id) { return refused("nf.step", {id}); });
}

}  // namespace

Operations step_operations() {
  return {
      {.id = "listRunSteps",
       .method = "GET",
       .path = "/threads/{thread_id}/runs/{run_id}/steps",
       .weight = 3,
       .draw = draw_list,
       .answer = list,
       .parameters = paging},
      {.id = "getRunStep",
       .method = "GET",
       .path = "/threads/{thread_id}/runs/{run_id}/steps/{step_id}",
       .weight = 2,
       .draw = draw_one,
       .answer = get},
  };
}

}  // namespace assistants_mock::tests::model
