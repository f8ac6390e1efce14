#include "mock_server/cli/interruption.h"

#include <csignal>

namespace assistants_mock::cli {

void require_no_interruption() {
  sigset_t pending{};
  ::sigpending(&pending);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT})
    if (::sigismember(&pending, signal) == 1) throw Interrupted(signal);
}

}  // namespace assistants_mock::cli
