#include "tests/recordings/timeline.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <tuple>

namespace assistants_mock::tests {
namespace {

using state_machine::Duration;
using state_machine::Instant;

// Dates of things that have happened; expires_at, for one, is not.
constexpr std::array<std::string_view, 6> past_dates = {
    "created_at", "started_at", "completed_at", "incomplete_at", "cancelled_at", "failed_at"};

using Fact = std::tuple<std::string, std::string, std::int64_t>;  // id, key, Unix seconds

Instant instant(std::int64_t unix_seconds) {
  return Instant(std::chrono::seconds(unix_seconds));
}

void collect_facts(const Json& value, std::set<Fact>& facts) {
  if (!value.is_structured()) return;
  for (const auto& [key, member] : value.items()) {
    const bool dated = member.is_number_integer() && value.is_object() && value.contains("id") &&
                       std::ranges::find(past_dates, key) != past_dates.end();
    if (dated)
      facts.emplace(value.at("id"), key, member.get<std::int64_t>());
    else
      collect_facts(member, facts);
  }
}

struct Told {
  std::set<Fact> at_once;  // by the answer, or by the first event of a stream
  std::set<Fact> in_all;
};

Told facts_told(const Answer& answer) {
  Told told;
  if (answer.is_stream()) {
    collect_facts(answer.events.at(0).data, told.at_once);
    for (const Answer::Event& event : answer.events) collect_facts(event.data, told.in_all);
  } else {
    collect_facts(answer.body, told.at_once);
    told.in_all = told.at_once;
  }
  return told;
}

// `otherwise` where whoever recorded it took the date out.
Instant date_header(const Answer& answer, Instant otherwise) {
  const std::string text(answer.header("Date"));
  if (text == "Sanitized") return otherwise;
  std::tm parts{};
  const char* rest = ::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  if (rest == nullptr || *rest != '\0') throw std::runtime_error("no date: '" + text + "'");
  return instant(::timegm(&parts));
}

// The latest of `facts` that is not among `known`.
std::optional<Instant> latest_news(const std::set<Fact>& facts, const std::set<Fact>& known) {
  std::optional<Instant> latest;
  for (const Fact& fact : facts)
    if (!known.contains(fact)) latest = std::max(latest, std::optional(instant(std::get<2>(fact))));
  return latest;
}

// The earliest date after `now` that answers from `next` on are the first to tell.
Instant next_news(const std::vector<Told>& told, std::size_t next, const std::set<Fact>& known,
                  Instant now) {
  Instant earliest = Instant::max();
  for (; next < told.size(); ++next)
    for (const Fact& fact : told[next].in_all)
      if (!known.contains(fact) && instant(std::get<2>(fact)) > now)
        earliest = std::min(earliest, instant(std::get<2>(fact)));
  return earliest;
}

}  // namespace

std::vector<Instant> moments_of(const std::vector<Exchange>& exchanges) {
  std::vector<Told> told;
  told.reserve(exchanges.size());
  for (const Exchange& exchange : exchanges) told.push_back(facts_told(exchange.answer));

  std::vector<Instant> moments;
  std::set<Fact> known;
  Instant now{};
  for (std::size_t place = 0; place < exchanges.size(); ++place) {
    Instant moment{};
    if (const auto news = latest_news(told[place].at_once, known))
      moment = *news;
    else
      moment = std::min(date_header(exchanges[place].answer, now),
                        next_news(told, place + 1, known, now) - Duration{1});
    now = std::max(now, moment);
    moments.push_back(now);
    known.insert(told[place].in_all.begin(), told[place].in_all.end());
  }
  return moments;
}

}  // namespace assistants_mock::tests
