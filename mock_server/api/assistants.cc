#include "mock_server/api/api_error.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/api/files_for_tools.h"
#include "mock_server/api/handlers.h"
#include "mock_server/api/list_answer.h"

namespace assistants_mock::mock_server::api {
namespace {

// Fields that the body has replace those of the assistant; a null takes a field back to what it is
// when it was never given.
void apply_fields(store::Assistant& assistant, const Body& body, ToolResources& resources,
                  World& world) {
  if (const Body* model = field(body, "model")) assistant.model = *model;
  if (has(body, "name")) assistant.name = read_text(body, "name");
  if (has(body, "description")) assistant.description = read_text(body, "description");
  if (has(body, "instructions")) assistant.instructions = read_text(body, "instructions");
  if (has(body, "reasoning_effort"))
    assistant.reasoning_effort = read_text(body, "reasoning_effort");
  if (const Body* tools = field(body, "tools"))
    assistant.tools = read_tools(*tools, world.options.profile);
  if (has(body, "tool_resources")) assistant.tool_resources = resources.apply(world);
  if (has(body, "metadata")) assistant.metadata = read_metadata(body);
  if (has(body, "temperature"))
    assistant.temperature = read_number(body, "temperature").value_or(1);
  if (has(body, "top_p")) assistant.top_p = read_number(body, "top_p").value_or(1);
  if (has(body, "response_format"))
    assistant.response_format = read_json(body, "response_format", "auto");
}

// The files that it is to have when `body` has changed it: others, or those that it has, for tools
// that are others.
std::optional<std::vector<std::string>> wanted_files(const World& world,
                                                     const store::Assistant& assistant,
                                                     const Body& body) {
  if (auto named = read_file_ids(body)) {
    require_usable(world, read_json(body, "tools", assistant.tools), *named);
    return named;
  }
  if (assistant.files.empty() || !has(body, "tools")) return std::nullopt;
  return files_of(world, assistant);
}

}  // namespace

std::shared_ptr<const store::Assistant> assistant_of(Call& call) {
  auto assistant = call.world.store.assistants.find(call.id("assistant_id"));
  if (!assistant) throw api_error::no_assistant(call.id("assistant_id"));
  return assistant;
}

Answer list_assistants(Call& call) {
  const auto& assistants = call.world.store.assistants;
  const auto request = page_request(call.query, assistants, api_error::no_assistant);
  return {list_body(assistants.page(request), call.view())};
}

std::shared_ptr<const store::Assistant> add_assistant(World& world, std::string id,
                                                      const Body& body, ToolResources resources) {
  store::Assistant assistant;
  assistant.id = std::move(id);
  assistant.created_at = world.now;
  apply_fields(assistant, body, resources, world);
  if (const auto files = read_file_ids(body)) set_files(world, assistant, *files);
  const auto made = std::make_shared<const store::Assistant>(std::move(assistant));
  world.store.assistants.add(made);
  world.store.count(1);
  return made;
}

Answer create_assistant(Call& call) {
  require_model(call.world, call.body);
  ToolResources resources(call.world, call.body, std::nullopt);
  const auto files = read_file_ids(call.body).value_or(std::vector<std::string>{});
  require_usable(call.world, read_json(call.body, "tools", Body::array()), files);
  make_room(call.world, 1 + resources.objects() + objects_for_files(files.size()));
  const auto made =
      add_assistant(call.world, call.world.ids.next("asst_"), call.body, std::move(resources));
  return {to_body(*made, call.view())};
}

Answer get_assistant(Call& call) {
  return {to_body(*assistant_of(call), call.view())};
}

Answer modify_assistant(Call& call) {
  store::Assistant assistant = *assistant_of(call);
  require_model(call.world, call.body);
  ToolResources resources(call.world, call.body, std::nullopt);
  const auto files = wanted_files(call.world, assistant, call.body);
  if (files) make_room(call.world, objects_for_files(files->size()));
  apply_fields(assistant, call.body, resources, call.world);
  if (files) set_files(call.world, assistant, *files);

  const auto changed = std::make_shared<const store::Assistant>(std::move(assistant));
  call.world.store.assistants.replace(changed);
  return {to_body(*changed, call.view())};
}

Answer delete_assistant(Call& call) {
  const auto assistant = assistant_of(call);
  call.world.store.assistants.erase(assistant->id);
  call.world.store.uncount(1);
  return {deleted_body(assistant->id, "assistant.deleted")};
}

}  // namespace assistants_mock::mock_server::api
