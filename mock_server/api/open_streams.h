#pragma once
// How many event streams are open, so that there can be too many of them. Shared by the worlds of a
// server, which are used from many threads.
#include <atomic>
#include <cstddef>
#include <memory>

namespace assistants_mock::mock_server::api {

class OpenStreams : public std::enable_shared_from_this<OpenStreams> {
 public:
  std::size_t count() const { return count_; }

  // A place among `limit`, given back when the last holder lets go; null when all are taken.
  std::shared_ptr<void> enter(std::size_t limit) {
    if (count_.fetch_add(1) >= limit) {
      --count_;
      return nullptr;
    }
    return {static_cast<void*>(this), [self = shared_from_this()](void*) { --self->count_; }};
  }

 private:
  std::atomic<std::size_t> count_ = 0;
};

}  // namespace assistants_mock::mock_server::api
