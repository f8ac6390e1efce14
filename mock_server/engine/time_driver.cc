#include "mock_server/engine/time_driver.h"

namespace assistants_mock::mock_server::engine {

TimeDriver::TimeDriver(Instant epoch, Advance advance)
    : epoch_(epoch),
      begun_(std::chrono::steady_clock::now()),
      advance_(std::move(advance)),
      thread_([this] { drive(); }) {}

TimeDriver::~TimeDriver() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

TimeDriver::Instant TimeDriver::now() const {
  return epoch_ + std::chrono::duration_cast<state_machine::Duration>(
                      std::chrono::steady_clock::now() - begun_);
}

void TimeDriver::look_again() {
  {
    const std::lock_guard lock(mutex_);
    look_again_ = true;
  }
  changed_.notify_one();
}

void TimeDriver::drive() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    look_again_ = false;
    lock.unlock();
    const std::optional<Instant> due = advance_(now());
    lock.lock();
    const auto roused = [this] { return stopping_ || look_again_; };
    if (due)
      changed_.wait_until(lock, begun_ + (*due - epoch_), roused);
    else
      changed_.wait(lock, roused);
  }
}

state_machine::Instant calendar_now() {
  return std::chrono::floor<state_machine::Duration>(std::chrono::system_clock::now());
}

}  // namespace assistants_mock::mock_server::engine
