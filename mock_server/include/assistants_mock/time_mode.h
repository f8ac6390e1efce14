#pragma once
// What moves time. Unless its script says otherwise a run is queued for one second and works for
// one second; one that nobody answers expires 600 s after its creation.
#include <array>
#include <cstddef>
#include <string_view>

namespace assistants_mock::mock_server {

enum class TimeMode {
  manual,     // only advance(): tests
  stepped,    // every request moves its key's time by `step` before it is handled, and a stream
              // moves it to the stream's end: clients that poll, at full speed
  immediate,  // every wait is zero: a run stops only where it needs its client
  real,       // follows the machine's clock: local development
};

constexpr std::string_view name(TimeMode mode) {
  constexpr std::array<std::string_view, 4> names = {"manual", "stepped", "immediate", "real"};
  return names[static_cast<std::size_t>(mode)];
}

}  // namespace assistants_mock::mock_server
