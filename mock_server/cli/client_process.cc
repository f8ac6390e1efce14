#include "mock_server/cli/client_process.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>
#include <thread>

#include "mock_server/cli/client_environment.h"

namespace assistants_mock::cli {
namespace {

using namespace std::chrono_literals;
using mock_server::http::FileDescriptor;

struct Ends {
  FileDescriptor from;
  FileDescriptor to;
};
Ends open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "no pipe");
  ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
  return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

}  // namespace

ClientProcess::ClientProcess(std::vector<std::string> command,
                             std::vector<std::string> environment) {
  Ends output = open_pipe();
  Ends errors = open_pipe();
  output_.from = std::move(output.from);
  errors_.from = std::move(errors.from);
  const std::string name = command[0];
  process_ = start({.command = std::move(command),
                    .environment = std::move(environment),
                    .own_group = true,
                    .output = output.to.number(),
                    .errors = errors.to.number()});
  if (process_ <= 0) throw std::system_error(-process_, std::generic_category(), name);
}

ClientProcess::~ClientProcess() {
  if (!ended_) take_leave();
}

bool ClientProcess::runs() {
  read_what_is_there();
  siginfo_t info{};
  if (!ended_ &&
      ::waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
      info.si_pid == process_)
    take_leave();
  return !ended_;
}

bool ClientProcess::runs_after(std::chrono::milliseconds patience) {
  constexpr auto between_looks = 2ms;
  for (auto waited = 0ms; runs() && waited < patience; waited += between_looks)
    std::this_thread::sleep_for(between_looks);
  return runs();
}

// What it left behind is killed before its number is given back, which might be another's then.
void ClientProcess::take_leave() {
  ::kill(-process_, SIGKILL);
  ::kill(process_, SIGKILL);  // should it have moved to another group
  ::waitpid(process_, &status_, 0);
  ended_ = true;
  read_what_is_there();
}

void ClientProcess::read_what_is_there() {
  writes_ = read(output_);
  if (read(errors_)) writes_ = true;
}

bool ClientProcess::read(Pipe& pipe) {
  constexpr int most_parts = 64;  // who never stops writing must not keep us from looking at it
  std::array<char, 65536> part{};
  for (int taken = 0; taken < most_parts; ++taken) {
    const ssize_t count = ::read(pipe.from.number(), part.data(), part.size());
    if (count <= 0) return taken > 0;
    const std::size_t room = most_output_bytes - pipe.text.size();
    pipe.text.append(part.data(), std::min(room, static_cast<std::size_t>(count)));
  }
  return true;
}

ClientProcess::End ClientProcess::wait(
    const std::function<bool(std::chrono::milliseconds patience)>& is_over) {
  End end{.by_itself = true};
  while (runs())
    if (is_over(writes_ ? 0ms : 2ms)) {
      end.by_itself = false;
      take_leave();
    }
  if (WIFSIGNALED(status_)) end.signal = WTERMSIG(status_);
  if (WIFEXITED(status_)) end.status = WEXITSTATUS(status_);
  end.output = output_.text;
  end.errors = errors_.text;
  return end;
}

}  // namespace assistants_mock::cli
