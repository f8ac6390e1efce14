#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "tests/bench/benchmarks.h"
#include "tests/bench/http_load.h"
#include "tests/bench/measure.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::bench {
namespace {

// The program, serving on a free port until this goes.
class Program {
 public:
  Program() {
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
  ~Program() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  int port() const { return port_; }
  std::string process() const { return std::to_string(process_); }

 private:
  pid_t process_ = 0;
  int port_ = 0;
};

}  // namespace

void report_program() {
  std::vector<double> until_answer;
  std::size_t resident = 0;
  for (int round = 0; round < 21; ++round) {
    std::string process;
    until_answer.push_back(microseconds_of([&] {
      const Program program;
      tests::ask(program.port(), get_request("/v1/models", "Authorization: Bearer k\r\n"));
      resident = resident_bytes(program.process());
    }));
  }
  std::printf("program: %.1f ms from start over the first answer to its end, %.1f MiB resident\n",
              median(until_answer) / 1000, static_cast<double>(resident) / (1 << 20));
}

}  // namespace assistants_mock::bench
