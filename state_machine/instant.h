#pragma once
// Time as a value. Nothing in this project asks what time it is, except the one driver that serves
// a real clock; everybody else is told.
#include <chrono>

namespace assistants_mock::state_machine {

using Duration = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Duration>;

// The wire knows whole Unix seconds only (OpenAPI: created_at and its like are integers).
constexpr long long unix_seconds(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

}  // namespace assistants_mock::state_machine
