#pragma once
// Looks on while a client converses: notes when its requests come, and says when it is time to stop
// it. May be used from any thread.
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assistants_mock/recorded_request.h"
#include "mock_server/check/machine_clock.h"
#include "mock_server/check/observed_case.h"

namespace assistants_mock::mock_server::check {

// When a client is stopped.
struct WatchLimits {
  std::chrono::milliseconds time{};
  std::size_t requests = 0;                                   // for one message of the user
  std::optional<std::size_t> polls_after_end = std::nullopt;  // of one run; nothing: any number
};

class CaseWatch {
 public:
  explicit CaseWatch(const WatchLimits& limits) : limits_(limits) {}

  void note(const RecordedRequest& request);
  // The driver tells that the client has ended.
  void end();

  // Waits for the client's end, a reason to stop it, or `patience`; whether there is a reason.
  bool should_stop(std::chrono::milliseconds patience);
  std::string reason() const;

  // Leaves out what came after there was reason to stop the client: how much came until it was
  // stopped is chance, and how it went is the checker's doing.
  void drop_later(std::vector<RecordedRequest>& requests) const;

  // When the requests were answered, in their order.
  std::vector<MachineTime> answered(const std::vector<RecordedRequest>& requests) const;

 private:
  void note_run(const RecordedRequest& request);
  void stop(std::string reason);

  const WatchLimits limits_;
  const MachineClock clock_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
  std::string reason_;
  std::uint64_t noted_ = 0;                   // the number of the newest request
  std::size_t since_message_ = 0;             // requests for one message of the user
  std::optional<std::uint64_t> last_number_;  // of the newest request when there was the reason
  std::map<std::pair<std::string, std::uint64_t>, MachineTime> times_;
  std::map<std::string, std::size_t, std::less<>> polls_after_end_;  // by path
};

}  // namespace assistants_mock::mock_server::check
