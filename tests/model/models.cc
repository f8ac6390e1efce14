#include "tests/model/operation.h"
#include "tests/model/refusals.h"

namespace assistants_mock::tests::model {
namespace {

// Some of the short fixed list (endpoints.md); which others there are is the mock's own.
const std::vector<std::string> some_models = {"gpt-4o", "gpt-4o-mini", "gpt-4.1"};

bool is_there(const World& world, const std::string& model) {
  return model != "gpt-none" && !world.models_gone.contains(model);
}

void draw_one(const World&, Draw& draw, Asked& asked) {
  asked.ids = {draw.one_in(8) ? "gpt-none" : draw.one_of(some_models)};
}
Expected get(World& world, const Asked& asked) {
  if (!is_there(world, asked.ids[0])) return refused("nf.model-route", {asked.ids[0]});
  return {.body = {{"id", asked.ids[0]}, {"object", "model"}, {"owned_by", "*"}}};
}
Expected erase(World& world, const Asked& asked) {
  if (!is_there(world, asked.ids[0])) return refused("nf.model-route", {asked.ids[0]});
  world.models_gone.insert(asked.ids[0]);
  return {.body = {{"id", asked.ids[0]}, {"object", "model"}, {"deleted", true}}};
}

Expected list(World& world, const Asked&) {
  Json some = Json::array();
  for (const std::string& model : some_models)
    if (is_there(world, model)) some.push_back({{"id", model}, {"object", "model"}});
  return {.body = {{"object", "list"}, {"data", {{"$some", some}}}}};
}

void draw_nothing(const World&, Draw&, Asked&) {}

}  // namespace

Operations model_operations() {
  return {
      {.id = "listModels",
       .method = "GET",
       .path = "/models",
       .draw = draw_nothing,
       .answer = list,
       .beta = false},
      {.id = "retrieveModel",
       .method = "GET",
       .path = "/models/{model}",
       .draw = draw_one,
       .answer = get,
       .beta = false},
      {.id = "deleteModel",
       .method = "DELETE",
       .path = "/models/{model}",
       .draw = draw_one,
       .answer = erase,
       .beta = false},
  };
}

}  // namespace assistants_mock::tests::model
