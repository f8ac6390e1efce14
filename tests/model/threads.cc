#include "tests/model/threads.h"

#include "tests/model/messages.h"
#include "tests/model/refusals.h"
#include "tests/model/resources.h"

namespace assistants_mock::tests::model {
namespace {

Json shown_thread(const Thread& thread) {
  return {{"id", thread.id},
          {"object", "thread"},
          {"created_at", shown(thread.created_at)},
          {"metadata", thread.metadata},
          {"tool_resources", thread.resources}};
}

void draw_create(const World& world, Draw& draw, Asked& asked) {
  asked.body = drawn_thread(world, draw);
}
Expected create(World& world, const Asked& asked) {
  if (auto refusal = check_thread(world, asked.body)) return *refusal;
  return {.body = shown_thread(make_thread(world, asked.body))};
}

void draw_one(const World& world, Draw& draw, Asked& asked) {
  asked.ids = {draw.id_of(world.threads, "thread_none")};
}
Expected get(World& world, const Asked& asked) {
  const Thread* thread = find(world.threads, asked.ids[0]);
  if (thread == nullptr) return refused("nf.thread", {asked.ids[0]});
  return {.body = shown_thread(*thread)};
}

void draw_modify(const World& world, Draw& draw, Asked& asked) {
  draw_one(world, draw, asked);
  asked.body = Json::object();
  if (draw.one_in(2)) asked.body["metadata"] = draw.one_in(4) ? Json() : Json({{"mood", "good"}});
  if (const Json resources = drawn_resources(world, draw, false); !resources.is_null())
    asked.body["tool_resources"] = resources;
}
// Nothing of it is locked while a run is active (run-lifecycle.md, "The thread's lock").
Expected modify(World& world, const Asked& asked) {
  Thread* thread = find(world.threads, asked.ids[0]);
  if (thread == nullptr) return refused("nf.thread", {asked.ids[0]});
  if (const Json* resources = asked.field("tool_resources")) {
    if (auto refusal = check_resources(world, *resources)) return *refusal;
    thread->resources = made_resources(world, *resources, days_of_thread_stores);
  }
  if (const Json* metadata = asked.field("metadata"))
    thread->metadata = metadata->is_null() ? Json::object() : *metadata;
  return {.body = shown_thread(*thread)};
}

// Its run is gone with it.
Expected erase(World& world, const Asked& asked) {
  Thread* thread = find(world.threads, asked.ids[0]);
  if (thread == nullptr) return refused("nf.thread", {asked.ids[0]});
  thread->deleted = true;
  return {.body = {{"id", thread->id}, {"object", "thread.deleted"}, {"deleted", true}}};
}

}  // namespace

Json drawn_messages(const World& world, Draw& draw, std::size_t most) {
  Json messages = Json::array();
  for (std::size_t left = draw.below(most + 1); left > 0; --left) {
    messages.push_back(drawn_message(world, draw));
    if (messages.back().at("role") == "system") messages.back()["role"] = "user";
  }
  return messages;
}

Json drawn_thread(const World& world, Draw& draw) {
  Json body = Json::object();
  if (Json messages = drawn_messages(world, draw, 2); !messages.empty())
    body["messages"] = std::move(messages);
  if (draw.one_in(4)) body["metadata"] = {{"mood", "good"}};
  if (const Json resources = drawn_resources(world, draw, true); !resources.is_null())
    body["tool_resources"] = resources;
  return body;
}

std::optional<Expected> check_thread(World& world, const Json& body) {
  const Json resources = body.value("tool_resources", Json());
  const Json messages = body.value("messages", Json::array());
  if (auto refusal = check_resources(world, resources)) return refusal;
  if (auto refusal = check_attachments(world, messages)) return refusal;
  return check_store_of_attachments(world, resources, messages);
}

Thread& make_thread(World& world, const Json& body) {
  Thread thread{.id = world.next_id("thread"), .created_at = world.now};
  if (body.contains("metadata") && !body.at("metadata").is_null())
    thread.metadata = body.at("metadata");
  thread.resources =
      made_resources(world, body.value("tool_resources", Json()), days_of_thread_stores);
  add_messages(world, thread, body.value("messages", Json::array()));
  world.threads.push_back(std::move(thread));
  return world.threads.back();
}

Operations thread_operations() {
  using enum FieldKind;
  return {
      {.id = "createThread",
       .method = "POST",
       .path = "/threads",
       .weight = 4,
       .draw = draw_create,
       .answer = create,
       .fields = {{"messages", FieldKind::items, false, false},
                  {"tool_resources", object},
                  {"metadata", object}}},
      {.id = "getThread",
       .method = "GET",
       .path = "/threads/{thread_id}",
       .draw = draw_one,
       .answer = get},
      {.id = "modifyThread",
       .method = "POST",
       .path = "/threads/{thread_id}",
       .draw = draw_modify,
       .answer = modify,
       .fields = {{"tool_resources", object}, {"metadata", object}}},
      {.id = "deleteThread",
       .method = "DELETE",
       .path = "/threads/{thread_id}",
       .draw = draw_one,
       .answer = erase},
  };
}

}  // namespace assistants_mock::tests::model
