#pragma once
// What every handler is: it reads a checked request, acts on the world, and renders the answer. A
// file per heading of the API reference; refusals are thrown as ApiError and caught in api.cc.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mock_server/api/body_schema.h"
#include "mock_server/api/form_upload.h"
#include "mock_server/api/list_query.h"
#include "mock_server/api/request.h"
#include "mock_server/api/run_stream.h"
#include "mock_server/api/tool_resources.h"
#include "mock_server/api/wire_json.h"
#include "mock_server/api/world.h"

namespace assistants_mock::mock_server::api {

struct Route;  // routes.h

// One request as its handler sees it: route, key, headers, body and ids were found right.
struct Call {
  World& world;
  const Route* route;
  std::vector<std::pair<std::string_view, std::string>> path_ids;  // by the name in the route
  ApiVersion version = ApiVersion::second;
  Body body = {};
  Form form = {};
  ListQuery query = {};

  const std::string& id(std::string_view name) const;
  View view() const {
    return {.profile = world.options.profile,
            .version = version,
            .with_content = query.include_content,
            .files = &world.store.files};
  }
};

// What a handler gives back: a JSON body, a stream of events, or the bytes of a file.
struct Answer {
  std::string body;
  std::shared_ptr<RunStream> stream = nullptr;
  // Of the run that was created, if one was.
  std::shared_ptr<const engine::RunOrigin> origin = nullptr;
  std::shared_ptr<const store::Blob> content = nullptr;
};

// The objects that a path names, or the refusal (nf.*).
std::shared_ptr<const store::Assistant> assistant_of(Call& call);
store::ThreadRecord& thread_of(Call& call);
std::shared_ptr<const store::Message> message_of(Call& call, const store::ThreadRecord& thread);
std::shared_ptr<const store::Run> run_of(Call& call, const store::ThreadRecord& thread);

// A thread with its first messages, as the body of CreateThread describes it.
class NewThread {
 public:
  // Throws what keeps it from being made.
  NewThread(const World& world, const Body& body);

  const std::vector<store::Message>& messages() const { return messages_; }
  // How many objects add_to() makes at most.
  std::size_t objects() const;
  store::ThreadRecord& add_to(World& world);

 private:
  std::vector<store::Message> messages_;
  ToolResources resources_;
  store::Metadata metadata_;
};

// A user's or given assistant's message at the end of a thread, its attachments given to the tools.
// The caller has made sure that there is room, that the thread is free and that its files are right
// (check_message_files).
std::shared_ptr<const store::Message> add_message(World& world, store::ThreadRecord& thread,
                                                  store::Message message);

// Throws when the model that a body names is none for assistants (nf.model, model.unsupported).
void require_model(const World& world, const Body& body);

// Throws when `more` new objects would pass the bound of this world.
void make_room(const World& world, std::size_t more);

// Makes the assistant that a checked body describes. The caller has made sure that there is room;
// seeded ones need none.
std::shared_ptr<const store::Assistant> add_assistant(World& world, std::string id,
                                                      const Body& body, ToolResources resources);

// A file that somebody uploaded, that a run's tool wrote, or that a scenario brings along.
struct NewFile {
  std::string filename;
  std::string purpose;
  std::shared_ptr<const store::Blob> content;
  std::optional<state_machine::Duration> lifetime = std::nullopt;   // nothing: that of its purpose
  std::string id = {};                                              // empty: a new one
  std::optional<state_machine::Instant> created_at = std::nullopt;  // nothing: now
};
// The caller has made sure that there is room.
std::shared_ptr<const store::File> add_file(World& world, NewFile made);
// Takes a file away from wherever it is: what deleting does, and expiry.
void forget_file(World& world, const std::string& file_id);
// Everything happens to files and uploads whose time is over at `now`.
void expire_files_and_uploads(World& world, state_machine::Instant now);

// Ends an upload that has not ended, and lets go of its parts.
void end_upload(World& world, store::Upload& upload, state_machine::UploadEvent event);

Answer list_assistants(Call& call);
Answer create_assistant(Call& call);
Answer get_assistant(Call& call);
Answer modify_assistant(Call& call);
Answer delete_assistant(Call& call);

Answer list_assistant_files(Call& call);
Answer attach_assistant_file(Call& call);
Answer get_assistant_file(Call& call);
Answer detach_assistant_file(Call& call);

Answer create_thread(Call& call);
Answer get_thread(Call& call);
Answer modify_thread(Call& call);
Answer delete_thread(Call& call);

Answer list_messages(Call& call);
Answer create_message(Call& call);
Answer get_message(Call& call);
Answer modify_message(Call& call);
Answer delete_message(Call& call);

Answer list_message_files(Call& call);
Answer get_message_file(Call& call);

Answer create_thread_and_run(Call& call);
Answer list_runs(Call& call);
Answer create_run(Call& call);
Answer get_run(Call& call);
Answer modify_run(Call& call);
Answer cancel_run(Call& call);
Answer submit_tool_outputs(Call& call);

Answer list_run_steps(Call& call);
Answer get_run_step(Call& call);

Answer list_vector_stores(Call& call);
Answer create_vector_store(Call& call);
Answer get_vector_store(Call& call);
Answer modify_vector_store(Call& call);
Answer delete_vector_store(Call& call);
Answer search_vector_store(Call& call);

Answer list_store_files(Call& call);
Answer create_store_file(Call& call);
Answer get_store_file(Call& call);
Answer modify_store_file(Call& call);
Answer delete_store_file(Call& call);
Answer get_store_file_content(Call& call);

Answer create_file_batch(Call& call);
Answer get_file_batch(Call& call);
Answer cancel_file_batch(Call& call);
Answer list_batch_files(Call& call);
Answer list_files(Call& call);
Answer create_file(Call& call);
Answer get_file(Call& call);
Answer delete_file(Call& call);
Answer download_file(Call& call);

Answer create_upload(Call& call);
Answer add_upload_part(Call& call);
Answer complete_upload(Call& call);
Answer cancel_upload(Call& call);

Answer list_models(Call& call);
Answer get_model(Call& call);
Answer delete_model(Call& call);

}  // namespace assistants_mock::mock_server::api
