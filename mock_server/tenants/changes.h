#pragma once
// Lets threads wait until something has happened in some world. Telling costs next to nothing while
// nobody waits.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace assistants_mock::mock_server::tenants {

class Changes {
 public:
  // To be called after whatever a waiter may look for has happened, with no tenant locked.
  void tell() {
    if (waiting_ == 0) return;
    { const std::lock_guard lock(mutex_); }  // a waiter is either before its look, or asleep
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
    std::unique_lock lock(mutex_);
    bool was_reached = false;
    changed_.wait_for(lock, patience, [&] { return (was_reached = reached()) || closed_; });
    return was_reached;
  }

 private:
  struct Waiting {
    explicit Waiting(std::atomic<int>& count) : count_(count) { ++count_; }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    ~Waiting() { --count_; }
    std::atomic<int>& count_;
  };

  std::atomic<int> waiting_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool closed_ = false;
};

}  // namespace assistants_mock::mock_server::tenants
