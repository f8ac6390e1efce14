#include "tests/model/world.h"

#include <algorithm>

namespace assistants_mock::tests::model {

bool Run::active() const {
  return status == "queued" || status == "in_progress" || status == "requires_action" ||
         status == "cancelling";
}

Run* Thread::active_run() {
  // Only the latest can be: it locks its thread (lock.run).
  return !runs.empty() && runs.back().active() ? &runs.back() : nullptr;
}

std::optional<Time> Store::expires_at() const {
  if (!days) return std::nullopt;
  return last_active_at + *days * day;
}

Id World::next_id(const std::string& kind) {
  return "@" + kind + "_" + std::to_string(++made[kind]);
}

File* find_file(World& world, const Id& id) {
  File* file = find(world.files, id);
  return file != nullptr && !gone(*file, world.now) ? file : nullptr;
}

Id store_named(const Json& resources) {
  static const Json::json_pointer place("/file_search/vector_store_ids/0");
  return resources.contains(place) ? resources.at(place).get<Id>() : Id();
}

}  // namespace assistants_mock::tests::model
