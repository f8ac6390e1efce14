#include "tests/model/messages.h"

#include <algorithm>

#include "tests/model/lists.h"
#include "tests/model/refusals.h"
#include "tests/model/resources.h"

namespace assistants_mock::tests::model {
namespace {

bool is_for(const Json& attachment, const char* tool) {
  return std::ranges::any_of(attachment.at("tools"),
                             [&](const Json& one) { return one.at("type") == tool; });
}

template <class Act>
void for_attachments(const Json& messages, Act act) {
  for (const Json& message : messages)
    if (message.contains("attachments"))
      for (const Json& attachment : message.at("attachments")) act(attachment);
}

Json shown_content(const Json& content) {
  const auto text = [](const Json& value) -> Json {
    return {{"type", "text"}, {"text", {{"value", value}, {"annotations", Json::array()}}}};
  };
  if (content.is_string()) return Json::array({text(content)});
  Json parts = Json::array();
  for (const Json& part : content)
    if (part.at("type") == "text")
      parts.push_back(text(part.at("text")));
    else
      parts.push_back(
          {{"type", "image_url"},
           {"image_url", {{"url", part.at("image_url").at("url")}, {"detail", "auto"}}}});
  return parts;
}

// What is in progress, or broken off, has no text that the model knows.
Json shown_message(const Message& message) {
  Json body = {
      {"id", message.id},
      {"object", "thread.message"},
      {"created_at", shown(message.created_at)},
      {"assistant_id", message.assistant.empty() ? Json(nullptr) : Json(message.assistant)},
      {"run_id", message.run.empty() ? Json(nullptr) : Json(message.run)},
      {"status", message.status},
      {"incomplete_details", nullptr},
      {"completed_at", shown(message.completed_at)},
      {"incomplete_at", shown(message.incomplete_at)},
      {"role", message.role},
      {"attachments", message.attachments},
      {"metadata", message.metadata}};
  if (!message.reason.empty()) body["incomplete_details"] = {{"reason", message.reason}};
  if (message.status == "completed") body["content"] = message.content;
  return body;
}

// Where messages of a thread are asked for.
struct Place {
  Thread* thread;
  Message* message;
  std::optional<Expected> refusal = {};
};
Place place_of(World& world, const Asked& asked) {
  Thread* thread = find(world.threads, asked.ids[0]);
  if (thread == nullptr) return {nullptr, nullptr, refused("nf.thread", {asked.ids[0]})};
  if (asked.ids.size() < 2) return {thread, nullptr};
  Message* message = find(thread->messages, asked.ids[1]);
  if (message == nullptr) return {thread, nullptr, refused("nf.message", {asked.ids[1]})};
  return {thread, message};
}

void draw_create(const World& world, Draw& draw, Asked& asked) {
  asked.ids = {draw.id_of(world.threads, "thread_none")};
  asked.body = drawn_message(world, draw);
}
Expected create(World& world, const Asked& asked) {
  const Place place = place_of(world, asked);
  if (place.refusal) return *place.refusal;
  Thread& thread = *place.thread;
  const Json messages = Json::array({asked.body});
  if (auto refusal = check_attachments(world, messages)) return *refusal;
  if (const Run* run = thread.active_run()) return refused("lock.message", {thread.id, run->id});
  if (auto refusal = check_store_of_attachments(world, thread.resources, messages)) return *refusal;
  add_messages(world, thread, messages);
  return {.body = shown_message(thread.messages.back())};
}

void draw_one(const World& world, Draw& draw, Asked& asked) {
  const Thread* thread = draw.latest(world.threads);
  if (thread == nullptr) return;
  asked.ids = {draw.one_in(24) ? "thread_none" : thread->id,
               draw.id_of(thread->messages, "msg_none")};
}
Expected get(World& world, const Asked& asked) {
  const Place place = place_of(world, asked);
  return place.refusal ? *place.refusal : Expected{.body = shown_message(*place.message)};
}

void draw_modify(const World& world, Draw& draw, Asked& asked) {
  draw_one(world, draw, asked);
  asked.body = {{"metadata", draw.one_in(4) ? Json(nullptr) : Json({{"seen", "yes"}})}};
}
Expected modify(World& world, const Asked& asked) {
  const Place place = place_of(world, asked);
  if (place.refusal) return *place.refusal;
  if (const Json* metadata = asked.field("metadata"))
    place.message->metadata = metadata->is_null() ? Json::object() : *metadata;
  return {.body = shown_message(*place.message)};
}

Expected erase(World& world, const Asked& asked) {
  const Place place = place_of(world, asked);
  if (place.refusal) return *place.refusal;
  place.message->deleted = true;
  return {
      .body = {{"id", place.message->id}, {"object", "thread.message.deleted"}, {"deleted", true}}};
}

void draw_list(const World& world, Draw& draw, Asked& asked) {
  const Thread* thread = draw.latest(world.threads);
  if (thread == nullptr) return;
  asked.ids = {draw.one_in(24) ? "thread_none" : thread->id};
  draw_paging(draw, asked, thread->messages, "msg_none");
  if (draw.one_in(6) && !thread->runs.empty())
    asked.query.emplace_back("run_id", draw.latest(thread->runs)->id);
}
Expected list(World& world, const Asked& asked) {
  const Place place = place_of(world, asked);
  if (place.refusal) return *place.refusal;
  const Id run = asked.in_query("run_id");
  return listed(
      place.thread->messages, asked,
      [&](const Message& message) { return run.empty() || message.run == run; }, shown_message,
      [](const Id& id) { return refused("nf.message", {id}); });
}

}  // namespace

Json drawn_message(const World& world, Draw& draw) {
  const std::size_t role = draw.below(32);
  const std::string& text = behaviours()[draw.below(behaviours().size())].message;
  const std::string said = text.empty() ? "hello" : text;
  Json message = {{"role", role == 31  ? "system"
                           : role > 27 ? "assistant"
                                       : "user"},
                  {"content", said}};
  if (draw.one_in(8))
    message["content"] = {{{"type", "text"}, {"text", said}},
                          {{"type", "image_url"}, {"image_url", {{"url", "https://a.org/a.png"}}}}};
  if (world.files.empty() || !draw.one_in(6)) return message;
  Json tools = Json::array({{{"type", "file_search"}}});
  if (draw.one_in(3)) tools = Json::array({{{"type", "code_interpreter"}}});
  message["attachments"] = Json::array();
  for (const Id& file : drawn_files(world, draw, 1))
    message["attachments"].push_back({{"file_id", file}, {"tools", tools}});
  return message;
}

std::optional<Expected> check_attachments(World& world, const Json& messages) {
  for (const Json& message : messages) {
    std::vector<Id> ids;
    std::vector<Id> searched;
    for_attachments(Json::array({message}), [&](const Json& attachment) {
      ids.push_back(attachment.at("file_id"));
      if (is_for(attachment, "file_search")) searched.push_back(ids.back());
    });
    if (auto refusal = check_files(world, ids)) return refusal;
    if (auto refusal = check_retrieval(world, searched)) return refusal;
  }
  return {};
}

std::optional<Expected> check_store_of_attachments(World& world, const Json& resources,
                                                   const Json& messages) {
  const Store* store = find(world.stores, store_named(resources));
  bool searched = false;
  for_attachments(messages, [&](const Json& attachment) {
    searched = searched || is_for(attachment, "file_search");
  });
  if (!searched || store == nullptr || !store->expired) return {};
  return refused("vs.expired.use", {store->id});
}

void add_messages(World& world, Thread& thread, const Json& messages) {
  for (const Json& body : messages) {
    Message message{.id = world.next_id("msg"), .created_at = world.now};
    message.role = body.at("role");
    message.content = shown_content(body.at("content"));
    message.completed_at = world.now;
    message.attachments = body.value("attachments", Json::array());
    if (body.contains("metadata") && !body.at("metadata").is_null())
      message.metadata = body.at("metadata");
    thread.messages.push_back(std::move(message));
  }
  for_attachments(messages, [&](const Json& attachment) {
    if (is_for(attachment, "code_interpreter")) {
      Json& ids = thread.resources["code_interpreter"]["file_ids"];
      if (!ids.is_array()) ids = Json::array();
      if (std::ranges::find(ids, attachment.at("file_id")) == ids.end())
        ids.push_back(attachment.at("file_id"));
      return;
    }
    Store* store = find(world.stores, store_named(thread.resources));
    if (store == nullptr) store = &make_store(world, days_of_thread_stores);
    thread.resources["file_search"] = {{"vector_store_ids", {store->id}}};
    attach(world, *store, attachment.at("file_id"));
  });
}

bool has_user_message(const Thread& thread) {
  return std::ranges::any_of(thread.messages, [](const Message& message) {
    return message.role == "user" && !message.deleted;
  });
}

bool has_user_message(const Json& messages) {
  return std::ranges::any_of(messages,
                             [](const Json& message) { return message.at("role") == "user"; });
}

std::string last_user_message(const Thread& thread) {
  for (std::size_t place = thread.messages.size(); place > 0; --place) {
    const Message& message = thread.messages[place - 1];
    if (message.role == "user" && !message.deleted)
      return message.content.at(0).at("text").at("value");
  }
  return "";
}

std::vector<Field> message_fields() {
  using enum FieldKind;
  return {{"role", text, true, false},
          {"content", open, true, false},
          {"attachments", FieldKind::items},
          {"metadata", object}};
}

Operations message_operations() {
  std::vector<std::string_view> parameters = paging;
  parameters.push_back("run_id");
  return {
      {.id = "listMessages",
       .method = "GET",
       .path = "/threads/{thread_id}/messages",
       .weight = 3,
       .draw = draw_list,
       .answer = list,
       .parameters = parameters},
      {.id = "createMessage",
       .method = "POST",
       .path = "/threads/{thread_id}/messages",
       .weight = 5,
       .draw = draw_create,
       .answer = create,
       .fields = message_fields()},
      {.id = "getMessage",
       .method = "GET",
       .path = "/threads/{thread_id}/messages/{message_id}",
       .draw = draw_one,
       .answer = get},
      {.id = "modifyMessage",
       .method = "POST",
       .path = "/threads/{thread_id}/messages/{message_id}",
       .draw = draw_modify,
       .answer = modify,
       .fields = {{"metadata", FieldKind::object}}},
      {.id = "deleteMessage",
       .method = "DELETE",
       .path = "/threads/{thread_id}/messages/{message_id}",
       .draw = draw_one,
       .answer = erase},
  };
}

}  // namespace assistants_mock::tests::model
