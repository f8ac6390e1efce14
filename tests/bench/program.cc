#include "tests/bench/program.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace assistants_mock::bench {

Program::Program() {
  std::array<int, 2> output{};
  if (::pipe(output.data()) != 0) throw std::runtime_error("no pipe");
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output[1], 1);
  std::array<std::string, 6> words = {
      ASSISTANTS_MOCK_PROGRAM_FILE, "serve", "--port", "0", "--log", "none"};
  std::array<char*, 7> arguments{};
  for (std::size_t word = 0; word < words.size(); ++word)
    arguments.at(word) = words.at(word).data();
  if (posix_spawn(&process_, ASSISTANTS_MOCK_PROGRAM_FILE, &actions, nullptr, arguments.data(),
                  environ) != 0)
    throw std::runtime_error("cannot start " ASSISTANTS_MOCK_PROGRAM_FILE);
  posix_spawn_file_actions_destroy(&actions);
  ::close(output[1]);
  std::string line;
  for (char letter = 0; ::read(output[0], &letter, 1) == 1 && letter != '\n';) line += letter;
  ::close(output[0]);
  port_ = std::atoi(line.substr(line.rfind(':') + 1).c_str());
}

Program::~Program() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

}  // namespace assistants_mock::bench
