#include "mock_server/api/rate_limiter.h"

#include <algorithm>

#include "mock_server/api/api_error.h"
#include "scenarios/fault_words.h"

namespace assistants_mock::mock_server::api {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr std::chrono::minutes window{1};
constexpr std::size_t kept_apart = 1'000;  // beyond it, those that are full are looked for

const Route* route_of(std::string_view on) {
  const auto all = routes();
  return &*std::ranges::find(all, scenarios::find_operation(on)->id, &Route::operation);
}

// As the platform writes durations: 120ms, 1.5s, 6m0s.
std::string platform_duration(milliseconds length) {
  const auto count = length.count();
  if (count < 1'000) return std::to_string(count) + "ms";
  const auto minutes = count / 60'000;
  std::string seconds = std::to_string(count % 60'000 / 1'000);
  if (const auto rest = count % 1'000; rest != 0) {
    std::string digits = std::to_string(1'000 + rest).substr(1);
    digits.erase(digits.find_last_not_of('0') + 1);
    seconds += '.' + digits;
  }
  return (minutes > 0 ? std::to_string(minutes) + "m" : "") + seconds + "s";
}

}  // namespace

void RateLimiter::play(const std::vector<scenarios::RateLimit>& limits) {
  limits_.clear();
  for (const scenarios::RateLimit& limit : limits) {
    Limit made{.limit = limit, .routes = {}};
    for (const std::string& on : limit.on)
      if (on != "*") made.routes.push_back(route_of(on));
    limits_.push_back(std::move(made));
  }
}

bool RateLimiter::applies(const Limit& limit, const RouteMatch& match) {
  return limit.routes.empty() || std::ranges::find(limit.routes, match.route) != limit.routes.end();
}

Headers RateLimiter::take(const RouteMatch& match, state_machine::Instant now) {
  const auto found =
      std::ranges::find_if(limits_, [&](const Limit& limit) { return applies(limit, match); });
  if (found == limits_.end()) return {};
  const std::string& per = found->limit.per;
  const std::string id =
      per.empty()
          ? std::string()
          : std::ranges::find(match.path_ids, per, &std::pair<std::string_view, std::string>::first)
                ->second;
  auto& full_at = found->full_at;
  if (full_at.size() > kept_apart)
    std::erase_if(full_at, [&](const auto& entry) { return entry.second <= now; });

  const int limit = found->limit.requests_per_minute;
  const nanoseconds each = nanoseconds(window) / limit;
  Moment& full = full_at[id];
  full = std::max(full, Moment(now));
  const nanoseconds too_early = full + each - (Moment(now) + nanoseconds(window));
  const bool refused = too_early > nanoseconds(0);
  if (!refused) full += each;

  const nanoseconds until_full = full - now;
  const auto used = (until_full + each - nanoseconds(1)) / each;
  const auto milli = [](nanoseconds length) { return std::chrono::ceil<milliseconds>(length); };
  Headers headers = {
      {"x-ratelimit-limit-requests", std::to_string(limit)},
      {"x-ratelimit-remaining-requests", std::to_string(std::max<long long>(limit - used, 0))},
      {"x-ratelimit-reset-requests", platform_duration(milli(until_full))}};
  if (!refused) return headers;
  const milliseconds wait = milli(too_early);
  headers.emplace_back("retry-after-ms", std::to_string(wait.count()));
  headers.emplace_back("retry-after",
                       std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()));
  throw api_error::too_many_requests("default", limit, platform_duration(wait), std::move(headers));
}

}  // namespace assistants_mock::mock_server::api
