#include "tests/model/runs.h"

#include <algorithm>

#include "tests/model/lists.h"
#include "tests/model/messages.h"
#include "tests/model/refusals.h"
#include "tests/model/threads.h"

namespace assistants_mock::tests::model {
namespace {

Json required_action(const Run& run) {
  if (run.status != "requires_action") return nullptr;
  Json calls = Json::array();
  for (const ToolCall& call : run.steps.back().calls)
    calls.push_back({{"id", call.id},
                     {"type", "function"},
                     {"function", {{"name", call.name}, {"arguments", "{}"}}}});
  return {{"type", "submit_tool_outputs"}, {"submit_tool_outputs", {{"tool_calls", calls}}}};
}

// Fields as in run-lifecycle.md, "Fields per status".
Json shown_run(const Thread& thread, const Run& run) {
  Json body = run.settings;
  body.update({{"id", run.id},
               {"object", "thread.run"},
               {"created_at", shown(run.created_at)},
               {"assistant_id", run.assistant},
               {"thread_id", thread.id},
               {"status", run.status},
               {"started_at", shown(run.started_at)},
               {"expires_at", run.active() ? shown(run.expires_at()) : Json(nullptr)},
               {"completed_at", shown(run.completed_at)},
               {"failed_at", shown(run.failed_at)},
               {"cancelled_at", shown(run.cancelled_at)},
               {"required_action", required_action(run)},
               {"last_error", nullptr},
               {"incomplete_details", nullptr},
               {"usage", run.active() ? Json(nullptr) : Json("*")},
               {"tool_choice", "auto"},
               {"parallel_tool_calls", true}});
  if (run.status == "failed")
    body["last_error"] = {{"code", "*"}, {"message", run.behaviour->error}};
  if (run.status == "incomplete")
    body["incomplete_details"] = {{"reason", "max_completion_tokens"}};
  return body;
}

bool searches(const Json& settings) {
  return std::ranges::any_of(settings.at("tools"),
                             [](const Json& tool) { return tool.at("type") == "file_search"; });
}

// The stores that a run can search: its assistant's and its thread's.
std::vector<Store*> stores_of(World& world, const Assistant& assistant, const Json& resources) {
  std::vector<Store*> stores;
  for (const Id& id : {store_named(assistant.resources), store_named(resources)})
    if (Store* store = find(world.stores, id)) stores.push_back(store);
  return stores;
}

Json settings_of(const Assistant& assistant, const Json& body) {
  Json settings = {{"model", assistant.settings.at("model")},
                   {"instructions", assistant.settings.at("instructions")},
                   {"tools", assistant.settings.at("tools")},
                   {"metadata", Json::object()}};
  for (const char* name : {"model", "instructions", "tools", "metadata"})
    if (body.contains(name) && !body.at(name).is_null()) settings[name] = body.at(name);
  const Json more = body.value("additional_instructions", Json());
  Json& instructions = settings["instructions"];
  if (!more.is_null())
    instructions = instructions.is_null()
                       ? more
                       : Json(instructions.get<std::string>() + "\n" + more.get<std::string>());
  return settings;
}

// vs.expired.run, of the first of them.
std::optional<Expected> check_stores(World& world, const Assistant& assistant, const Json& settings,
                                     const Json& resources) {
  if (!searches(settings)) return {};
  for (const Store* store : stores_of(world, assistant, resources))
    if (store->expired) return refused("vs.expired.run", {store->id});
  return {};
}

// T1. A run that can search its stores keeps them alive (VectorStores.AreKeptAliveByUse).
Run& start(World& world, Thread& thread, const Assistant& assistant, Json settings) {
  if (searches(settings))
    for (Store* store : stores_of(world, assistant, thread.resources))
      store->last_active_at = world.now;
  Run run{.id = world.next_id("run"), .assistant = assistant.id, .created_at = world.now};
  if (settings.at("instructions").is_null()) settings["instructions"] = "";  // objects.md
  run.settings = std::move(settings);
  run.behaviour = &behaviour_of(last_user_message(thread));
  if (run.behaviour->queued) run.due = world.now + *run.behaviour->queued;
  thread.runs.push_back(std::move(run));
  return thread.runs.back();
}

void draw_settings(const World& world, Draw& draw, Asked& asked) {
  asked.body = {{"assistant_id", draw.id_of(world.assistants, "asst_none")}};
  if (draw.one_in(4)) asked.body["instructions"] = "Be brief.";
  if (draw.one_in(6)) asked.body["tools"] = Json::array({{{"type", "file_search"}}});
  if (draw.one_in(6)) asked.body["metadata"] = {{"tier", "free"}};
  if (draw.one_in(6)) asked.body["stream"] = true;
}

void draw_create(const World& world, Draw& draw, Asked& asked) {
  asked.ids = {draw.id_of(world.threads, "thread_none")};
  draw_settings(world, draw, asked);
  if (draw.one_in(8)) asked.body["model"] = "gpt-4.1";
  if (draw.one_in(8)) asked.body["additional_instructions"] = "Now.";
  if (draw.one_in(4))
    if (Json messages = drawn_messages(world, draw, 2); !messages.empty())
      asked.body["additional_messages"] = std::move(messages);
}
Expected create(World& world, const Asked& asked) {
  Thread* thread = find(world.threads, asked.ids[0]);
  if (thread == nullptr) return refused("nf.thread", {asked.ids[0]});
  const Id assistant_id = asked.body.at("assistant_id");
  const Assistant* assistant = find(world.assistants, assistant_id);
  if (assistant == nullptr) return refused("nf.assistant", {assistant_id});
  const Json messages = asked.body.value("additional_messages", Json::array());
  if (auto refusal = check_attachments(world, messages)) return *refusal;

  if (const Run* run = thread->active_run())
    return refused(messages.empty() ? "lock.run" : "lock.run-with-messages", {thread->id, run->id});
  Json settings = settings_of(*assistant, asked.body);
  if (settings.at("instructions").is_null() && !has_user_message(*thread) &&
      !has_user_message(messages))
    return refused("run.empty-thread");
  if (auto refusal = check_store_of_attachments(world, thread->resources, messages))
    return *refusal;
  if (auto refusal = check_stores(world, *assistant, settings, thread->resources)) return *refusal;

  add_messages(world, *thread, messages);
  return {.body = shown_run(*thread, start(world, *thread, *assistant, std::move(settings)))};
}

void draw_create_both(const World& world, Draw& draw, Asked& asked) {
  draw_settings(world, draw, asked);
  if (!draw.one_in(8)) asked.body["thread"] = drawn_thread(world, draw);
}
Expected create_both(World& world, const Asked& asked) {
  const Id assistant_id = asked.body.at("assistant_id");
  const Assistant* assistant = find(world.assistants, assistant_id);
  if (assistant == nullptr) return refused("nf.assistant", {assistant_id});
  const Json body = asked.body.value("thread", Json::object());
  if (auto refusal = check_thread(world, body)) return *refusal;
  Json settings = settings_of(*assistant, asked.body);
  const Json resources = body.value("tool_resources", Json());
  if (auto refusal = check_stores(world, *assistant, settings, resources)) return *refusal;
  if (settings.at("instructions").is_null() &&
      !has_user_message(body.value("messages", Json::array())))
    return refused("run.empty-thread");
  Thread& thread = make_thread(world, body);
  return {.body = shown_run(thread, start(world, thread, *assistant, std::move(settings)))};
}

void draw_one(const World& world, Draw& draw, Asked& asked) {
  draw_run(world, draw, asked);
}
Expected get(World& world, const Asked& asked) {
  const RunPlace place = run_place(world, asked);
  return place.refusal ? *place.refusal : Expected{.body = shown_run(*place.thread, *place.run)};
}

void draw_modify(const World& world, Draw& draw, Asked& asked) {
  draw_run(world, draw, asked);
  asked.body = {{"metadata", draw.one_in(4) ? Json(nullptr) : Json({{"seen", "yes"}})}};
}
Expected modify(World& world, const Asked& asked) {
  const RunPlace place = run_place(world, asked);
  if (place.refusal) return *place.refusal;
  if (place.run->active()) return refused("run.modify", {place.run->status});
  if (const Json* metadata = asked.field("metadata"))
    place.run->settings["metadata"] = metadata->is_null() ? Json::object() : *metadata;
  return {.body = shown_run(*place.thread, *place.run)};
}

void draw_cancel(const World& world, Draw& draw, Asked& asked) {
  draw_run(world, draw, asked, draw.one_in(2) ? "in_progress" : "queued");
}
Expected cancel_run(World& world, const Asked& asked) {
  const RunPlace place = run_place(world, asked);
  if (place.refusal) return *place.refusal;
  Run& run = *place.run;
  if (run.status == "cancelling") return refused("cancel.twice");
  if (!run.active()) return refused("cancel.final", {run.status});
  cancel(run, world.now);
  return {.body = shown_run(*place.thread, run)};
}

void draw_submit(const World& world, Draw& draw, Asked& asked) {
  const Run* run = draw_run(world, draw, asked, "requires_action");
  Json outputs = Json::array();
  if (run != nullptr && !run->steps.empty())
    for (const ToolCall& call : run->steps.back().calls)
      outputs.push_back({{"tool_call_id", call.id}, {"output", "sunny"}});
  if (draw.one_in(8) && !outputs.empty()) outputs.erase(outputs.begin());
  if (draw.one_in(8) && !outputs.empty()) std::ranges::reverse(outputs);
  if (draw.one_in(8) && !outputs.empty()) outputs.front().erase("output");
  if (outputs.empty()) outputs.push_back({{"tool_call_id", "call_none"}, {"output", "sunny"}});
  asked.body = {{"tool_outputs", outputs}};
  if (draw.one_in(8)) asked.body["stream"] = true;
}

std::string quoted(const std::vector<Id>& ids) {
  std::string text;
  for (const Id& id : ids) text += (text.empty() ? "'" : ", '") + id + "'";
  return text;
}

Expected submit(World& world, const Asked& asked) {
  const RunPlace place = run_place(world, asked);
  if (place.refusal) return *place.refusal;
  Run& run = *place.run;
  if (run.status != "requires_action") return refused("submit.status", {run.status});
  std::vector<Id> expected;
  std::vector<Id> got;
  for (const ToolCall& call : run.steps.back().calls) expected.push_back(call.id);
  for (const Json& output : asked.body.at("tool_outputs")) got.push_back(output.at("tool_call_id"));
  if (!std::ranges::is_permutation(expected, got))
    return refused("submit.ids", {quoted(expected), quoted(got)});
  for (const Json& output : asked.body.at("tool_outputs"))
    for (ToolCall& call : run.steps.back().calls)
      if (call.id == output.at("tool_call_id")) call.output = output.value("output", "");
  resume(world, run);
  return {.body = shown_run(*place.thread, run)};
}

void draw_list(const World& world, Draw& draw, Asked& asked) {
  const Thread* thread = draw.latest(world.threads);
  if (thread == nullptr) return;
  asked.ids = {draw.one_in(24) ? "thread_none" : thread->id};
  draw_paging(draw, asked, thread->runs, "run_none");
}
Expected list(World& world, const Asked& asked) {
  const Thread* thread = find(world.threads, asked.ids[0]);
  if (thread == nullptr) return refused("nf.thread", {asked.ids[0]});
  return listed(
      thread->runs, asked, always<Run>, [&](const Run& run) { return shown_run(*thread, run); },
      [](const Id& id) { return refused("nf.run", {id}); });
}

}  // namespace

RunPlace run_place(World& world, const Asked& asked) {
  Thread* thread = find(world.threads, asked.ids[0]);
  if (thread == nullptr) return {nullptr, nullptr, refused("nf.thread", {asked.ids[0]})};
  Run* run = find(thread->runs, asked.ids[1]);
  if (run == nullptr) return {thread, nullptr, refused("nf.run", {asked.ids[1]})};
  return {thread, run};
}

const Run* draw_run(const World& world, Draw& draw, Asked& asked, const char* preferred) {
  std::vector<std::pair<const Thread*, const Run*>> all;
  std::vector<std::pair<const Thread*, const Run*>> likely;
  for (const Thread& thread : world.threads)
    for (const Run& run : thread.runs)
      if (!thread.deleted || draw.one_in(16)) {
        all.emplace_back(&thread, &run);
        if (run.status == preferred) likely.push_back(all.back());
      }
  if (all.empty()) {
    draw.impossible();
    return nullptr;
  }
  const auto& chosen = likely.empty() || draw.one_in(8) ? all : likely;
  const auto& [thread, run] = chosen[chosen.size() - 1 - draw.below(chosen.size())];
  asked.ids = {thread->id, run->id};
  // Now and then with the id of another, or of none.
  const std::size_t mistake = draw.below(48);
  if (mistake == 45) asked.ids[0] = world.threads.front().id;
  if (mistake == 46) asked.ids[1] = "run_none";
  if (mistake == 47) asked.ids[1] = "undefined";
  return run;
}

Operations run_operations() {
  using enum FieldKind;
  const std::vector<Field> settings = {{"assistant_id", id, true, false},
                                       {"model", text},
                                       {"instructions", text},
                                       {"additional_instructions", text},
                                       {"additional_messages", FieldKind::items},
                                       {"tools", FieldKind::items},
                                       {"metadata", object},
                                       {"stream", flag}};
  const std::string_view one = "/threads/{thread_id}/runs/{run_id}";
  return {
      {.id = "listRuns",
       .method = "GET",
       .path = "/threads/{thread_id}/runs",
       .weight = 2,
       .draw = draw_list,
       .answer = list,
       .parameters = paging},
      {.id = "createRun",
       .method = "POST",
       .path = "/threads/{thread_id}/runs",
       .weight = 8,
       .draw = draw_create,
       .answer = create,
       .fields = settings},
      {.id = "createThreadAndRun",
       .method = "POST",
       .path = "/threads/runs",
       .weight = 3,
       .draw = draw_create_both,
       .answer = create_both,
       .fields = {{"assistant_id", id, true, false},
                  {"thread", object, false, false},
                  {"model", text},
                  {"instructions", text},
                  {"tools", FieldKind::items},
                  {"metadata", object},
                  {"stream", flag}}},
      {.id = "getRun", .method = "GET", .path = one, .weight = 5, .draw = draw_one, .answer = get},
      {.id = "modifyRun",
       .method = "POST",
       .path = one,
       .weight = 2,
       .draw = draw_modify,
       .answer = modify,
       .fields = {{"metadata", object}}},
      {.id = "cancelRun",
       .method = "POST",
       .path = "/threads/{thread_id}/runs/{run_id}/cancel",
       .weight = 3,
       .draw = draw_cancel,
       .answer = cancel_run},
      {.id = "submitToolOuputsToRun",
       .method = "POST",
       .path = "/threads/{thread_id}/runs/{run_id}/submit_tool_outputs",
       .weight = 5,
       .draw = draw_submit,
       .answer = submit,
       .fields = {{"tool_outputs", FieldKind::items, true, false}, {"stream", flag}}},
  };
}

}  // namespace assistants_mock::tests::model
