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

  // How many threads, stores … a limit with `per` counts apart. Beyond them the one goes that is
  // full first.
  static constexpr std::size_t counted_apart = 10'000;

  // Counts a request, and gives the headers that tell of the limit that is nearest; none when it
  // has none. Throws rl.rpm, which has them too, when it is one too many for any: then it is not
  // counted.
  Headers take(const RouteMatch& match, state_machine::Instant now);

 private:
  using Nanoseconds = std::chrono::nanoseconds;
  using Moment = std::chrono::sys_time<Nanoseconds>;

  struct Limit {
    scenarios::RateLimit limit;
    std::vector<const Route*> routes;  // empty: all
    // When the limit will be full again, by what it counts apart.
    std::map<std::string, Moment, std::less<>> full_at = {};

    Moment& full(const RouteMatch& match, state_machine::Instant now);
  };
  // What a limit has for one request.
  struct Room {
    Moment* full = nullptr;
    Nanoseconds each = {};  // what one request takes
    Nanoseconds wait = {};  // until there is room; not above zero when there is
    int limit = 0;
    long long left = 0;  // after it
  };
  static Room room_in(Limit& limit, const RouteMatch& match, state_machine::Instant now);
  static bool applies(const Limit& limit, const RouteMatch& match);

  std::vector<Limit> limits_;
};

}  // namespace assistants_mock::mock_server::api
