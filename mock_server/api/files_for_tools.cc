#include "mock_server/api/files_for_tools.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "mock_server/api/attachable_files.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/api/tool_resources.h"
#include "mock_server/search/searchable_text.h"

namespace assistants_mock::mock_server::api {
namespace {

using store::Json;
using Ids = std::vector<std::string>;

bool has_tool(const Json& tools, std::string_view type) {
  return std::ranges::any_of(tools, [&](const Json& tool) { return tool.at("type") == type; });
}

store::VectorStoreRecord* live_store(World& world, const Json& resources) {
  auto* record = world.store.vector_stores.find(store_of(resources));
  return record == nullptr || is_terminal(record->store->status) ? nullptr : record;
}

// Those that a tool, which has them from now on, was not given before.
Ids newly_given(const World& world, std::vector<store::AttachedFile>& files,
                bool store::AttachedFile::*tool_has_it) {
  Ids ids;
  for (store::AttachedFile& file : files)
    if (!std::exchange(file.*tool_has_it, true) && world.store.files.find(file.id))
      ids.push_back(file.id);
  return ids;
}

// Those that file search takes and does not have yet, each once.
Ids to_search(World& world, const Json& resources, const Ids& ids) {
  const auto* record = live_store(world, resources);
  Ids wanted;
  for (const std::string& id : ids) {
    const bool is_known = std::ranges::find(wanted, id) != wanted.end() ||
                          (record != nullptr && record->files.find(id));
    if (!is_known && search::is_searchable(world.store.files.find(id)->filename))
      wanted.push_back(id);
  }
  return wanted;
}

// As many as the second version's list may have (OpenAPI: ThreadObject, tool_resources).
void keep_newest(Json& resources) {
  constexpr std::size_t most = 20;
  const auto interpreter = resources.find("code_interpreter");
  if (interpreter == resources.end()) return;
  const auto known = interpreter->find("file_ids");
  while (known != interpreter->end() && known->size() > most) known->erase(0);
}

void give_to_tools(World& world, const Json& tools, Json& resources,
                   std::vector<store::AttachedFile>& files, std::optional<int> days_without_use) {
  if (has_tool(tools, "code_interpreter")) {
    give_to_interpreter(resources,
                        newly_given(world, files, &store::AttachedFile::interpreter_has_it));
    keep_newest(resources);
  }
  if (!has_tool(tools, "file_search")) return;
  const Ids wanted =
      to_search(world, resources, newly_given(world, files, &store::AttachedFile::search_has_it));
  if (live_store(world, resources) == nullptr && !wanted.empty()) resources.erase("file_search");
  search_files(world, resources, wanted, days_without_use);
}

void take_from_tools(World& world, Json& resources, const store::AttachedFile& file) {
  if (const auto interpreter = resources.find("code_interpreter"); interpreter != resources.end())
    if (const auto known = interpreter->find("file_ids"); known != interpreter->end())
      known->erase(std::remove(known->begin(), known->end(), file.id), known->end());
  if (auto* record = live_store(world, resources); record != nullptr && file.search_has_it)
    world.indexer.detach(*record, file.id);
}

// Files of the assistant whose tools lack them: the run may have tools that the assistant has not.
void give_files_of_assistant(World& world, store::RunSettings& settings) {
  store::Assistant assistant = *world.store.assistants.find(settings.assistant_id);
  if (assistant.files.empty()) return;
  settings.file_ids = files_of(world, assistant);
  const bool uses_own_store = !store_of(settings.tool_resources).empty();
  give_to_tools(world, settings.tools, assistant.tool_resources, assistant.files, std::nullopt);
  if (!uses_own_store) settings.vector_store_id = store_of(assistant.tool_resources);
  world.store.assistants.replace(std::make_shared<const store::Assistant>(std::move(assistant)));
}

}  // namespace

Ids files_of(const World& world, const store::Assistant& assistant) {
  Ids ids;
  for (const store::AttachedFile& file : assistant.files)
    if (world.store.files.find(file.id)) ids.push_back(file.id);
  return ids;
}

void require_usable(const World& world, const Json& tools, const Ids& file_ids) {
  require_files(world, file_ids);
  if (has_tool(tools, "file_search") && !has_tool(tools, "code_interpreter"))
    require_searchable(world, file_ids);
}

void set_files(World& world, store::Assistant& assistant, const Ids& file_ids) {
  const auto stays = [&](const store::AttachedFile& file) {
    return std::ranges::find(file_ids, file.id) != file_ids.end();
  };
  for (const store::AttachedFile& file : assistant.files)
    if (!stays(file)) take_from_tools(world, assistant.tool_resources, file);
  std::erase_if(assistant.files, [&](const auto& file) { return !stays(file); });
  for (const std::string& id : file_ids)
    if (std::ranges::find(assistant.files, id, &store::AttachedFile::id) == assistant.files.end())
      assistant.files.push_back({id, assistant.id, world.now});
  give_to_tools(world, assistant.tools, assistant.tool_resources, assistant.files, std::nullopt);
}

std::size_t objects_for_files(std::size_t files) {
  return files == 0 ? 0 : files + 1;  // as members of a store, which may be new
}

void give_files(World& world, store::RunSettings& settings, store::ThreadRecord& thread) {
  give_files_of_assistant(world, settings);
  if (thread.files.empty()) return;
  store::Thread changed = *thread.thread;
  give_to_tools(world, settings.tools, changed.tool_resources, thread.files, days_of_thread_stores);
  thread.thread = std::make_shared<const store::Thread>(std::move(changed));
}

std::size_t objects_to_give(const World& world, const store::RunSettings& settings,
                            const std::vector<store::AttachedFile>& of_thread,
                            const std::vector<store::Message>& messages) {
  const auto lacks_it = [](const store::AttachedFile& file) { return !file.search_has_it; };
  const auto assistant = world.store.assistants.find(settings.assistant_id);
  std::size_t for_thread = static_cast<std::size_t>(std::ranges::count_if(of_thread, lacks_it));
  for (const store::Message& message : messages) for_thread += message.file_ids.size();
  const auto for_assistant = std::ranges::count_if(assistant->files, lacks_it);
  return objects_for_files(static_cast<std::size_t>(for_assistant)) + objects_for_files(for_thread);
}

}  // namespace assistants_mock::mock_server::api
