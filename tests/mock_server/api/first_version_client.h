#pragma once
// Two clients of one API: the one speaks its first version, the other its second (docs/wire/
// first-version.md).
#include <string>
#include <utility>
#include <vector>

#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server::api {

using Json = nlohmann::ordered_json;

class TwoVersions {
 public:
  explicit TwoVersions(const std::string& scenario = "echo", ApiOptions options = {})
      : api_(scenario, std::move(options)) {}
  explicit TwoVersions(const scenarios::ScenarioBook& scenario) : api_(scenario) {}

  TestAnswer get_1(const std::string& path) { return send(1, "GET", path); }
  TestAnswer post_1(const std::string& path, const Json& body = Json::object()) {
    return send(1, "POST", path, body.dump());
  }
  TestAnswer del_1(const std::string& path) { return send(1, "DELETE", path); }
  TestAnswer get_2(const std::string& path) { return send(2, "GET", path); }
  TestAnswer post_2(const std::string& path, const Json& body = Json::object()) {
    return send(2, "POST", path, body.dump());
  }
  TestAnswer del_2(const std::string& path) { return send(2, "DELETE", path); }

  TestAnswer send(int version, std::string method, const std::string& path, std::string body = "") {
    return api_.send({std::move(method),
                      "/v1" + path,
                      {{"Authorization", "Bearer key"},
                       {"OpenAI-Beta", "assistants=v" + std::to_string(version)},
                       {"Content-Type", "application/json"}},
                      std::move(body)});
  }

  std::string upload(const std::string& filename,
                     const std::string& content = "Filip likes cake.") {
    return api_.upload(filename, content);
  }
  std::vector<std::string> upload_many(std::size_t count) {
    std::vector<std::string> ids;
    for (std::size_t file = 0; file < count; ++file)
      ids.push_back(upload("part" + std::to_string(file) + ".txt"));
    return ids;
  }

  // POST /assistants of the first version; its path.
  std::string assistant_1(const Json& tools, const Json& file_ids) {
    return "/assistants/" +
           post_1("/assistants", {{"model", "gpt-4o"}, {"tools", tools}, {"file_ids", file_ids}})
               .id();
  }
  // A run from its creation to its end, of the version.
  TestAnswer run(int version, const std::string& thread, Json body) {
    const TestAnswer made = send(version, "POST", thread + "/runs", body.dump());
    if (made.status != 200) return made;
    api_.advance(std::chrono::seconds{10});
    return send(version, "GET", thread + "/runs/" + made.id());
  }

  TestApi& api() { return api_; }

 private:
  TestApi api_;
};

inline const Json interpreter_1 = {{{"type", "code_interpreter"}}};
inline const Json retrieval_1 = {{{"type", "retrieval"}}};
inline const Json both_1 = {{{"type", "code_interpreter"}}, {{"type", "retrieval"}}};

}  // namespace assistants_mock::mock_server::api
