#pragma once
// Whatever it is that converses: a function in this process, a command, a service.
#include <exception>
#include <memory>
#include <stdexcept>

#include "assistants_mock/check_client.h"
#include "mock_server/check/case_watch.h"

namespace assistants_mock::mock_server {
class MockServer;
}

namespace assistants_mock::mock_server::check {

// There is no client to check.
class NoClient : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Somebody ended the check. What was found by then is told, as it was found.
class CheckEnded : public std::exception {};

// Several conversations may be under way at once.
class ClientDriver {
 public:
  virtual ~ClientDriver() = default;

  // Lets the client have the conversation, to its end or until the watch says to stop it. Throws
  // NoClient, CheckEnded.
  virtual ClientEnd converse(const Case& asked, CaseWatch& watch, MockServer& server) = 0;

  // One that lives on between conversations: it needs the same address for all of them.
  virtual bool keeps_running() const { return false; }
};

// A client in this process. It is stopped by stopping its server.
std::unique_ptr<ClientDriver> function_driver(Client client);

}  // namespace assistants_mock::mock_server::check
