#pragma once
// A server at a glance.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace assistants_mock::mock_server {

// A tenant's time, and when something happens there next by itself.
struct ClockReading {
  using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
  std::string tenant = {};
  Instant now = {};
  std::optional<Instant> due = {};
};

// Over all tenants.
struct ServerState {
  std::size_t tenants = 0;
  std::size_t objects = 0;
  std::size_t open_streams = 0;
  std::uint64_t requests = 0;        // since the start or the last reset
  std::uint64_t unmatched_runs = 0;  // that no rule of a scenario answered
};

}  // namespace assistants_mock::mock_server
