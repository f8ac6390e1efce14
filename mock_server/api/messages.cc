#include "mock_server/api/api_error.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/api/handlers.h"
#include "mock_server/api/list_answer.h"

namespace assistants_mock::mock_server::api {
namespace {

// Whether lists have a message by now (a script's `messages_lag`).
bool is_listed(const World& world, const store::Message& message) {
  const auto lag = world.engine.messages_lag();
  if (lag == state_machine::Duration::zero() || !message.run_id) return true;
  const auto ended_at = message.completed_at ? message.completed_at : message.incomplete_at;
  return ended_at && *ended_at + lag <= world.now;
}

}  // namespace

std::shared_ptr<const store::Message> message_of(Call& call, const store::ThreadRecord& thread) {
  auto message = thread.messages.find(call.id("message_id"));
  if (!message) throw api_error::no_message(call.id("message_id"));
  return message;
}

std::shared_ptr<const store::Message> add_message(World& world, store::ThreadRecord& thread,
                                                  store::Message message) {
  message.id = world.ids.next("msg_");
  message.thread_id = thread.thread->id;
  message.created_at = world.now;
  message.completed_at = world.now;
  thread.text_bytes += text_bytes(message);
  for (const std::string& file_id : message.file_ids)
    thread.files.push_back({file_id, message.id, world.now});
  const auto made = std::make_shared<const store::Message>(std::move(message));
  thread.messages.add(made);
  world.store.count(1);
  attach_files(world, thread, *made);
  return made;
}

Answer list_messages(Call& call) {
  const store::ThreadRecord& thread = thread_of(call);
  const auto request = page_request(call.query, thread.messages, api_error::no_message);
  const auto wanted = [&](const store::Message& message) {
    const bool of_run = call.query.run_id.empty() || message.run_id == call.query.run_id;
    return of_run && is_listed(call.world, message);
  };
  return {list_body(thread.messages.page(request, wanted), call.view())};
}

Answer create_message(Call& call) {
  store::ThreadRecord& thread = thread_of(call);
  std::vector<store::Message> messages = {read_message(call.body)};
  check_message_files(call.world, messages);
  if (!thread.active_run.empty())
    throw api_error::thread_busy_for_message(thread.thread->id, thread.active_run);
  require_takes_files(call.world, thread.thread->tool_resources, messages);
  make_room(call.world, 1 + objects_of_attachments(messages));

  const auto message = add_message(call.world, thread, std::move(messages.front()));
  return {to_body(*message, call.view())};
}

Answer get_message(Call& call) {
  return {to_body(*message_of(call, thread_of(call)), call.view())};
}

Answer modify_message(Call& call) {
  store::ThreadRecord& thread = thread_of(call);
  auto message = message_of(call, thread);
  if (has(call.body, "metadata"))
    message = call.world.engine.set_metadata(thread, *message, read_metadata(call.body));

  std::string body;
  JsonWriter out(body, Layout::indented);
  write_modified(out, *message, call.view());
  return {body};
}

Answer delete_message(Call& call) {
  store::ThreadRecord& thread = thread_of(call);
  const auto message = message_of(call, thread);
  if (state_machine::is_terminal(message->status)) thread.text_bytes -= text_bytes(*message);
  std::erase_if(thread.files, [&](const auto& file) { return file.owner_id == message->id; });
  thread.messages.erase(message->id);
  call.world.store.uncount(1);
  return {deleted_body(message->id, "thread.message.deleted")};
}

}  // namespace assistants_mock::mock_server::api
