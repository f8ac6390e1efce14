#pragma once
// Tells when a file was saved, however its editor does that: written in place or put in its place.
#include <functional>
#include <string>
#include <thread>

namespace assistants_mock::cli {

class FileWatch {
 public:
  // `saved` is called on a thread of the watch. Throws std::system_error when the file's folder
  // cannot be watched.
  FileWatch(const std::string& file, std::function<void()> saved);
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

 private:
  void watch();

  std::string name_;
  std::function<void()> saved_;
  int changes_;  // inotify
  int stop_;     // eventfd
  std::thread thread_;
};

}  // namespace assistants_mock::cli
