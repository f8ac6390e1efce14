// A client knows the ids of what a run wrote and called only after it has looked. Commands may name
// them all the same: then the client looks first.
#include <algorithm>

#include "tests/model/checked_api.h"

namespace assistants_mock::tests::model {
namespace {

using Questions = std::vector<Asked>;

Asked list_of(std::string_view operation, std::vector<Id> ids, const char* limit) {
  return {.operation = &operation_named(operation),
          .ids = std::move(ids),
          .query = {{"limit", limit}, {"order", "asc"}}};
}

bool wrote(const Run& run, const Id& id) {
  return std::ranges::any_of(run.steps, [&](const Step& step) {
    return step.id == id || std::ranges::find(step.calls, id, &ToolCall::id) != step.calls.end();
  });
}

// Nothing, where the thread that has it is gone.
void look_for(const World& world, const Id& id, Questions& questions) {
  if (id.starts_with("@file")) return questions.push_back(list_of("listFiles", {}, "1000"));
  if (id.starts_with("@vs")) return questions.push_back(list_of("listVectorStores", {}, "100"));
  for (const Thread& thread : world.threads) {
    if (thread.deleted) continue;
    if (std::ranges::find(thread.messages, id, &Message::id) != thread.messages.end())
      return questions.push_back(list_of("listMessages", {thread.id}, "100"));
    for (const Run& run : thread.runs)
      if (wrote(run, id))
        return questions.push_back(list_of("listRunSteps", {thread.id, run.id}, "100"));
  }
}

}  // namespace

std::vector<Asked> questions_for(const World& world, const Names& names, const Asked& asked) {
  Questions questions;
  const auto look = [&](std::string_view name) {
    if (!names.knows(std::string(name))) look_for(world, std::string(name), questions);
  };
  for (const Id& id : asked.ids) Names::for_names(id, look);
  for (const auto& [name, value] : asked.query) Names::for_names(value, look);
  if (!asked.body.is_null()) Names::for_names(asked.body.dump(), look);
  return questions;
}

}  // namespace assistants_mock::tests::model
