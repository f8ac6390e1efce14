#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/api/api_error.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/api/handlers.h"

namespace assistants_mock::mock_server::api {
namespace {

// ours: a few models that assistants were made with. Any other is accepted where a model is set.
struct Model {
  std::string_view id;
  std::int64_t created;
  std::string_view owned_by;
};
constexpr std::array models = {
    Model{"gpt-4o", 1715367049, "system"},        Model{"gpt-4o-mini", 1721172741, "system"},
    Model{"gpt-4.1", 1744316542, "system"},       Model{"gpt-4.1-mini", 1744318173, "system"},
    Model{"gpt-4-turbo", 1712361441, "system"},   Model{"gpt-4", 1687882411, "openai"},
    Model{"gpt-3.5-turbo", 1677610602, "openai"}, Model{"o3-mini", 1737146383, "system"},
};

// Of the others by what their names begin with (model.unsupported).
constexpr std::array<std::string_view, 9> not_for_assistants = {
    "o1-mini", "o1-preview",       "text-embedding-",  "whisper-",  "tts-",
    "dall-e-", "omni-moderation-", "text-moderation-", "gpt-image-"};

void write(JsonWriter& out, const Model& model) {
  out.begin_object();
  out.member("id", model.id);
  out.member("object", "model");
  out.member("created", model.created);
  out.member("owned_by", model.owned_by);
  out.end_object();
}

// Those that the scenario says there are, or else ours; without the deleted ones.
std::vector<Model> known_models(const World& world) {
  std::vector<Model> known(models.begin(), models.end());
  const std::vector<std::string>& named = world.engine.scenario().models;
  if (!named.empty()) {
    known.clear();
    for (const std::string& id : named) {
      const auto* ours = std::ranges::find(models, id, &Model::id);
      known.push_back(ours != models.end() ? *ours : Model{id, models.front().created, "system"});
    }
  }
  std::erase_if(known, [&](const Model& model) {
    return world.store.deleted_models.contains(std::string(model.id));
  });
  return known;
}

Model model_of(Call& call) {
  const std::string& id = call.id("model");
  const std::vector<Model> known = known_models(call.world);
  const auto model = std::ranges::find(known, id, &Model::id);
  if (model == known.end()) throw api_error::no_model(id);
  return *model;
}

}  // namespace

void require_model(const World& world, const Body& body) {
  const auto named = read_text(body, "model");
  if (!named) return;
  const std::vector<std::string>& known = world.engine.scenario().models;
  if (!known.empty() && std::ranges::find(known, *named) == known.end())
    throw api_error::model_not_found(*named);
  if (known.empty() && std::ranges::any_of(not_for_assistants, [&](std::string_view begin) {
        return named->starts_with(begin);
      }))
    throw api_error::model_unsupported(*named);
}

Answer list_models(Call& call) {
  std::string body;
  JsonWriter out(body, Layout::indented);
  out.begin_object();
  out.member("object", "list");
  out.key("data");
  out.begin_array();
  for (const Model& model : known_models(call.world)) write(out, model);
  out.end_array();
  out.end_object();
  return {body};
}

Answer get_model(Call& call) {
  std::string body;
  JsonWriter out(body, Layout::indented);
  write(out, model_of(call));
  return {body};
}

Answer delete_model(Call& call) {
  const std::string id(model_of(call).id);
  call.world.store.deleted_models.insert(id);
  return {deleted_body(id, "model")};
}

}  // namespace assistants_mock::mock_server::api
