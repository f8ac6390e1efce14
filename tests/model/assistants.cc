#include "tests/model/lists.h"
#include "tests/model/refusals.h"
#include "tests/model/resources.h"

namespace assistants_mock::tests::model {
namespace {

// "An assistant with the tool code_interpreter shows its list of files, be it empty" (objects.md).
Json shown_resources(const Assistant& assistant) {
  Json resources = assistant.resources;
  for (const Json& tool : assistant.settings.at("tools"))
    if (tool.at("type") == "code_interpreter" && !resources.contains("code_interpreter"))
      resources["code_interpreter"] = {{"file_ids", Json::array()}};
  return resources;
}

Json shown_assistant(const Assistant& assistant) {
  Json body = assistant.settings;
  body["id"] = assistant.id;
  body["object"] = "assistant";
  body["created_at"] = shown(assistant.created_at);
  body["tool_resources"] = shown_resources(assistant);
  return body;
}

Json drawn_tools(Draw& draw) {
  static const std::vector<Json> all = {
      Json::array(), Json::array({{{"type", "file_search"}}}),
      Json::array({{{"type", "code_interpreter"}}}),
      Json::array({{{"type", "function"}, {"function", {{"name", "get_a"}}}}})};
  return draw.one_of(all);
}

void draw_settings(const World& world, Draw& draw, Asked& asked, bool making) {
  static const std::vector<std::string> models = {"gpt-4o", "gpt-4.1", "gpt-4o-mini"};
  asked.body = Json::object();
  if (draw.one_in(3)) asked.body["instructions"] = "Be kind.";
  if (draw.one_in(4)) asked.body["name"] = draw.one_in(2) ? Json("Ada") : Json(nullptr);
  if (making || draw.one_in(2)) asked.body["tools"] = drawn_tools(draw);
  if (draw.one_in(4)) asked.body["metadata"] = {{"tier", "paid"}};
  if (making || draw.one_in(2))
    asked.body["model"] = draw.one_in(24) ? "o1-mini" : draw.one_of(models);
  if (asked.body.value("model", "") == "o1-mini") return;
  if (const Json resources = drawn_resources(world, draw, making); !resources.is_null())
    asked.body["tool_resources"] = resources;
}

// What the body sends takes the place of what is there; null takes it back to its default.
std::optional<Expected> change(World& world, Assistant& assistant, const Asked& asked) {
  if (asked.body.value("model", "") == "o1-mini") return refused("model.unsupported", {"o1-mini"});
  const Json* resources = asked.field("tool_resources");
  if (resources != nullptr)
    if (auto refusal = check_resources(world, *resources)) return refusal;
  for (const auto& [name, value] : asked.body.items())
    if (name != "tool_resources")
      assistant.settings[name] =
          name == "metadata" && value.is_null() ? Json::object() : Json(value);
  if (resources != nullptr) assistant.resources = made_resources(world, *resources, std::nullopt);
  return {};
}

void draw_create(const World& world, Draw& draw, Asked& asked) {
  draw_settings(world, draw, asked, true);
}
Expected create(World& world, const Asked& asked) {
  Assistant assistant{.created_at = world.now,
                      .settings = {{"name", nullptr},
                                   {"description", nullptr},
                                   {"instructions", nullptr},
                                   {"tools", Json::array()},
                                   {"metadata", Json::object()},
                                   {"response_format", "auto"}},
                      .resources = Json::object()};
  if (auto refusal = change(world, assistant, asked)) return *refusal;
  assistant.id = world.next_id("asst");
  world.assistants.push_back(assistant);
  return {.body = shown_assistant(assistant)};
}

void draw_one(const World& world, Draw& draw, Asked& asked) {
  asked.ids = {draw.id_of(world.assistants, "asst_none")};
}
Expected get(World& world, const Asked& asked) {
  const Assistant* assistant = find(world.assistants, asked.ids[0]);
  if (assistant == nullptr) return refused("nf.assistant", {asked.ids[0]});
  return {.body = shown_assistant(*assistant)};
}

void draw_modify(const World& world, Draw& draw, Asked& asked) {
  draw_one(world, draw, asked);
  draw_settings(world, draw, asked, false);
}
Expected modify(World& world, const Asked& asked) {
  Assistant* assistant = find(world.assistants, asked.ids[0]);
  if (assistant == nullptr) return refused("nf.assistant", {asked.ids[0]});
  if (auto refusal = change(world, *assistant, asked)) return *refusal;
  return {.body = shown_assistant(*assistant)};
}

Expected erase(World& world, const Asked& asked) {
  Assistant* assistant = find(world.assistants, asked.ids[0]);
  if (assistant == nullptr) return refused("nf.assistant", {asked.ids[0]});
  assistant->deleted = true;
  return {.body = {{"id", assistant->id}, {"object", "assistant.deleted"}, {"deleted", true}}};
}

void draw_list(const World& world, Draw& draw, Asked& asked) {
  draw_paging(draw, asked, world.assistants, "asst_none");
}
Expected list(World& world, const Asked& asked) {
  return listed(world.assistants, asked, always<Assistant>, shown_assistant,
                [](const Id& id) { return refused("nf.assistant", {id}); });
}

std::vector<Field> settings_fields(bool model_needed) {
  using enum FieldKind;
  return {{"model", text, model_needed, false},
          {"name", text},
          {"description", text},
          {"instructions", text},
          {"tools", FieldKind::items, false, false},
          {"tool_resources", object},
          {"metadata", object}};
}

}  // namespace

Operations assistant_operations() {
  return {
      {.id = "listAssistants",
       .method = "GET",
       .path = "/assistants",
       .draw = draw_list,
       .answer = list,
       .parameters = paging},
      {.id = "createAssistant",
       .method = "POST",
       .path = "/assistants",
       .weight = 3,
       .draw = draw_create,
       .answer = create,
       .fields = settings_fields(true)},
      {.id = "getAssistant",
       .method = "GET",
       .path = "/assistants/{assistant_id}",
       .draw = draw_one,
       .answer = get},
      {.id = "modifyAssistant",
       .method = "POST",
       .path = "/assistants/{assistant_id}",
       .draw = draw_modify,
       .answer = modify,
       .fields = settings_fields(false)},
      {.id = "deleteAssistant",
       .method = "DELETE",
       .path = "/assistants/{assistant_id}",
       .draw = draw_one,
       .answer = erase},
  };
}

}  // namespace assistants_mock::tests::model
