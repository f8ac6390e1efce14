#include "mock_server/api/api_error.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/api/handlers.h"

namespace assistants_mock::mock_server::api {

store::ThreadRecord& thread_of(Call& call) {
  store::ThreadRecord* thread = call.world.store.thread(call.id("thread_id"));
  if (thread == nullptr) throw api_error::no_thread(call.id("thread_id"));
  return *thread;
}

store::ThreadRecord& add_thread(World& world, const Body& body) {
  std::vector<store::Message> messages = read_messages(body, "messages");
  make_room(world, 1 + messages.size());
  store::Thread thread;
  thread.id = world.ids.next("thread_");
  thread.created_at = world.now;
  thread.tool_resources = read_tool_resources(body, world.ids);
  thread.metadata = read_metadata(body);

  store::ThreadRecord& record = world.store.add_thread(std::move(thread));
  for (store::Message& message : messages) add_message(world, record, std::move(message));
  return record;
}

Answer create_thread(Call& call) {
  const store::ThreadRecord& record = add_thread(call.world, call.body);
  return {to_body(*record.thread, call.view())};
}

Answer get_thread(Call& call) {
  // The service told of an empty code_interpreter when asked again, as it did in streams.
  return {to_body(*thread_of(call).thread, {call.world.options.profile, true})};
}

Answer modify_thread(Call& call) {
  store::ThreadRecord& record = thread_of(call);
  store::Thread thread = *record.thread;
  if (has(call.body, "tool_resources"))
    thread.tool_resources = read_tool_resources(call.body, call.world.ids);
  if (has(call.body, "metadata")) thread.metadata = read_metadata(call.body);

  record.thread = std::make_shared<const store::Thread>(std::move(thread));
  return {to_body(*record.thread, call.view())};
}

Answer delete_thread(Call& call) {
  store::ThreadRecord& record = thread_of(call);
  const std::string id = record.thread->id;
  call.world.engine.abandon(record, call.world.now);
  call.world.store.erase_thread(id);
  return {deleted_body(id, "thread.deleted")};
}

}  // namespace assistants_mock::mock_server::api
