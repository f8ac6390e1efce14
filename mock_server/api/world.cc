#include "mock_server/api/world.h"

namespace assistants_mock::mock_server::api {

World::World(const WorldOptions& with, std::shared_ptr<const scenarios::Scenario> scenario,
             engine::Waits waits, state_machine::Instant epoch)
    : options(with),
      ids(store::seed_for(with.seed, "objects")),
      request_ids(store::seed_for(with.seed, "requests")),
      engine(store, ids, std::move(scenario), waits),
      now(epoch) {}

}  // namespace assistants_mock::mock_server::api
