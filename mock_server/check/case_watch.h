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

// A client that has not understood that its run is over by then never will.
inline constexpr std::size_t most_polls_after_end = 25;
// No scenario gives reason to ask more often.
inline constexpr std::size_t most_requests = 2'000;

class CaseWatch {
 public:
  explicit CaseWatch(std::chrono::milliseconds time_limit) : time_limit_(time_limit) {}

  void note(const RecordedRequest& request);
  // The driver tells that the client has ended.
  void end();

  // Waits for the client's end, a reason to stop it, or `patience`; whether there is a reason.
  bool should_stop(std::chrono::milliseconds patience);
  std::string reason() const;

  // Leaves out what came after the request that was reason to stop the client: how much came until
  // it was stopped is chance.
  void drop_later(std::vector<RecordedRequest>& requests) const;

  // When the requests were answered, in their order.
  std::vector<MachineTime> answered(const std::vector<RecordedRequest>& requests) const;

 private:
  void note_run(const RecordedRequest& request);
  void stop(std::string reason, std::optional<std::uint64_t> last_number);

  const std::chrono::milliseconds time_limit_;
  const MachineClock clock_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
  std::string reason_;
  std::optional<std::uint64_t> last_number_;  // of the request that was the reason
  std::map<std::pair<std::string, std::uint64_t>, MachineTime> times_;
  std::map<std::string, std::size_t, std::less<>> polls_after_end_;  // by path
};

}  // namespace assistants_mock::mock_server::check
