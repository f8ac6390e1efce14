#pragma once
// A run's events as server-sent events, from a place in its log to the event that ends a stream
// (rows A to M of docs/wire/streaming.md). Reads what is there and never waits by itself.
#include <chrono>
#include <memory>
#include <string>

#include "assistants_mock/wire_profile.h"
#include "mock_server/api/request.h"
#include "mock_server/engine/event_log.h"

namespace assistants_mock::mock_server::api {

class RunStream : public EventStream {
 public:
  RunStream(std::string run_id, std::shared_ptr<const engine::EventLog> log, std::size_t place,
            WireProfile profile)
      : run_id_(std::move(run_id)), log_(std::move(log)), place_(place), profile_(profile) {}

  State read(std::string& bytes, std::chrono::milliseconds patience) override;

  const std::string& run_id() const { return run_id_; }
  // Whether the log already holds the event that ends this stream.
  bool whole();

 private:
  std::string run_id_;
  std::shared_ptr<const engine::EventLog> log_;
  std::size_t place_;
  std::size_t searched_ = 0;
  bool end_found_ = false;
  WireProfile profile_;
};

}  // namespace assistants_mock::mock_server::api
