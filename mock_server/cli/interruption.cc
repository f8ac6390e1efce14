#include "mock_server/cli/interruption.h"

#include <array>
#include <csignal>

namespace assistants_mock::cli {

void require_no_interruption() {
  sigset_t pending{};
  ::sigpending(&pending);
  constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
  for (const int signal : signals)
    if (::sigismember(&pending, signal) == 1) throw Interrupted(signal);
}

}  // namespace assistants_mock::cli
