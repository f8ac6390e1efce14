#pragma once
// One tenant's world: its objects, ids, runs and time. Single-threaded plain values; whoever shares
// it between threads brings a lock.
#include <cstdint>
#include <memory>
#include <optional>

#include "assistants_mock/limits.h"
#include "assistants_mock/wire_profile.h"
#include "mock_server/api/open_streams.h"
#include "mock_server/api/world_tools.h"
#include "mock_server/engine/indexer.h"
#include "mock_server/engine/run_engine.h"
#include "mock_server/store/id_source.h"
#include "mock_server/store/store.h"

namespace assistants_mock::mock_server::api {

struct WorldOptions {
  WireProfile profile = WireProfile::schema;
  std::uint64_t seed = 1;
  Limits limits = {};
};

struct World {
  World(const WorldOptions& options, scenarios::RuleMatcher rules, engine::Waits waits,
        state_machine::Instant epoch);
  World(const World&) = delete;  // the engine refers to its neighbours
  World& operator=(const World&) = delete;

  // Makes everything happen that is due by `to`, in order of time: at one moment files are indexed,
  // then they expire, then runs, which may have waited for them, move. Never goes back.
  void advance_to(state_machine::Instant to);
  // The same for runs that never wait (engine::Waits::none).
  void settle();
  std::optional<state_machine::Instant> next_due() const;

  WorldOptions options;
  store::Store store;
  store::IdSource ids;
  store::IdSource request_ids;  // apart, so that a refused request moves no other id
  WorldTools tools;
  engine::RunEngine engine;
  engine::Indexer indexer;
  // Their own, unless a server's worlds share one.
  std::shared_ptr<OpenStreams> streams;
  std::shared_ptr<store::BlobDirectory> blobs;
  state_machine::Instant now;
};

}  // namespace assistants_mock::mock_server::api
