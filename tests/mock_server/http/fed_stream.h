#pragma once
// An event stream that a test feeds and watches.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "mock_server/api/request.h"

namespace assistants_mock::tests {

class FedStream : public mock_server::api::EventStream {
 public:
  State read(std::string& bytes, std::chrono::milliseconds patience) override {
    std::unique_lock lock(mutex_);
    ++reads_;
    changed_.notify_all();
    fed_.wait_for(lock, patience, [&] { return !bytes_.empty() || state_ != State::open; });
    bytes += std::exchange(bytes_, {});
    return state_;
  }

  void feed(std::string_view bytes, State state = State::open) {
    const std::lock_guard lock(mutex_);
    bytes_ += bytes;
    state_ = state;
    fed_.notify_all();
  }

  // Waits until the server has come `times` times to look for bytes; false when it never does.
  bool wait_for_reads(int times) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(20), [&] { return reads_ >= times; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable fed_;
  std::condition_variable changed_;
  std::string bytes_;
  State state_ = State::open;
  int reads_ = 0;
};

}  // namespace assistants_mock::tests
