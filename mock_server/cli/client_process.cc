#include "mock_server/cli/client_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <system_error>

#include "mock_server/cli/client_environment.h"

namespace assistants_mock::cli {
namespace {

using namespace std::chrono_literals;

std::array<int, 2> open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "no pipe");
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return ends;
}

}  // namespace

ClientProcess::ClientProcess(std::vector<std::string> command,
                             std::vector<std::string> environment) {
  const std::array<int, 2> output = open_pipe();
  const std::array<int, 2> errors = open_pipe();
  output_.from = output[0];
  errors_.from = errors[0];
  const std::string name = command[0];
  process_ = start({.command = std::move(command),
                    .environment = std::move(environment),
                    .own_group = true,
                    .output = output[1],
                    .errors = errors[1]});
  ::close(output[1]);
  ::close(errors[1]);
  if (process_ > 0) return;
  ::close(output[0]);
  ::close(errors[0]);
  throw std::system_error(-process_, std::generic_category(), name);
}

ClientProcess::~ClientProcess() {
  kill_group();
  if (!ended_) ::waitpid(process_, nullptr, 0);
  ::close(output_.from);
  ::close(errors_.from);
}

void ClientProcess::kill_group() const {
  ::kill(-process_, SIGKILL);
}

bool ClientProcess::runs() {
  read_what_is_there();
  if (!ended_ && ::waitpid(process_, &status_, WNOHANG) == process_) {
    ended_ = true;
    read_what_is_there();
  }
  return !ended_;
}

void ClientProcess::read_what_is_there() {
  read(output_);
  read(errors_);
}

void ClientProcess::read(Pipe& pipe) {
  std::array<char, 65536> part{};
  for (ssize_t count = 0; (count = ::read(pipe.from, part.data(), part.size())) > 0;)
    if (pipe.text.size() < most_output_bytes)
      pipe.text.append(part.data(), static_cast<std::size_t>(count));
}

ClientProcess::End ClientProcess::wait(
    const std::function<bool(std::chrono::milliseconds patience)>& is_over) {
  End end{.by_itself = true};
  while (runs())
    if (is_over(2ms)) {
      end.by_itself = false;
      break;
    }
  kill_group();  // what it left behind
  if (!end.by_itself) {
    ::waitpid(process_, &status_, 0);
    ended_ = true;
    read_what_is_there();
  }
  if (WIFSIGNALED(status_)) end.signal = WTERMSIG(status_);
  if (WIFEXITED(status_)) end.status = WEXITSTATUS(status_);
  end.output = output_.text;
  end.errors = errors_.text;
  return end;
}

}  // namespace assistants_mock::cli
