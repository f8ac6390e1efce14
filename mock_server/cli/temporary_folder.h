#pragma once
// A folder that goes with its owner.
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>

namespace assistants_mock::cli {

class TemporaryFolder {
 public:
  // Where the system has temporary files. Throws std::system_error.
  TemporaryFolder()
      : path_((std::filesystem::temp_directory_path() / "assistants-mock-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr)
      throw std::system_error(errno, std::generic_category(), path_);
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace assistants_mock::cli
