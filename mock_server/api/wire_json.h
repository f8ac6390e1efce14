#pragma once
// Resources to JSON, keys in the order of the wire. The only place that knows how an object looks;
// docs/wire/objects.md explains each field, and where the two profiles differ.
#include <string>

#include "assistants_mock/wire_profile.h"
#include "mock_server/api/api_version.h"
#include "mock_server/api/json_writer.h"
#include "mock_server/engine/event_log.h"
#include "mock_server/store/collection.h"
#include "mock_server/store/resources.h"

namespace assistants_mock::mock_server::api {

// For whom, and in what, an object is shown.
struct View {
  WireProfile profile = WireProfile::schema;
  ApiVersion version = ApiVersion::second;
  bool in_stream = false;  // the service showed some objects differently in event streams
  // Shows what a file search found, not only where (include[]=step_details.tool_calls[*]…content).
  bool with_content = false;
  // Those that there are: `file_ids` names no others. Null where nobody can tell.
  const store::Collection<store::File>* files = nullptr;
};

void write(JsonWriter& out, const store::Assistant& assistant, const View& view);
void write(JsonWriter& out, const store::Thread& thread, const View& view);
void write(JsonWriter& out, const store::Message& message, const View& view);
void write(JsonWriter& out, const store::Run& run, const View& view);
void write(JsonWriter& out, const store::RunStep& step, const View& view);

// As clients of the first version see them.
struct AssistantFile : store::AttachedFile {};
struct MessageFile : store::AttachedFile {};
void write(JsonWriter& out, const AssistantFile& file, const View& view);
void write(JsonWriter& out, const MessageFile& file, const View& view);

void write(JsonWriter& out, const store::File& file, const View& view);
void write(JsonWriter& out, const store::Upload& upload, const View& view);
// With the file that completing made.
void write(JsonWriter& out, const store::Upload& upload, const store::File& file, const View& view);
void write(JsonWriter& out, const store::UploadPart& part, const View& view);

// What modifying a message answers: `recorded` shows a left-over of the API's first version there,
// file_ids where attachments belong.
void write_modified(JsonWriter& out, const store::Message& message, const View& view);

// {"id", "object": "….deleted", "deleted": true}
std::string deleted_body(std::string_view id, std::string_view object);

// The data of one event of a stream, on one line.
std::string event_data(const engine::LoggedEvent& event, WireProfile profile);

// The whole answer for one object.
template <class Resource>
std::string to_body(const Resource& resource, const View& view) {
  std::string body;
  JsonWriter out(body, Layout::indented);
  write(out, resource, view);
  return body;
}

}  // namespace assistants_mock::mock_server::api
