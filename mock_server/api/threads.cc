#include "mock_server/api/api_error.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/api/handlers.h"
#include "mock_server/api/tool_resources.h"

namespace assistants_mock::mock_server::api {

store::ThreadRecord& thread_of(Call& call) {
  store::ThreadRecord* thread = call.world.store.thread(call.id("thread_id"));
  if (thread == nullptr) throw api_error::no_thread(call.id("thread_id"));
  return *thread;
}

NewThread::NewThread(const World& world, const Body& body)
    : messages_(read_messages(body, "messages")),
      resources_(world, body, days_of_thread_stores),
      metadata_(read_metadata(body)) {
  check_message_files(world, messages_);
  require_takes_files(world, resources_.sent(), messages_);
}

std::size_t NewThread::objects() const {
  return 1 + messages_.size() + objects_of_attachments(messages_) + resources_.objects();
}

store::ThreadRecord& NewThread::add_to(World& world) {
  store::Thread thread;
  thread.id = world.ids.next("thread_");
  thread.created_at = world.now;
  thread.tool_resources = resources_.apply(world);
  thread.metadata = std::move(metadata_);

  store::ThreadRecord& record = world.store.add_thread(std::move(thread));
  for (store::Message& message : messages_) add_message(world, record, std::move(message));
  return record;
}

Answer create_thread(Call& call) {
  NewThread thread(call.world, call.body);
  make_room(call.world, thread.objects());
  return {to_body(*thread.add_to(call.world).thread, call.view())};
}

Answer get_thread(Call& call) {
  // The service told of an empty code_interpreter when asked again, as it did in streams.
  View view = call.view();
  view.in_stream = true;
  return {to_body(*thread_of(call).thread, view)};
}

Answer modify_thread(Call& call) {
  store::ThreadRecord& record = thread_of(call);
  ToolResources resources(call.world, call.body, days_of_thread_stores);
  store::Thread thread = *record.thread;
  if (has(call.body, "tool_resources")) thread.tool_resources = resources.apply(call.world);
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
