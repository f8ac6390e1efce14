#pragma once
// The bytes of a blob as an answer, read from disk as they are sent.
#include <memory>
#include <string>
#include <utility>

#include "mock_server/api/request.h"
#include "mock_server/store/blob_directory.h"

namespace assistants_mock::mock_server::api {

class BlobStream final : public EventStream {
 public:
  // Reads its first bytes, so that what cannot be read is known before an answer has begun. Throws
  // store::DiskError, as read() does.
  explicit BlobStream(std::shared_ptr<const store::Blob> blob) : blob_(std::move(blob)) {
    blob_->read(0, block_bytes, next_);
  }

  // Never waits.
  State read(std::string& bytes, std::chrono::milliseconds) override {
    bytes += next_;
    offset_ += next_.size();
    next_.clear();
    blob_->read(offset_, block_bytes, next_);
    return next_.empty() ? State::ended : State::open;
  }

 private:
  static constexpr std::size_t block_bytes = std::size_t{256} * 1024;
  std::shared_ptr<const store::Blob> blob_;
  std::uint64_t offset_ = 0;
  std::string next_;
};

}  // namespace assistants_mock::mock_server::api
