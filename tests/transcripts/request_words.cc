#include "tests/transcripts/request_words.h"

#include <algorithm>

namespace assistants_mock::tests {

using mock_server::api::ApiVersion;

mock_server::api::Headers request_headers(bool with_body, ApiVersion version) {
  mock_server::api::Headers headers{
      {"Host", "api.openai.com"},
      {"Authorization", "Bearer sk-transcript"},
      {"OpenAI-Beta", version == ApiVersion::first ? "assistants=v1" : "assistants=v2"}};
  if (with_body) headers.emplace_back("Content-Type", "application/json");
  return headers;
}

std::string laid_over(Json body, const Command& command) {
  if (!command.body.empty()) body.update(Json::parse(command.body));
  return body.dump();
}

Json function_tools(const std::string& names) {
  Json tools = Json::array();
  for (std::size_t begin = 0; begin <= names.size();) {
    const std::size_t end = std::min(names.find(',', begin), names.size());
    tools.push_back(
        {{"type", "function"}, {"function", {{"name", names.substr(begin, end - begin)}}}});
    begin = end + 1;
  }
  return tools;
}

std::string in_first_version(const std::string& body) {
  Json words = Json::parse(body, nullptr, false);
  if (!words.is_object() || !words.contains("tools")) return body;
  for (Json& tool : words.at("tools"))
    if (tool.value("type", "") == "file_search") tool = {{"type", "retrieval"}};
  return words.dump();
}

}  // namespace assistants_mock::tests
