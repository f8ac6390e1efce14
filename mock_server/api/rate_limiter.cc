#include "mock_server/api/rate_limiter.h"

#include <algorithm>

#include "mock_server/api/api_error.h"

namespace assistants_mock::mock_server::api {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::minutes window{1};

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
      if (on != "*") made.routes.push_back(route_named(on));
    limits_.push_back(std::move(made));
  }
}

bool RateLimiter::applies(const Limit& limit, const RouteMatch& match) {
  return limit.routes.empty() || std::ranges::find(limit.routes, match.route) != limit.routes.end();
}

// Of the id that it counts apart, made when it is new. Beyond the bound the one goes that is full
// first.
RateLimiter::Moment& RateLimiter::Limit::full(const RouteMatch& match, state_machine::Instant now) {
  const std::string id = limit.per.empty() ? std::string() : *match.id(limit.per);
  const auto known = full_at.find(id);
  if (known != full_at.end()) return known->second;
  if (full_at.size() >= counted_apart)
    full_at.erase(
        std::ranges::min_element(full_at, {}, [](const auto& entry) { return entry.second; }));
  return full_at.emplace(id, now).first->second;
}

Headers RateLimiter::take(const RouteMatch& match, state_machine::Instant now) {
  std::vector<Room> rooms;
  for (Limit& limit : limits_)
    if (applies(limit, match)) rooms.push_back(room_in(limit, match, now));
  if (rooms.empty()) return {};
  const Room& tightest = *std::ranges::min_element(rooms, {}, &Room::left);
  const auto milli = [](Nanoseconds length) { return std::chrono::ceil<milliseconds>(length); };
  const bool refused = tightest.wait > Nanoseconds(0);
  if (!refused)
    for (const Room& room : rooms) *room.full += room.each;
  Headers headers = {
      {"x-ratelimit-limit-requests", std::to_string(tightest.limit)},
      {"x-ratelimit-remaining-requests", std::to_string(std::max(tightest.left, 0LL))},
      {"x-ratelimit-reset-requests", platform_duration(milli(*tightest.full - now))}};
  if (!refused) return headers;
  const milliseconds wait = milli(tightest.wait);
  headers.emplace_back("retry-after-ms", std::to_string(wait.count()));
  headers.emplace_back("retry-after",
                       std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()));
  throw api_error::too_many_requests("default", tightest.limit, platform_duration(wait),
                                     std::move(headers));
}

RateLimiter::Room RateLimiter::room_in(Limit& limit, const RouteMatch& match,
                                       state_machine::Instant now) {
  const int count = limit.limit.requests_per_minute;
  Room room{.full = &limit.full(match, now), .each = Nanoseconds(window) / count, .limit = count};
  *room.full = std::max(*room.full, Moment(now));
  const Nanoseconds used = *room.full - now + room.each;  // with this request
  room.wait = used - Nanoseconds(window);
  room.left = count - static_cast<long long>((used + room.each - Nanoseconds(1)) / room.each);
  return room;
}

}  // namespace assistants_mock::mock_server::api
