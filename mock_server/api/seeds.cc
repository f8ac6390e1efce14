#include "mock_server/api/seeds.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "mock_server/api/api_error.h"
#include "mock_server/api/handlers.h"
#include "mock_server/api/request_bodies.h"
#include "mock_server/search/searchable_text.h"

namespace assistants_mock::mock_server::api {
namespace {

// What is wrong with one seeded object, as it is told.
using Mistakes = std::vector<std::string>;

const scenarios::SeededFile* file_named(const scenarios::Scenario& scenario,
                                        const std::string& id) {
  const auto found = std::ranges::find(scenario.files, id, &scenarios::SeededFile::id);
  return found == scenario.files.end() ? nullptr : &*found;
}

// Of a file that is to be in a vector store.
void check_searchable(const scenarios::Scenario& scenario, const std::string& id, Mistakes& found) {
  const auto* file = file_named(scenario, id);
  if (file == nullptr)
    found.push_back("the scenario has no file " + id);
  else if (!search::is_searchable(file->filename))
    found.push_back("file_search does not take " + file->filename +
                    " (f.retrieval): its name ends otherwise");
}

Mistakes mistakes_of(const scenarios::Scenario& scenario,
                     const scenarios::SeededVectorStore& store) {
  Mistakes found;
  for (const std::string& id : store.file_ids) check_searchable(scenario, id, found);
  return found;
}

Mistakes mistakes_of(const scenarios::Scenario& scenario,
                     const scenarios::SeededAssistant& seeded) {
  try {
    check(seeded.body, create_assistant_body);
  } catch (const ApiError& error) {
    return {error.message};
  }
  const Body resources = seeded.body.value("tool_resources", Body::object());
  if (!resources.is_object()) return {};
  Mistakes found;
  const Body none = Body::array();
  for (const Body& id : resources.value("/code_interpreter/file_ids"_json_pointer, none))
    if (file_named(scenario, id) == nullptr)
      found.push_back("the scenario has no file " + id.get<std::string>());
  for (const Body& store : resources.value("/file_search/vector_stores"_json_pointer, none))
    for (const Body& id : store.value("file_ids", none))
      check_searchable(scenario, id.get<std::string>(), found);
  const auto& stores = scenario.vector_stores;
  for (const Body& id : resources.value("/file_search/vector_store_ids"_json_pointer, none))
    if (std::ranges::find(stores, id.get<std::string>(), &scenarios::SeededVectorStore::id) ==
        stores.end())
      found.push_back("the scenario has no vector store " + id.get<std::string>());
  return found;
}

void add_store(World& world, const scenarios::SeededVectorStore& seeded) {
  if (world.store.vector_stores.find(seeded.id) != nullptr) return;
  engine::NewVectorStore store;
  store.name = seeded.name;
  store.expires_after_days = seeded.expires_after_days;
  store.indexed = true;
  for (const std::string& id : seeded.file_ids) store.files.push_back({.file_id = id});
  world.indexer.create(std::move(store), world.now - std::chrono::days{seeded.idle_days},
                       seeded.id);
}

// How many days ago files were made: no later than an idle store that has them.
std::map<std::string, int> ages_of_files(const scenarios::Scenario& scenario) {
  std::map<std::string, int> days;
  for (const scenarios::SeededVectorStore& store : scenario.vector_stores)
    for (const std::string& id : store.file_ids) days[id] = std::max(days[id], store.idle_days);
  return days;
}

}  // namespace

void require_valid_seeds(const scenarios::Scenario& scenario) {
  std::string all;
  const auto tell = [&](const std::string& what, const Mistakes& mistakes) {
    for (const std::string& mistake : mistakes)
      all += (all.empty() ? "scenario " : "\nscenario ") + scenario.name + ", " + what + ": " +
             mistake;
  };
  for (const scenarios::SeededVectorStore& store : scenario.vector_stores)
    tell("vector store " + store.id, mistakes_of(scenario, store));
  for (const scenarios::SeededAssistant& assistant : scenario.assistants)
    tell("assistant " + assistant.id, mistakes_of(scenario, assistant));
  if (!all.empty()) throw std::invalid_argument(all);
}

SeedContents keep_seeds(store::BlobDirectory& blobs, const scenarios::Scenario& scenario) {
  SeedContents contents;
  for (const scenarios::SeededFile& seeded : scenario.files)
    contents.emplace(seeded.id, blobs.keep(seeded.content));
  return contents;
}

void add_seeds(World& world, const scenarios::Scenario& scenario, const SeedContents& contents) {
  world.ids.use(scenario.ids);
  world.indexer.follow(engine::IndexingRules(scenario.indexing));
  auto ages = ages_of_files(scenario);
  for (const scenarios::SeededFile& seeded : scenario.files)
    if (!world.store.files.find(seeded.id))
      add_file(world, {.filename = seeded.filename,
                       .purpose = seeded.purpose,
                       .content = contents.at(seeded.id),
                       .id = seeded.id,
                       .created_at = world.now - std::chrono::days{ages[seeded.id]}});
  for (const scenarios::SeededVectorStore& seeded : scenario.vector_stores)
    add_store(world, seeded);
  world.indexer.advance_to(world.now);
  for (const scenarios::SeededAssistant& seeded : scenario.assistants)
    if (!world.store.assistants.find(seeded.id))
      add_assistant(world, seeded.id, seeded.body, ToolResources(world, seeded.body, std::nullopt));
}

}  // namespace assistants_mock::mock_server::api
