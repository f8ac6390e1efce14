#pragma once
// Bytes of files, kept on disk and not in memory: written once, then shared and never changed. What
// nobody holds any more is removed.
//
//   BlobWriter writer = directory.begin();
//   while (…) writer.append(bytes);
//   const auto blob = writer.finish();
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/store/run_folder.h"

namespace assistants_mock::mock_server::store {

// Bytes could not be written or read. What was kept before is whole all the same.
struct DiskError : std::runtime_error {
  enum class Reason {
    limit,   // the directory holds as much as it may
    system,  // the system refused: a full disk above all
  };
  DiskError(Reason why, const std::string& what) : std::runtime_error(what), reason(why) {}
  Reason reason;
};

class BlobFile;  // one file on disk

// Bytes that were written whole. May be read by several threads at once.
class Blob {
 public:
  Blob() = default;
  explicit Blob(std::vector<std::shared_ptr<const BlobFile>> files);

  std::uint64_t size() const { return size_; }
  // Appends up to `most` bytes from `offset` on; fewer at the end only. Throws DiskError.
  void read(std::uint64_t offset, std::size_t most, std::string& out) const;

 private:
  friend std::shared_ptr<const Blob> joined(const std::vector<std::shared_ptr<const Blob>>& parts);
  std::vector<std::shared_ptr<const BlobFile>> files_;  // one after another; none is empty
  std::vector<std::uint64_t> ends_;                     // of each file, counted from the front
  std::uint64_t size_ = 0;
};

// One after another. Nothing is copied.
std::shared_ptr<const Blob> joined(const std::vector<std::shared_ptr<const Blob>>& parts);

// In lower-case hexadecimal digits. Throws DiskError.
std::string md5_of(const Blob& blob);

class BlobFolder;  // what writers, blobs and their directory share

// Dropped unfinished, it leaves nothing behind.
class BlobWriter {
 public:
  explicit BlobWriter(std::shared_ptr<BlobFolder> folder);
  BlobWriter(BlobWriter&&) noexcept;
  BlobWriter& operator=(BlobWriter&&) noexcept;
  ~BlobWriter();

  // Throws DiskError, after which the writer is of no use.
  void append(std::string_view bytes);
  std::uint64_t size() const;
  // To be called once. Throws DiskError.
  std::shared_ptr<const Blob> finish();

 private:
  std::unique_ptr<BlobFile> file_;
  FilePointer stream_;
};

// Where the blobs of one run are. For several threads at once.
class BlobDirectory {
 public:
  // A folder in `parent`, or where the system has temporary files: made for the first blob, removed
  // with all that is in it when the last of blobs, writers and directory goes. Throws
  // std::invalid_argument when there is no folder `parent`.
  explicit BlobDirectory(const std::filesystem::path& parent = {},
                         std::uint64_t most_bytes = std::numeric_limits<std::uint64_t>::max());

  BlobWriter begin() { return BlobWriter(folder_); }
  // Throws DiskError.
  std::shared_ptr<const Blob> keep(std::string_view bytes);

  // Of all that is there, unfinished ones included.
  std::uint64_t bytes() const;

 private:
  std::shared_ptr<BlobFolder> folder_;
};

}  // namespace assistants_mock::mock_server::store
