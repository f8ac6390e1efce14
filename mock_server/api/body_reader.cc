#include "mock_server/api/body_reader.h"

#include <algorithm>

namespace assistants_mock::mock_server::api {
namespace {

using store::Json;

Json read_function(const Body& function) {
  Json shown = Json::object();
  shown["name"] = function.at("name");
  if (const Body* description = field(function, "description")) shown["description"] = *description;
  shown["parameters"] =
      read_json(function, "parameters", {{"type", "object"}, {"properties", Json::object()}});
  shown["strict"] = read_flag(function, "strict", false);
  return shown;
}

Json read_file_search(const Body& tool, WireProfile profile) {
  Json options = read_json(tool, "file_search", Json::object());
  const Json given = read_json(options, "ranking_options", Json::object());
  Json ranking = {{"ranker", "default_2024_08_21"}, {"score_threshold", 0.0}};
  if (const Body* ranker = field(given, "ranker"); ranker != nullptr && *ranker != "auto")
    ranking["ranker"] = *ranker;
  if (const Body* threshold = field(given, "score_threshold"))
    ranking["score_threshold"] = threshold->get<double>();
  if (profile == WireProfile::recorded) ranking["hybrid_search"] = nullptr;
  options["ranking_options"] = std::move(ranking);
  return options;
}

store::Content read_part(const Body& part) {
  const auto type = part.at("type").get<std::string>();
  if (type == "text") return store::TextContent{part.at("text").get<std::string>()};
  const Body& image = part.at(type);
  const std::string detail = read_text(image, "detail").value_or("auto");
  if (type == "image_url") return store::ImageUrlContent{image.at("url"), detail};
  return store::ImageFileContent{image.at("file_id"), detail};
}

}  // namespace

const Body* field(const Body& body, std::string_view key) {
  if (!body.is_object()) return nullptr;
  const auto found = body.find(key);
  return found == body.end() || found->is_null() ? nullptr : &*found;
}

bool has(const Body& body, std::string_view key) {
  return body.contains(key);
}

std::optional<std::string> read_text(const Body& body, std::string_view key) {
  const Body* value = field(body, key);
  return value ? std::optional(value->get<std::string>()) : std::nullopt;
}

std::optional<double> read_number(const Body& body, std::string_view key) {
  const Body* value = field(body, key);
  return value ? std::optional(value->get<double>()) : std::nullopt;
}

std::optional<std::int64_t> read_integer(const Body& body, std::string_view key) {
  const Body* value = field(body, key);
  return value ? std::optional(value->get<std::int64_t>()) : std::nullopt;
}

bool read_flag(const Body& body, std::string_view key, bool otherwise) {
  const Body* value = field(body, key);
  return value ? value->get<bool>() : otherwise;
}

Json read_json(const Body& body, std::string_view key, Json otherwise) {
  const Body* value = field(body, key);
  return value ? *value : std::move(otherwise);
}

store::Metadata read_metadata(const Body& body) {
  store::Metadata metadata;
  if (const Body* pairs = field(body, "metadata"))
    for (const auto& [name, value] : pairs->items()) metadata.emplace_back(name, value);
  return metadata;
}

Json read_tools(const Body& tools, WireProfile profile) {
  Json shown = Json::array();
  for (const Body& tool : tools) {
    Json one = {{"type", tool.at("type")}};
    if (one["type"] == "function") one["function"] = read_function(tool.at("function"));
    if (one["type"] == "file_search") one["file_search"] = read_file_search(tool, profile);
    shown.push_back(std::move(one));
  }
  return shown;
}

std::optional<std::vector<std::string>> read_file_ids(const Body& body) {
  const Body* listed = field(body, "file_ids");
  if (listed == nullptr) return std::nullopt;
  std::vector<std::string> ids;
  for (const Body& id : *listed)
    if (std::ranges::find(ids, id.get<std::string>()) == ids.end()) ids.push_back(id);
  return ids;
}

store::Message read_message(const Body& body) {
  store::Message message;
  message.role = body.at("role") == "assistant" ? store::Role::assistant : store::Role::user;
  const Body& content = body.at("content");
  if (content.is_string())
    message.content.emplace_back(store::TextContent{content.get<std::string>()});
  else
    for (const Body& part : content) message.content.push_back(read_part(part));
  message.attachments = read_json(body, "attachments", Json::array());
  message.file_ids = read_file_ids(body).value_or(std::vector<std::string>{});
  message.metadata = read_metadata(body);
  return message;
}

std::vector<store::Message> read_messages(const Body& body, std::string_view key) {
  std::vector<store::Message> messages;
  if (const Body* given = field(body, key))
    for (const Body& one : *given) messages.push_back(read_message(one));
  return messages;
}

}  // namespace assistants_mock::mock_server::api
