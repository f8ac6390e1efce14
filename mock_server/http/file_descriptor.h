#pragma once
// An open file descriptor with one owner, who closes it.
#include <unistd.h>

#include <utility>

namespace assistants_mock::mock_server::http {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, none)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() {
    if (number_ != none) ::close(number_);
  }

  int number() const { return number_; }
  explicit operator bool() const { return number_ != none; }

 private:
  static constexpr int none = -1;
  int number_ = none;
};

}  // namespace assistants_mock::mock_server::http
