#pragma once
// The environment and the start of a command that is a client of the mock.
#include <sys/types.h>

#include <string>
#include <vector>

namespace assistants_mock::cli {

// This process's own, with the address and key of the mock as the clients of OpenAI and of Azure
// read them. A real key, should there be one, is replaced unread, a token is taken away, and
// loopback is kept from any proxy. Azure's version stays as it is, if there is one.
std::vector<std::string> client_environment(const std::string& base_url, const std::string& key);

struct Start {
  std::vector<std::string> command;
  std::vector<std::string> environment;
  bool own_group = false;  // a process group of its own, to be ended as a whole
  int output = -1;         // file descriptors for its standard output and error; its input is empty
  int errors = -1;         // then. None: those of this process
};

// The process id, or minus the error number. Signals are not blocked in it.
pid_t start(Start start);

}  // namespace assistants_mock::cli
