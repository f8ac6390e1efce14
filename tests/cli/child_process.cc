#include "tests/cli/child_process.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

namespace assistants_mock::tests {
namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::string read_line(int from) {
  std::string line;
  for (char letter = 0; ::read(from, &letter, 1) == 1 && letter != '\n';) line += letter;
  return line;
}

std::string read_all(int from) {
  std::string text;
  std::array<char, 4096> part{};
  for (ssize_t count = 0; (count = ::read(from, part.data(), part.size())) > 0;)
    text.append(part.data(), static_cast<std::size_t>(count));
  return text;
}

}  // namespace

ChildProcess::ChildProcess(std::vector<std::string> words, const std::vector<std::string>& added) {
  std::array<int, 2> output{};
  std::array<int, 2> error{};
  if (::pipe2(output.data(), O_CLOEXEC) != 0 || ::pipe2(error.data(), O_CLOEXEC) != 0)
    throw std::runtime_error("no pipe");
  output_ = output[0];
  error_ = error[0];
  posix_spawn_file_actions_t actions{};
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, output[1], 1);
  posix_spawn_file_actions_adddup2(&actions, error[1], 2);
  std::vector<std::string> environment = added;
  for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
  const int failed = posix_spawnp(&process_, words[0].c_str(), &actions, nullptr,
                                  pointers(words).data(), pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  ::close(output[1]);
  ::close(error[1]);
  if (failed != 0) throw std::runtime_error("cannot start " + words[0]);
}

ChildProcess::~ChildProcess() {
  if (process_ != 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  ::close(output_);
  ::close(error_);
}

std::string ChildProcess::output_line() {
  return read_line(output_);
}
std::string ChildProcess::error_line() {
  return read_line(error_);
}

std::string ChildProcess::error_line_with(const std::string& text) {
  for (;;) {
    const std::string line = error_line();
    if (line.find(text) != std::string::npos) return line;
    if (line.empty()) throw std::runtime_error("standard error ended before: " + text);
  }
}

void ChildProcess::signal(int number) const {
  ::kill(process_, number);
}

ChildProcess::End ChildProcess::wait() {
  End end;
  end.output = read_all(output_);
  end.error = read_all(error_);
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = 0;
  end.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return end;
}

ChildProcess::End run_program(const std::vector<std::string>& arguments,
                              const std::vector<std::string>& environment) {
  std::vector<std::string> words = {ASSISTANTS_MOCK_PROGRAM_FILE};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return ChildProcess(words, environment).wait();
}

std::vector<std::string> program(std::initializer_list<std::string> arguments) {
  std::vector<std::string> words = {ASSISTANTS_MOCK_PROGRAM_FILE};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

}  // namespace assistants_mock::tests
