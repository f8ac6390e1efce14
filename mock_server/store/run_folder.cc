// Whether the run that a folder belongs to still lives is told by a lock on a file in it. Two runs
// may begin at once, one removing what the other has just made and not locked yet; so whoever makes
// a folder looks, after locking it, whether it is still there.
#include "mock_server/store/run_folder.h"

#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

namespace assistants_mock::mock_server::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "assistants-mock-files-";
constexpr const char* lock_name = "lock";
constexpr int most_tries = 100;

// Open, locked by us, and not removed by anybody before it was.
bool lock_firmly(std::FILE* file) {
  struct stat found {};
  return ::flock(::fileno(file), LOCK_EX | LOCK_NB) == 0 && ::fstat(::fileno(file), &found) == 0 &&
         found.st_nlink > 0;
}

bool is_own_folder(const fs::path& path) {
  struct stat found {};
  return path.filename().string().starts_with(prefix) && ::lstat(path.c_str(), &found) == 0 &&
         S_ISDIR(found.st_mode) && found.st_uid == ::geteuid();
}

// Removes the folder unless its run lives. One without a lock is being made, or its maker was
// killed at once: then it is empty, and can only be removed as that.
void remove_if_left(const fs::path& path) {
  std::error_code ignored;
  const FilePointer lock(std::fopen((path / lock_name).c_str(), "r+e"));
  if (!lock)
    ::rmdir(path.c_str());
  else if (lock_firmly(lock.get()))
    fs::remove_all(path, ignored);
}

void remove_what_was_left(const fs::path& parent) {
  std::error_code error;
  for (fs::directory_iterator entry(parent, error), end; !error && entry != end;
       entry.increment(error))
    if (is_own_folder(entry->path())) remove_if_left(entry->path());
}

}  // namespace

RunFolder::RunFolder(const fs::path& parent) {
  remove_what_was_left(parent);
  for (int tries = 0; tries < most_tries; ++tries)
    if (try_to_make(parent)) return;
  throw fs::filesystem_error("cannot keep a folder for files", parent,
                             std::make_error_code(std::errc::device_or_resource_busy));
}

RunFolder::~RunFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

bool RunFolder::try_to_make(const fs::path& parent) {
  std::string name = (parent / (std::string(prefix) + "XXXXXX")).string();
  if (::mkdtemp(name.data()) == nullptr)
    throw fs::filesystem_error("cannot make a folder for files", parent,
                               std::error_code(errno, std::system_category()));
  path_ = name;
  lock_.reset(std::fopen((path_ / lock_name).c_str(), "wxe"));
  if (lock_ && lock_firmly(lock_.get())) return true;
  if (!lock_ && errno != ENOENT) {
    const std::error_code reason(errno, std::system_category());
    ::rmdir(path_.c_str());
    throw fs::filesystem_error("cannot lock a folder for files", path_, reason);
  }
  std::error_code ignored;
  fs::remove_all(path_, ignored);
  return false;
}

}  // namespace assistants_mock::mock_server::store
