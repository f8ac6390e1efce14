#include "mock_server/api/world.h"

#include <algorithm>

#include "mock_server/api/handlers.h"

namespace assistants_mock::mock_server::api {
namespace {

using state_machine::Instant;

std::optional<Instant> earlier(std::optional<Instant> one, std::optional<Instant> other) {
  return one && other ? std::min(one, other) : one ? one : other;
}

// When something happens to files by itself.
std::optional<Instant> files_due(const World& world) {
  const auto& expiries = world.store.expiries;
  return earlier(world.indexer.next_due(),
                 expiries.empty() ? std::nullopt : std::optional(expiries.begin()->first));
}

void move_files(World& world, Instant to) {
  world.indexer.advance_to(to);
  expire_files_and_uploads(world, to);
}

}  // namespace

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
  for (auto due = files_due(*this); due && *due <= now; due = files_due(*this)) {
    engine.advance_to(*due - state_machine::Duration{1});  // the least that time is told in
    move_files(*this, *due);
  }
  move_files(*this, now);
  engine.advance_to(now);
}

void World::settle() {
  move_files(*this, now);
  now = engine.settle(now);
  move_files(*this, now);
}

std::optional<Instant> World::next_due() const {
  return earlier(files_due(*this), engine.next_due());
}

}  // namespace assistants_mock::mock_server::api
