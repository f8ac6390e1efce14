#include "mock_server/api/world_tools.h"

#include <algorithm>

#include "mock_server/api/body_reader.h"
#include "mock_server/api/handlers.h"
#include "mock_server/api/tool_resources.h"
#include "mock_server/engine/file_search.h"

namespace assistants_mock::mock_server::api {
namespace {

// OpenAPI: AssistantToolsFileSearch.max_num_results.
constexpr std::size_t usual_results = 20;
constexpr std::size_t usual_results_of_older_models = 5;

std::size_t most_results(const store::Run& run, const store::Json& options) {
  if (const auto given = read_integer(options, "max_num_results"))
    return static_cast<std::size_t>(*given);
  return run.settings->model.starts_with("gpt-3.5") ? usual_results_of_older_models : usual_results;
}

}  // namespace

std::vector<scenarios::FoundChunk> WorldTools::search(const store::Run& run,
                                                      const store::ThreadRecord& thread,
                                                      const std::string& query) {
  const auto& tools = run.settings->tools;
  const auto tool = std::ranges::find_if(
      tools, [](const store::Json& one) { return one.at("type") == "file_search"; });
  if (tool == tools.end()) return {};  // what the run was not given it cannot search
  const store::Json options = read_json(*tool, "file_search", store::Json::object());
  const store::Json ranking = read_json(options, "ranking_options", store::Json::object());
  std::vector<std::string> stores = {run.settings->vector_store_id};
  if (const std::string of_thread = store_of(thread.thread->tool_resources);
      of_thread != stores.front())
    stores.push_back(of_thread);
  return engine::search_files(world_.store, stores,
                              {.queries = {query},
                               .most = most_results(run, options),
                               .threshold = read_number(ranking, "score_threshold").value_or(0)});
}

std::optional<scenarios::HostedTools::NamedFile> WorldTools::file_named(
    const store::Run& run, const store::ThreadRecord& thread, const std::string& name) {
  const auto& files = world_.store.files;
  const auto is_named = [&](const std::string& id) {
    const auto file = files.find(id);
    return file && (file->id == name || file->filename == name);
  };
  for (const std::string& id :
       {run.settings->vector_store_id, store_of(thread.thread->tool_resources)})
    if (const auto* record = world_.store.vector_stores.find(id))
      for (auto entry = record->files.end(); entry != record->files.begin();)
        if (const auto& file = (--entry)->second; is_named(file->id))
          return {{file->id, files.find(file->id)->filename, file->attributes}};
  for (auto entry = files.end(); entry != files.begin();)
    if (const auto& file = (--entry)->second; is_named(file->id))
      return {{file->id, file->filename}};
  return std::nullopt;
}

// The bound on objects stops nothing that is under way, as with messages and steps of a run.
std::string WorldTools::make_file(const std::string& filename, std::string_view bytes,
                                  state_machine::Instant now) {
  return add_file(world_, {.filename = filename,
                           .purpose = "assistants_output",
                           .content = world_.blobs->keep(bytes),
                           .created_at = now})
      ->id;
}

state_machine::Instant WorldTools::files_ended(const store::ThreadRecord& thread,
                                               state_machine::Instant up_to) {
  const auto* record = world_.store.vector_stores.find(store_of(thread.thread->tool_resources));
  return record == nullptr ? state_machine::Instant::min()
                           : world_.indexer.all_ended_at(*record, up_to);
}

}  // namespace assistants_mock::mock_server::api
