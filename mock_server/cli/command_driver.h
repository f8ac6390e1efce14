#pragma once
// Clients that are programs: one started for each conversation, or a service that keeps running and
// is asked to converse by a command.
#include <memory>
#include <string>
#include <vector>

#include "mock_server/check/client_driver.h"

namespace assistants_mock::cli {

// Started anew for each conversation, with the environment that `exec` gives. Exit status 0 says
// that all went well; its standard output is what its user sees.
std::unique_ptr<mock_server::check::ClientDriver> command_driver(std::vector<std::string> command);

// `command` is started once, and again when it has ended. For each conversation `request` is run by
// the shell: its exit status and output are the client's.
std::unique_ptr<mock_server::check::ClientDriver> service_driver(std::vector<std::string> command,
                                                                 std::string request);

}  // namespace assistants_mock::cli
