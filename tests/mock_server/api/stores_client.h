#pragma once
// A client of vector stores, and their counters as it is shown them.
#include <string>
#include <vector>

#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server::api {

using Json = nlohmann::ordered_json;

class Stores {
 public:
  explicit Stores(const std::string& indexing = "")
      : api_(scenarios::ScenarioBook::parse("scenario: stores\n" + indexing +
                                            "runs: [ {do: [say: Hello.]} ]\n")) {}

  std::string text_file(const std::string& content = "Filip likes cake.") {
    return api_.upload("notes-" + std::to_string(++files_) + ".txt", content);
  }
  std::vector<std::string> text_files(int count) {
    std::vector<std::string> ids;
    while (count-- > 0) ids.push_back(text_file());
    return ids;
  }
  std::string store(const Json& body = Json::object()) {
    return api_.post("/vector_stores", body.dump()).id();
  }
  TestAnswer attach(const std::string& store, const std::string& file) {
    return api_.post("/vector_stores/" + store + "/files", Json{{"file_id", file}}.dump());
  }
  TestAnswer batch(const std::string& store, const std::vector<std::string>& files) {
    return api_.post("/vector_stores/" + store + "/file_batches", Json{{"file_ids", files}}.dump());
  }
  Json counts(const std::string& store) {
    return api_.get("/vector_stores/" + store).json.at("file_counts");
  }
  std::string status(const std::string& store) {
    return api_.get("/vector_stores/" + store).json.at("status");
  }
  TestAnswer search(const std::string& store, const Json& body) {
    return api_.post("/vector_stores/" + store + "/search", body.dump());
  }

  TestApi* operator->() { return &api_; }

 private:
  TestApi api_;
  int files_ = 0;
};

inline Json counted(int in_progress, int completed, int failed, int cancelled) {
  return {{"in_progress", in_progress},
          {"completed", completed},
          {"failed", failed},
          {"cancelled", cancelled},
          {"total", in_progress + completed + failed + cancelled}};
}

}  // namespace assistants_mock::mock_server::api
