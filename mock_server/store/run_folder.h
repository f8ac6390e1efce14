#pragma once
// A folder that belongs to this run of the program: nobody else can read it, and it goes with all
// that is in it, at the end or, when the run was killed, when the next one makes its own.
#include <cstdio>
#include <filesystem>
#include <memory>

namespace assistants_mock::mock_server::store {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FilePointer = std::unique_ptr<std::FILE, CloseFile>;

class RunFolder {
 public:
  // In `parent`, after removing what killed runs of this user left there. Throws
  // std::filesystem::filesystem_error.
  explicit RunFolder(const std::filesystem::path& parent);
  ~RunFolder();
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  bool try_to_make(const std::filesystem::path& parent);

  std::filesystem::path path_;
  FilePointer lock_;  // held for as long as this run lives; the system lets go of a killed one's
};

}  // namespace assistants_mock::mock_server::store
