#pragma once
// A run's events as server-sent events, from a place in its log to the event that ends a stream
// (rows A to M of docs/wire/streaming.md). Reads what is there and never waits by itself.
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "mock_server/api/damaged_stream.h"
#include "mock_server/api/request.h"
#include "mock_server/api/wire_events.h"
#include "mock_server/engine/event_log.h"

namespace assistants_mock::mock_server::api {

class RunStream : public EventStream {
 public:
  // `view` is of whom the events are for. `open` is its place among the open streams, which it
  // keeps while it lives.
  RunStream(std::string run_id, std::shared_ptr<const engine::EventLog> log, std::size_t place,
            const View& view, std::shared_ptr<void> open = nullptr)
      : run_id_(std::move(run_id)),
        log_(std::move(log)),
        place_(place),
        data_(view),
        version_(view.version),
        open_(std::move(open)) {}

  // A long stream comes in several reads, so that its first events are on their way before its last
  // ones are written.
  State read(std::string& bytes, std::chrono::milliseconds patience) override;

  const std::string& run_id() const { return run_id_; }
  const engine::EventLog& log() const { return *log_; }
  // Whether the log already holds the event that ends this stream.
  bool whole();

  // From now on this happens to its events; `struck` is called when it does. To be called before
  // anything is read.
  void damage(const scenarios::StreamFault& fault, std::function<void()> struck) {
    damage_.emplace(fault, std::move(struck));
  }
  // Whether that has happened.
  bool is_damaged() const { return damage_ && damage_->has_struck(); }

 private:
  State read_damaged(std::string& bytes);
  std::string_view name_of(const engine::LoggedEvent& event) const;  // on the wire

  std::string run_id_;
  std::shared_ptr<const engine::EventLog> log_;
  std::size_t place_;
  std::size_t searched_ = 0;
  bool end_found_ = false;
  EventDataWriter data_;
  ApiVersion version_;
  std::shared_ptr<void> open_;
  std::optional<DamagedStream> damage_;
};

}  // namespace assistants_mock::mock_server::api
