#include "mock_server/store/blob_directory.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>

namespace assistants_mock::mock_server::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t buffer_bytes = std::size_t{64} * 1024;
constexpr std::size_t digest_block_bytes = std::size_t{256} * 1024;

DiskError refused_by_system(const std::string& what) {
  return {DiskError::Reason::system,
          what + ": " + std::error_code(errno, std::system_category()).message()};
}

struct FreeDigest {
  void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
};

}  // namespace

class BlobFolder {
 public:
  BlobFolder(fs::path parent, std::uint64_t most_bytes)
      : parent_(std::move(parent)), most_bytes_(most_bytes) {}

  // A name that nobody has had.
  fs::path next_path() {
    const std::lock_guard lock(mutex_);
    try {
      if (!made_) made_.emplace(parent_.empty() ? fs::temp_directory_path() : parent_);
    } catch (const fs::filesystem_error& error) {
      throw DiskError(DiskError::Reason::system, error.what());
    }
    return made_->path() / std::to_string(++last_);
  }

  void take_room(std::uint64_t bytes) {
    std::uint64_t kept = bytes_;
    do {
      if (bytes > most_bytes_ - kept)
        throw DiskError(DiskError::Reason::limit, "more bytes of files than may be kept");
    } while (!bytes_.compare_exchange_weak(kept, kept + bytes));
  }
  void give_back(std::uint64_t bytes) { bytes_ -= bytes; }
  std::uint64_t bytes() const { return bytes_; }

 private:
  const fs::path parent_;
  const std::uint64_t most_bytes_;
  std::atomic<std::uint64_t> bytes_ = 0;
  std::mutex mutex_;
  std::optional<RunFolder> made_;
  std::uint64_t last_ = 0;
};

// Removes itself.
class BlobFile {
 public:
  explicit BlobFile(std::shared_ptr<BlobFolder> folder) : folder_(std::move(folder)) {}
  ~BlobFile() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
    folder_->give_back(size_);
  }
  BlobFile(const BlobFile&) = delete;
  BlobFile& operator=(const BlobFile&) = delete;

  FilePointer make() {
    path_ = folder_->next_path();
    FilePointer stream(std::fopen(path_.c_str(), "wxe"));
    if (!stream) throw refused_by_system("a file cannot be made");
    std::setvbuf(stream.get(), nullptr, _IOFBF, buffer_bytes);
    return stream;
  }

  FilePointer open() const {
    FilePointer stream(std::fopen(path_.c_str(), "re"));
    if (!stream) throw refused_by_system("a file cannot be read");
    std::setvbuf(stream.get(), nullptr, _IONBF, 0);
    return stream;
  }

  void grow(std::uint64_t by) {
    folder_->take_room(by);
    size_ += by;
  }
  std::uint64_t size() const { return size_; }

 private:
  std::shared_ptr<BlobFolder> folder_;
  fs::path path_;  // empty until something is written
  std::uint64_t size_ = 0;
};

// ---- Blob -------------------------------------------------------------------------------------

Blob::Blob(std::vector<std::shared_ptr<const BlobFile>> files) : files_(std::move(files)) {
  ends_.reserve(files_.size());
  for (const auto& file : files_) ends_.push_back(size_ += file->size());
}

void Blob::read(std::uint64_t offset, std::size_t most, std::string& out) const {
  auto place = static_cast<std::size_t>(std::ranges::upper_bound(ends_, offset) - ends_.begin());
  for (; place < files_.size() && most > 0; ++place) {
    const auto count =
        static_cast<std::size_t>(std::min<std::uint64_t>(most, ends_[place] - offset));
    const std::uint64_t begin = ends_[place] - files_[place]->size();
    const FilePointer stream = files_[place]->open();
    const std::size_t before = out.size();
    out.resize(before + count);
    if (::fseeko(stream.get(), static_cast<off_t>(offset - begin), SEEK_SET) != 0 ||
        std::fread(out.data() + before, 1, count, stream.get()) != count)
      throw refused_by_system("a file cannot be read");
    offset += count;
    most -= count;
  }
}

std::shared_ptr<const Blob> joined(const std::vector<std::shared_ptr<const Blob>>& parts) {
  std::vector<std::shared_ptr<const BlobFile>> files;
  for (const auto& part : parts)
    files.insert(files.end(), part->files_.begin(), part->files_.end());
  return std::make_shared<const Blob>(std::move(files));
}

std::string md5_of(const Blob& blob) {
  const std::unique_ptr<EVP_MD_CTX, FreeDigest> context(EVP_MD_CTX_new());
  if (!context || EVP_DigestInit_ex(context.get(), EVP_md5(), nullptr) != 1)
    throw std::runtime_error("libcrypto has no MD5 here");
  std::string block;
  for (std::uint64_t offset = 0; offset < blob.size(); offset += block.size()) {
    block.clear();
    blob.read(offset, digest_block_bytes, block);
    EVP_DigestUpdate(context.get(), block.data(), block.size());
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &size);
  std::string text;
  for (unsigned int place = 0; place < size; ++place) {
    constexpr std::string_view digits = "0123456789abcdef";
    text += digits[digest.at(place) >> 4];
    text += digits[digest.at(place) & 15];
  }
  return text;
}

// ---- BlobWriter -------------------------------------------------------------------------------

BlobWriter::BlobWriter(std::shared_ptr<BlobFolder> folder)
    : file_(std::make_unique<BlobFile>(std::move(folder))) {}
BlobWriter::BlobWriter(BlobWriter&&) noexcept = default;
BlobWriter& BlobWriter::operator=(BlobWriter&&) noexcept = default;
BlobWriter::~BlobWriter() = default;

std::uint64_t BlobWriter::size() const {
  return file_->size();
}

void BlobWriter::append(std::string_view bytes) {
  if (bytes.empty()) return;
  file_->grow(bytes.size());
  if (!stream_) stream_ = file_->make();
  if (std::fwrite(bytes.data(), 1, bytes.size(), stream_.get()) != bytes.size())
    throw refused_by_system("a file cannot be written");
}

std::shared_ptr<const Blob> BlobWriter::finish() {
  if (!stream_) return std::make_shared<const Blob>();
  // The last bytes are written only now.
  if (std::fclose(stream_.release()) != 0) throw refused_by_system("a file cannot be written");
  return std::make_shared<const Blob>(
      std::vector<std::shared_ptr<const BlobFile>>{std::move(file_)});
}

// ---- BlobDirectory ----------------------------------------------------------------------------

BlobDirectory::BlobDirectory(const fs::path& parent, std::uint64_t most_bytes)
    : folder_(std::make_shared<BlobFolder>(parent, most_bytes)) {
  if (!parent.empty() && !fs::is_directory(parent))
    throw std::invalid_argument("there is no folder " + parent.string() + " to keep files in");
}

std::shared_ptr<const Blob> BlobDirectory::keep(std::string_view bytes) {
  BlobWriter writer = begin();
  writer.append(bytes);
  return writer.finish();
}

std::uint64_t BlobDirectory::bytes() const {
  return folder_->bytes();
}

}  // namespace assistants_mock::mock_server::store
