// Linux's own calls: the input is a file in memory, the time a timer that is waited on beside the
// output, and the end of the process a descriptor as well, so that no clock is read.
#include "mock_server/search/bounded_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <utility>

namespace assistants_mock::mock_server::search {
namespace {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  explicit operator bool() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  int number_ = -1;
};

// A file in memory that holds `input` and is read from its beginning.
Descriptor file_with(std::string_view input) {
  Descriptor file(::memfd_create("input", MFD_CLOEXEC));
  while (file && !input.empty()) {
    const ssize_t count = ::write(file.number(), input.data(), input.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Descriptor();
    input.remove_prefix(static_cast<std::size_t>(count));
  }
  if (file && ::lseek(file.number(), 0, SEEK_SET) != 0) return Descriptor();
  return file;
}

Descriptor timer_of(std::chrono::seconds time) {
  Descriptor timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  itimerspec spec{};
  spec.it_value.tv_sec = time.count();
  if (timer && ::timerfd_settime(timer.number(), 0, &spec, nullptr) != 0) return Descriptor();
  return timer;
}

struct Pipe {
  Descriptor reading;
  Descriptor writing;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// Where the child's standard streams lead; everything else is closed in it.
class FileActions {
 public:
  FileActions(const Descriptor& input, const Descriptor& output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, input.number(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output.number(), STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
  }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

// No signal of this program is held back or ignored in the child.
class SignalAttributes {
 public:
  SignalAttributes() {
    posix_spawnattr_init(&attributes_);
    sigset_t set{};
    sigemptyset(&set);
    posix_spawnattr_setsigmask(&attributes_, &set);
    sigaddset(&set, SIGPIPE);
    sigaddset(&set, SIGXCPU);
    posix_spawnattr_setsigdefault(&attributes_, &set);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SignalAttributes() { posix_spawnattr_destroy(&attributes_); }
  SignalAttributes(const SignalAttributes&) = delete;
  SignalAttributes& operator=(const SignalAttributes&) = delete;
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

// Becomes readable when the process has ended. By its number, because glibc 2.36 declares the
// function for C alone.
Descriptor end_of(pid_t process) {
  return Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
}

// A child process, which does not outlive it.
class Child {
 public:
  explicit Child(pid_t process) : process_(process), end_(end_of(process)) {}
  ~Child() {
    if (process_ == 0) return;
    ::kill(process_, SIGKILL);
    wait();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Becomes readable when the process has ended.
  const Descriptor& end() const { return end_; }

  // The status as of waitpid(), if it is to be had. Blocks until the process has ended.
  std::optional<int> wait() {
    int status = 0;
    pid_t ended = 0;
    do ended = ::waitpid(process_, &status, 0);
    while (ended < 0 && errno == EINTR);
    process_ = 0;
    if (ended < 0) return std::nullopt;
    return status;
  }

 private:
  pid_t process_;
  Descriptor end_;
};

// Whether `wanted` became readable before the timer ran out.
bool wait_for(const Descriptor& wanted, const Descriptor& timer) {
  std::array<pollfd, 2> waiting{pollfd{wanted.number(), POLLIN, 0},
                                pollfd{timer.number(), POLLIN, 0}};
  while (::poll(waiting.data(), waiting.size(), -1) < 0)
    if (errno != EINTR) return false;
  return waiting[1].revents == 0;
}

enum class Reading { ended, out_of_time, too_much };

Reading read_output(const Descriptor& from, const Descriptor& timer, std::size_t most,
                    std::string& output) {
  std::array<char, 65536> block{};
  while (wait_for(from, timer)) {
    const ssize_t count = ::read(from.number(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Reading::ended;
    if (output.size() + static_cast<std::size_t>(count) > most) return Reading::too_much;
    output.append(block.data(), static_cast<std::size_t>(count));
  }
  return Reading::out_of_time;
}

// The words of a shell that binds itself and becomes the program: a limit that were set from here
// could come too late.
std::vector<std::string> bounded_words(std::vector<std::string> words,
                                       const ProcessBounds& bounds) {
  // What cannot be set is above a limit that holds already, and is lower.
  const std::string script = "ulimit -v " + std::to_string(bounds.memory_bytes / 1024) +
                             "; ulimit -t " + std::to_string(bounds.cpu_seconds) +
                             "; ulimit -f 0; ulimit -c 0; exec \"$@\"";
  std::vector<std::string> all = {"sh", "-c", script, "sh"};
  std::ranges::move(words, std::back_inserter(all));
  return all;
}

// What a shell ends with when it finds no such program.
constexpr int not_found_status = 127;

// The process, or minus the error number.
pid_t spawn(std::vector<std::string>& words, const Descriptor& input, const Descriptor& output) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  std::string locale = "LC_ALL=C";
  const char* own_path = std::getenv("PATH");
  std::string path = own_path == nullptr ? "" : "PATH=" + std::string(own_path);
  const std::array<char*, 3> environment = {locale.data(), path.empty() ? nullptr : path.data(),
                                            nullptr};
  pid_t process = 0;
  const int error = posix_spawnp(&process, pointers[0], FileActions(input, output).get(),
                                 SignalAttributes().get(), pointers.data(), environment.data());
  return error == 0 ? process : -error;
}

}  // namespace

ProcessResult run_bounded(std::vector<std::string> program, std::string_view input,
                          const ProcessBounds& bounds) {
  using enum ProcessResult::End;
  const Descriptor file = file_with(input);
  const Descriptor timer = timer_of(bounds.time);
  Pipe pipe = make_pipe();
  if (!file || !timer || !pipe.reading) return {not_started};
  std::vector<std::string> words = bounded_words(std::move(program), bounds);
  const pid_t process = spawn(words, file, pipe.writing);
  if (process < 0) return {not_started};
  Child child(process);
  pipe.writing = Descriptor();
  if (!child.end()) return {not_started};

  ProcessResult result;
  const Reading reading = read_output(pipe.reading, timer, bounds.output_bytes, result.output);
  if (reading == Reading::too_much) return {too_much};
  if (reading == Reading::out_of_time || !wait_for(child.end(), timer)) return {out_of_time};
  const std::optional<int> status = child.wait();
  if (!status) return {lost};
  if (*status == 0) result.end = finished;
  if (WIFEXITED(*status) && WEXITSTATUS(*status) == not_found_status) result.end = no_such_program;
  return result;
}

}  // namespace assistants_mock::mock_server::search
