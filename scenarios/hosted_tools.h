#pragma once
// What a playback asks the world for while it plans a turn: the search behind file_search. The
// server searches its vector stores; tests and `explain` bring what they like.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/scenario.h"

namespace assistants_mock::scenarios {

// What the wire calls them; under `call` no function can have these names.
inline constexpr std::string_view code_interpreter_name = "code_interpreter";
inline constexpr std::string_view file_search_name = "file_search";

// A passage that a search found.
struct FoundChunk {
  std::string file_id = {};
  std::string filename = {};
  double score = 0;  // from 0 to 1
  std::string text = {};
  Json attributes = Json::object();  // of the file in its vector store
  bool operator==(const FoundChunk&) const = default;
};

// More than these are not taken (OpenAPI: AssistantToolsFileSearch.max_num_results).
inline constexpr std::size_t max_found = 50;

class HostedTools {
 public:
  virtual ~HostedTools() = default;

  // The best first.
  virtual std::vector<FoundChunk> search(const std::string& query) = 0;

  // A file that a scripted result names, by its id or its name; of several the newest. Nothing
  // where there is none.
  struct NamedFile {
    std::string id;
    std::string filename;
    Json attributes = Json::object();
  };
  virtual std::optional<NamedFile> file_named(const std::string& /*name*/) { return std::nullopt; }
};

// Finds the scenario's own files, each whole and in their order, whatever is searched for: for
// showing what a script does where there are no vector stores.
class SeededFilesFound : public HostedTools {
 public:
  explicit SeededFilesFound(const Scenario& scenario) : scenario_(scenario) {}
  std::vector<FoundChunk> search(const std::string& query) override;

 private:
  const Scenario& scenario_;
};

// Scripted results as a search would have found them. Their files are those that `tools` know, else
// the scenario's, by id or name; one that nobody has gets an id that follows from its name.
FoundChunk found_chunk(const ScriptedResult& result, std::string text, const Scenario& scenario,
                       HostedTools& tools);

}  // namespace assistants_mock::scenarios
