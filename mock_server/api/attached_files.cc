// The files of an assistant and of a message, one by one: operations that only the API's first
// version had (docs/wire/first-version.md, "Operations").
#include <algorithm>

#include "mock_server/api/api_error.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/api/files_for_tools.h"
#include "mock_server/api/handlers.h"
#include "mock_server/api/list_answer.h"

namespace assistants_mock::mock_server::api {
namespace {

// Files that were deleted are attached no more.
template <class Shown>
store::Collection<Shown> present(const World& world,
                                 const std::vector<store::AttachedFile>& files) {
  store::Collection<Shown> found;
  for (const store::AttachedFile& file : files)
    if (world.store.files.find(file.id)) found.add(std::make_shared<const Shown>(Shown{file}));
  return found;
}

store::Collection<AssistantFile> files_of(Call& call) {
  return present<AssistantFile>(call.world, assistant_of(call)->files);
}

store::Collection<MessageFile> files_of_message(Call& call) {
  const auto message = message_of(call, thread_of(call));
  std::vector<store::AttachedFile> files;
  for (const std::string& id : message->file_ids)
    files.push_back({id, message->id, message->created_at});
  return present<MessageFile>(call.world, files);
}

// A cursor that is no file of these, or no more, has nothing behind it: whoever detaches what it
// pages through finds its end.
template <class Shown>
Answer page_of(const store::Collection<Shown>& files, const Call& call) {
  const ListQuery& query = call.query;
  for (const std::string& cursor : {query.after, query.before})
    if (!cursor.empty() && !files.place_of(cursor))
      return {list_body(store::Page<Shown>{}, call.view())};
  return {list_body(files.page({query.limit, query.ascending, query.after, query.before}),
                    call.view())};
}

template <class Shown>
Answer one_of(const store::Collection<Shown>& files, const Call& call, const std::string& id) {
  const auto file = files.find(id);
  if (!file) throw api_error::no_file(id);
  return {to_body(*file, call.view())};
}

void replace_files(World& world, store::Assistant assistant,
                   const std::vector<std::string>& file_ids) {
  set_files(world, assistant, file_ids);
  world.store.assistants.replace(std::make_shared<const store::Assistant>(std::move(assistant)));
}

}  // namespace

Answer list_assistant_files(Call& call) {
  return page_of(files_of(call), call);
}

// A file that it has already stays as it is (inferred).
Answer attach_assistant_file(Call& call) {
  const auto assistant = assistant_of(call);
  const auto file_id = call.body.at("file_id").get<std::string>();
  auto file_ids = files_of(call.world, *assistant);
  if (std::ranges::find(file_ids, file_id) == file_ids.end()) {
    require_usable(call.world, assistant->tools, {file_id});
    if (file_ids.size() == most_files_of_assistant)
      throw api_error::array_too_long("file_ids", most_files_of_assistant, file_ids.size() + 1);
    make_room(call.world, objects_for_files(1));
    file_ids.push_back(file_id);
    replace_files(call.world, *assistant, file_ids);
  }
  return one_of(files_of(call), call, file_id);
}

Answer get_assistant_file(Call& call) {
  return one_of(files_of(call), call, call.id("file_id"));
}

Answer detach_assistant_file(Call& call) {
  const std::string file_id = call.id("file_id");
  if (!files_of(call).find(file_id)) throw api_error::no_file(file_id);
  const auto assistant = assistant_of(call);
  auto file_ids = files_of(call.world, *assistant);
  std::erase(file_ids, file_id);
  replace_files(call.world, *assistant, file_ids);
  return {deleted_body(file_id, "assistant.file.deleted")};
}

Answer list_message_files(Call& call) {
  return page_of(files_of_message(call), call);
}

Answer get_message_file(Call& call) {
  return one_of(files_of_message(call), call, call.id("file_id"));
}

}  // namespace assistants_mock::mock_server::api
