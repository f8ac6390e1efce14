#pragma once
// Lets threads wait until something has happened in some world. Telling costs next to nothing while
// nobody waits.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "mock_server/engine/time_driver.h"

namespace assistants_mock::mock_server::tenants {

class Changes {
 public:
  // To be called after whatever a waiter may look for has happened. Never waits for a look.
  void tell() {
    if (waiting_ == 0) return;
    {
      const std::lock_guard lock(mutex_);
      ++told_;
    }
    changed_.notify_all();
  }

  // Ends every wait, now and later.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    changed_.notify_all();
  }

  // Until `reached()`, which is asked now and after each change, or `patience` is at its end.
  // Whether it was reached.
  template <class Reached>
  bool wait(std::chrono::milliseconds patience, Reached reached) {
    const Waiting waiting(waiting_);  // before the first look, so that no change goes untold
    const engine::Deadline deadline(patience);
    for (;;) {
      const std::uint64_t seen = told();
      if (reached()) return true;
      std::unique_lock lock(mutex_);
      const bool roused =
          changed_.wait_until(lock, deadline.at(), [&] { return closed_ || told_ != seen; });
      if (!roused || closed_) return false;
    }
  }

 private:
  struct Waiting {
    explicit Waiting(std::atomic<int>& count) : count_(count) { ++count_; }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    ~Waiting() { --count_; }
    std::atomic<int>& count_;
  };

  std::uint64_t told() {
    const std::lock_guard lock(mutex_);
    return told_;
  }

  std::atomic<int> waiting_ = 0;
  std::mutex mutex_;  // never held while somebody looks
  std::condition_variable changed_;
  std::uint64_t told_ = 0;
  bool closed_ = false;
};

}  // namespace assistants_mock::mock_server::tenants
