#pragma once
// What runs need of files and vector stores while their scripts are played. Who keeps those decides
// what is found and where made files go; the engine only asks.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/store/store.h"
#include "scenarios/hosted_tools.h"

namespace assistants_mock::mock_server::engine {

class RunTools {
 public:
  virtual ~RunTools() = default;

  // What the vector stores of the run and its thread have for `query`, the best first, by the run's
  // own file_search options (number of results, ranking).
  virtual std::vector<scenarios::FoundChunk> search(const store::Run& run,
                                                    const store::ThreadRecord& thread,
                                                    const std::string& query) = 0;

  // A file by its id, or the newest of this name: of the run's stores before all others.
  virtual std::optional<scenarios::HostedTools::NamedFile> file_named(
      const store::Run& /*run*/, const store::ThreadRecord& /*thread*/,
      const std::string& /*name*/) {
    return std::nullopt;
  }

  // Keeps a file that code made (purpose assistants_output) at `now`; gives its id. Throws
  // store::DiskError where there is no room for it: the run fails.
  virtual std::string make_file(const std::string& filename, std::string_view bytes,
                                state_machine::Instant now) = 0;

  // When all files of the thread's own store will have ended, at the latest `up_to`; any moment
  // that has passed when they have.
  virtual state_machine::Instant files_ended(const store::ThreadRecord& thread,
                                             state_machine::Instant up_to) = 0;
};

}  // namespace assistants_mock::mock_server::engine
