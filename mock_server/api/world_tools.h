#pragma once
// What runs use of their world while they are played: its vector stores and its files.
#include <string>
#include <vector>

#include "mock_server/engine/run_tools.h"

namespace assistants_mock::mock_server::api {

struct World;

class WorldTools final : public engine::RunTools {
 public:
  // The world owns it.
  explicit WorldTools(World& world) : world_(world) {}

  std::vector<scenarios::FoundChunk> search(const store::Run& run,
                                            const store::ThreadRecord& thread,
                                            const std::string& query) override;
  std::optional<scenarios::HostedTools::NamedFile> file_named(const store::Run& run,
                                                              const store::ThreadRecord& thread,
                                                              const std::string& name) override;
  std::string make_file(const std::string& filename, std::string_view bytes,
                        state_machine::Instant now) override;
  state_machine::Instant files_ended(const store::ThreadRecord& thread,
                                     state_machine::Instant up_to) override;

 private:
  World& world_;
};

}  // namespace assistants_mock::mock_server::api
