#include "mock_server/api/world.h"

namespace assistants_mock::mock_server::api {

World::World(const WorldOptions& with, scenarios::RuleMatcher rules, engine::Waits waits,
             state_machine::Instant epoch)
    : options(with),
      ids(store::seed_for(with.seed, "objects")),
      request_ids(store::seed_for(with.seed, "requests")),
      engine(store, ids, std::move(rules), waits),
      streams(std::make_shared<OpenStreams>()),
      blobs(std::make_shared<store::BlobDirectory>(std::filesystem::path(),
                                                   with.limits.stored_bytes)),
      now(epoch) {}

}  // namespace assistants_mock::mock_server::api
