#pragma once
// Signals that end a check. They stay blocked, and are looked for where clients are waited for:
// whoever waits is told by an exception, and on its way out each client is killed and each folder
// removed.
#include "mock_server/check/client_driver.h"

namespace assistants_mock::cli {

class Interrupted : public mock_server::check::CheckEnded {
 public:
  explicit Interrupted(int signal) : signal_(signal) {}
  int signal() const { return signal_; }
  const char* what() const noexcept override { return "interrupted"; }

 private:
  int signal_;
};

// Throws Interrupted once the process was sent SIGINT, SIGTERM, SIGHUP or SIGQUIT, and each time
// from then on. Needs block_signals().
void require_no_interruption();

}  // namespace assistants_mock::cli
