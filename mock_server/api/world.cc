#include "mock_server/api/world.h"

#include <algorithm>

namespace assistants_mock::mock_server::api {

World::World(const WorldOptions& with, scenarios::RuleMatcher rules, engine::Waits waits,
             state_machine::Instant epoch)
    : options(with),
      ids(store::seed_for(with.seed, "objects")),
      request_ids(store::seed_for(with.seed, "requests")),
      tools(*this),
      engine(store, ids, std::move(rules), waits, &tools),
      indexer(store, ids, waits, with.limits),
      streams(std::make_shared<OpenStreams>()),
      blobs(std::make_shared<store::BlobDirectory>(std::filesystem::path(),
                                                   with.limits.stored_bytes)),
      now(epoch) {}

void World::advance_to(state_machine::Instant to) {
  now = std::max(now, to);
  while (true) {
    const auto files = indexer.next_due();
    if (!files || *files > now) break;
    engine.advance_to(*files - state_machine::Duration{1});  // the least that time is told in
    indexer.advance_to(*files);
  }
  indexer.advance_to(now);
  engine.advance_to(now);
}

void World::settle() {
  indexer.advance_to(now);
  now = engine.settle(now);
}

std::optional<state_machine::Instant> World::next_due() const {
  const auto files = indexer.next_due();
  const auto runs = engine.next_due();
  return files && runs ? std::min(*files, *runs) : files ? files : runs;
}

}  // namespace assistants_mock::mock_server::api
