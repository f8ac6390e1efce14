#include "mock_server/api/tool_resources.h"

#include <algorithm>
#include <set>
#include <utility>

#include "mock_server/api/api_error.h"
#include "mock_server/api/attachable_files.h"
#include "mock_server/api/body_reader.h"

namespace assistants_mock::mock_server::api {
namespace {

using engine::Attachment;
using engine::NewVectorStore;
using store::Json;

std::vector<std::string> read_ids(const Body& resource, std::string_view key) {
  std::vector<std::string> ids;
  if (const Body* list = field(resource, key))
    for (const Body& id : *list) ids.push_back(id.get<std::string>());
  return ids;
}

NewVectorStore read_store(const Body& described, std::optional<int> days_without_use) {
  NewVectorStore store;
  store.expires_after_days = days_without_use;
  store.metadata = read_metadata(described);
  store.files = read_attachments(described);
  return store;
}

bool has_tool(const Json& attachment, std::string_view tool) {
  const Body* tools = field(attachment, "tools");
  return tools != nullptr &&
         std::ranges::any_of(*tools, [&](const Json& one) { return one.at("type") == tool; });
}

// The files that a message attaches for one tool.
std::vector<std::string> attached_for(const store::Message& message, std::string_view tool) {
  std::vector<std::string> ids;
  for (const Json& attachment : message.attachments)
    if (const auto id = read_text(attachment, "file_id"); id && has_tool(attachment, tool))
      ids.push_back(*id);
  return ids;
}

std::vector<std::string> all_attached(const store::Message& message) {
  std::vector<std::string> ids;
  for (const Json& attachment : message.attachments)
    if (const auto id = read_text(attachment, "file_id")) ids.push_back(*id);
  ids.insert(ids.end(), message.file_ids.begin(), message.file_ids.end());
  return ids;
}

void require_live_store(const World& world, const std::string& id) {
  const auto* record = world.store.vector_stores.find(id);
  if (record != nullptr && is_terminal(record->store->status))
    throw api_error::vector_store_expired(id);
}

// OpenAPI: CreateThreadRequest, its tool_resources. That attachments count is inferred.
void require_interpreter_takes(const Json& resources) {
  constexpr std::size_t most_files = 20;
  const Body* interpreter = field(resources, "code_interpreter");
  const Body* ids = interpreter ? field(*interpreter, "file_ids") : nullptr;
  if (ids != nullptr && ids->size() > most_files)
    throw api_error::array_too_long("tool_resources.code_interpreter.file_ids", most_files,
                                    ids->size());
}

}  // namespace

ToolResources::ToolResources(const World& world, const Body& body,
                             std::optional<int> days_without_use)
    : shown_(read_json(body, "tool_resources", Json::object())) {
  if (const Body* interpreter = field(shown_, "code_interpreter"))
    require_files(world, read_ids(*interpreter, "file_ids"));
  const Body* search = field(shown_, "file_search");
  if (search == nullptr) return;
  for (const std::string& id : read_ids(*search, "vector_store_ids"))
    if (world.store.vector_stores.find(id) == nullptr) throw api_error::no_vector_store_in_body(id);
  const Body* described = field(*search, "vector_stores");
  if (described == nullptr) return;
  for (const Body& store : *described) {
    stores_.push_back(read_store(store, days_without_use));
    require_searchable(world, stores_.back().files);
  }
}

std::size_t ToolResources::objects() const {
  std::size_t count = stores_.size();
  for (const NewVectorStore& store : stores_) count += store.files.size();
  return count;
}

Json ToolResources::apply(World& world) {
  if (const auto search = shown_.find("file_search");
      search != shown_.end() && search->is_object() && search->contains("vector_stores")) {
    Json ids = Json::array();
    for (NewVectorStore& store : stores_)
      ids.push_back(world.indexer.create(std::move(store), world.now).store->id);
    *search = {{"vector_store_ids", std::move(ids)}};
  }
  return std::move(shown_);
}

std::string store_of(const Json& tool_resources) {
  const Body* search = field(tool_resources, "file_search");
  const Body* ids = search ? field(*search, "vector_store_ids") : nullptr;
  return ids == nullptr || ids->empty() ? "" : ids->front().get<std::string>();
}

void search_files(World& world, Json& resources, const std::vector<std::string>& ids,
                  std::optional<int> days_without_use) {
  if (ids.empty()) return;
  std::vector<Attachment> files;
  for (const std::string& id : ids) files.push_back({.file_id = id});
  if (auto* record = world.store.vector_stores.find(store_of(resources)))
    return world.indexer.attach(*record, files, world.now);
  NewVectorStore store;
  store.expires_after_days = days_without_use;
  store.files = std::move(files);
  const auto& made = world.indexer.create(std::move(store), world.now);
  resources["file_search"]["vector_store_ids"] = Json::array({made.store->id});
}

void give_to_interpreter(Json& resources, const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  Json& known = resources["code_interpreter"]["file_ids"];
  if (!known.is_array()) known = Json::array();
  std::set<std::string> seen;
  for (const Json& id : known) seen.insert(id.get<std::string>());
  for (const std::string& id : ids)
    if (seen.insert(id).second) known.push_back(id);
}

void check_message_files(const World& world, const std::vector<store::Message>& messages) {
  for (const store::Message& message : messages) {
    require_files(world, all_attached(message));
    require_searchable(world, attached_for(message, "file_search"));
    for (const store::Content& part : message.content)
      if (const auto* image = std::get_if<store::ImageFileContent>(&part))
        require_image(world, image->file_id);
  }
}

void require_takes_files(const World& world, const Json& thread_resources,
                         const std::vector<store::Message>& messages) {
  Json resources = thread_resources;
  for (const store::Message& message : messages) {
    if (!attached_for(message, "file_search").empty())
      require_live_store(world, store_of(thread_resources));
    const std::vector<std::string> computed = attached_for(message, "code_interpreter");
    give_to_interpreter(resources, computed);
    if (!computed.empty()) require_interpreter_takes(resources);
  }
}

std::size_t objects_of_attachments(const std::vector<store::Message>& messages) {
  std::size_t count = 0;
  for (const store::Message& message : messages) {
    const std::size_t searched = attached_for(message, "file_search").size();
    count += searched + (searched > 0 ? 1 : 0);  // and perhaps the thread's store
  }
  return count;
}

void attach_files(World& world, store::ThreadRecord& thread, const store::Message& message) {
  const std::vector<std::string> searched = attached_for(message, "file_search");
  const std::vector<std::string> computed = attached_for(message, "code_interpreter");
  if (searched.empty() && computed.empty()) return;
  store::Thread changed = *thread.thread;
  search_files(world, changed.tool_resources, searched, days_of_thread_stores);
  give_to_interpreter(changed.tool_resources, computed);
  thread.thread = std::make_shared<const store::Thread>(std::move(changed));
}

}  // namespace assistants_mock::mock_server::api
