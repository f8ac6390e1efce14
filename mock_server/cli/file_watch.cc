#include "mock_server/cli/file_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace assistants_mock::cli {

FileWatch::FileWatch(const std::string& file, std::function<void()> saved)
    : name_(std::filesystem::path(file).filename()),
      saved_(std::move(saved)),
      changes_(inotify_init1(IN_CLOEXEC | IN_NONBLOCK)),
      stop_(eventfd(0, EFD_CLOEXEC)) {
  // The folder and not the file: many editors put a new file in the old one's place.
  auto folder = std::filesystem::path(file).parent_path();
  if (folder.empty()) folder = ".";
  if (changes_ < 0 || stop_ < 0 ||
      inotify_add_watch(changes_, folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO) < 0) {
    const int error = errno;
    ::close(changes_);
    ::close(stop_);
    throw std::system_error(error, std::generic_category(), "watching " + folder.string());
  }
  thread_ = std::thread([this] { watch(); });
}

FileWatch::~FileWatch() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(stop_, &one, sizeof one);
  thread_.join();
  ::close(changes_);
  ::close(stop_);
}

void FileWatch::watch() {
  std::array<pollfd, 2> awaited{pollfd{changes_, POLLIN, 0}, pollfd{stop_, POLLIN, 0}};
  alignas(inotify_event) std::array<char, 4096> bytes{};
  while (::poll(awaited.data(), awaited.size(), -1) >= 0 || errno == EINTR) {
    if (awaited[1].revents != 0) return;
    bool ours = false;
    for (ssize_t read = 0; (read = ::read(changes_, bytes.data(), bytes.size())) > 0;)
      for (std::size_t place = 0; place < static_cast<std::size_t>(read);) {
        inotify_event event{};
        std::memcpy(&event, bytes.data() + place, sizeof event);
        if (event.len > 0 && name_ == bytes.data() + place + sizeof event) ours = true;
        place += sizeof event + event.len;
      }
    if (ours) saved_();
  }
}

}  // namespace assistants_mock::cli
