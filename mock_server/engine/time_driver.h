#pragma once
// Real time: the only reader of a clock. A thread that sleeps until something is due and then lets
// it happen, so that streams and logs move on while nobody asks.
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "state_machine/instant.h"

namespace assistants_mock::mock_server::engine {

class TimeDriver {
 public:
  using Instant = state_machine::Instant;
  // Makes everything happen that is due by `now`, and tells when something is due next.
  using Advance = std::function<std::optional<Instant>(Instant now)>;

  // The mock's time begins at `epoch` now and goes on as the machine's steady clock does.
  TimeDriver(Instant epoch, Advance advance);
  ~TimeDriver();  // joins the thread
  TimeDriver(const TimeDriver&) = delete;
  TimeDriver& operator=(const TimeDriver&) = delete;

  Instant now() const;

  // Something may be due earlier than was told.
  void look_again();

 private:
  void drive();

  Instant epoch_;
  std::chrono::steady_clock::time_point begun_;
  Advance advance_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool look_again_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

// The end of a wait that is measured by the machine and not by the mock.
class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds patience)
      : at_(std::chrono::steady_clock::now() + patience) {}
  std::chrono::steady_clock::time_point at() const { return at_; }

 private:
  std::chrono::steady_clock::time_point at_;
};

// What the machine's calendar says: where real time begins when nobody chose an epoch.
state_machine::Instant calendar_now();

}  // namespace assistants_mock::mock_server::engine
