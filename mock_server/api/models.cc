#include <array>

#include "mock_server/api/api_error.h"
#include "mock_server/api/handlers.h"

namespace assistants_mock::mock_server::api {
namespace {

// ours: a few models that assistants were made with. Any name is accepted where a model is set.
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

void write(JsonWriter& out, const Model& model) {
  out.begin_object();
  out.member("id", model.id);
  out.member("object", "model");
  out.member("created", model.created);
  out.member("owned_by", model.owned_by);
  out.end_object();
}

const Model& model_of(Call& call) {
  const std::string& id = call.id("model");
  const auto* model = std::ranges::find(models, id, &Model::id);
  if (model == models.end() || call.world.store.deleted_models.contains(id))
    throw api_error::no_model(id);
  return *model;
}

}  // namespace

Answer list_models(Call& call) {
  std::string body;
  JsonWriter out(body, Layout::indented);
  out.begin_object();
  out.member("object", "list");
  out.key("data");
  out.begin_array();
  for (const Model& model : models)
    if (!call.world.store.deleted_models.contains(model.id)) write(out, model);
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
