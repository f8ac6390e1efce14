#pragma once
// The rate limits of a scenario: requests per minute, by the world's own clock. A limit fills up
// evenly: so many requests may come at once, and again as many in each minute.
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "mock_server/api/request.h"
#include "mock_server/api/routes.h"
#include "scenarios/scenario.h"

namespace assistants_mock::mock_server::api {

class RateLimiter {
 public:
  // In place of those that were there. They must be valid.
  void play(const std::vector<scenarios::RateLimit>& limits);

  // Counts a request, and gives the headers that tell of the limit; none when it has none. Throws
  // rl.rpm, which has them too, when it is one too many: then it is not counted.
  Headers take(const RouteMatch& match, state_machine::Instant now);

 private:
  using Nanoseconds = std::chrono::nanoseconds;
  using Moment = std::chrono::sys_time<Nanoseconds>;

  struct Limit {
    scenarios::RateLimit limit;
    std::vector<const Route*> routes;  // empty: all
    // When the limit will be full again, by what it counts apart. Those that are full are forgotten
    // now and then, so that what is kept is bounded by the requests of a minute.
    std::map<std::string, Moment, std::less<>> full_at = {};
  };
  static bool applies(const Limit& limit, const RouteMatch& match);

  std::vector<Limit> limits_;
};

}  // namespace assistants_mock::mock_server::api
