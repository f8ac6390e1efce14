#include "tests/model/resources.h"

#include <algorithm>

#include "tests/model/refusals.h"

namespace assistants_mock::tests::model {

Json drawn_resources(const World& world, Draw& draw, bool making) {
  switch (draw.below(8)) {
    case 4:
      return {{"code_interpreter", {{"file_ids", drawn_files(world, draw, 2)}}}};
    case 5:
    case 6: {
      const Id id = draw.id_of(world.stores, "vs_none");
      if (id == "undefined") return nullptr;
      return {{"file_search", {{"vector_store_ids", {id}}}}};
    }
    case 7:
      if (!making) return Json::object();
      return {{"file_search",
               {{"vector_stores", Json::array({{{"file_ids", drawn_files(world, draw, 2)}}})}}}};
    default:
      return nullptr;
  }
}

std::optional<Expected> check_resources(World& world, const Json& resources) {
  static const Json::json_pointer described("/file_search/vector_stores/0/file_ids");
  static const Json::json_pointer of_code("/code_interpreter/file_ids");
  if (const Id id = store_named(resources); !id.empty() && find(world.stores, id) == nullptr)
    return refused("nf.vs-ref", {id});
  if (resources.contains(of_code))
    return check_files(world, resources.at(of_code).get<std::vector<Id>>());
  if (!resources.contains(described)) return {};
  const auto ids = resources.at(described).get<std::vector<Id>>();
  if (auto refusal = check_files(world, ids)) return refusal;
  return check_retrieval(world, ids);
}

Json made_resources(World& world, const Json& resources, std::optional<int> days) {
  static const Json::json_pointer described("/file_search/vector_stores/0/file_ids");
  if (resources.is_null()) return Json::object();
  if (!resources.contains(described)) return resources;
  Store& store = make_store(world, days);
  for (const Json& id : resources.at(described)) attach(world, store, id);
  return {{"file_search", {{"vector_store_ids", {store.id}}}}};
}

std::vector<Id> drawn_files(const World& world, Draw& draw, std::size_t most) {
  std::vector<Id> ids;
  for (std::size_t left = 1 + draw.below(most); left > 0; --left) {
    Id id = draw.id_of(world.files, "file-none");
    if (id != "undefined" && std::ranges::find(ids, id) == ids.end()) ids.push_back(std::move(id));
  }
  if (ids.empty()) draw.impossible();
  return ids;
}

std::optional<Expected> check_files(World& world, const std::vector<Id>& ids) {
  std::string missing;
  for (const Id& id : ids)
    if (find_file(world, id) == nullptr) missing += (missing.empty() ? "" : ", ") + id;
  if (missing.empty()) return {};
  return refused("nf.files-in-body", {missing});
}

std::optional<Expected> check_retrieval(World& world, const std::vector<Id>& ids) {
  std::string refused_ones;
  for (const Id& id : ids) {
    const std::string& name = find_file(world, id)->filename;
    const std::string extension = name.substr(name.rfind('.'));
    if (extension == ".txt" || refused_ones.find(extension) != refused_ones.npos) continue;
    refused_ones += (refused_ones.empty() ? "" : ", ") + extension;
  }
  if (refused_ones.empty()) return {};
  return refused("f.retrieval", {refused_ones});
}

Store& make_store(World& world, std::optional<int> days) {
  world.stores.push_back({.id = world.next_id("vs"),
                          .created_at = world.now,
                          .days = days,
                          .last_active_at = world.now});
  return world.stores.back();
}

void attach(World& world, Store& store, const Id& file, const Json& attributes, const Id& batch) {
  const Indexing& rule = indexing_of(find_file(world, file)->filename);
  std::erase_if(store.files, [&](const StoreFile& one) { return one.id == file; });
  store.files.push_back({.id = file,
                         .created_at = world.now,
                         .due = rule.takes ? std::optional(world.now + *rule.takes) : std::nullopt,
                         .error = rule.error,
                         .attributes = attributes,
                         .batch = batch});
  store.last_active_at = world.now;
  settle_batches(store);  // the one that it belonged to does not count it any more
}

}  // namespace assistants_mock::tests::model
