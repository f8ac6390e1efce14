// Asking again: after a refusal, after an error, after a lost answer, and when polling.
#include <algorithm>
#include <array>
#include <charconv>

#include "mock_server/api/request.h"
#include "mock_server/check/rules.h"

namespace assistants_mock::mock_server::check {
namespace {

using std::chrono::milliseconds;

bool same_request(const Exchange& one, const Exchange& other) {
  return one.request->method == other.request->method && one.request->path == other.request->path &&
         one.request->body == other.request->body;
}

// The next exchange that asks the very same, with nothing granted in between; else the end.
std::size_t next_same(const std::vector<Exchange>& exchanges, std::size_t place) {
  for (std::size_t next = place + 1; next < exchanges.size(); ++next) {
    if (same_request(exchanges[next], exchanges[place])) return next;
    if (exchanges[next].granted()) break;
  }
  return exchanges.size();
}

// How often the request that stands here was asked before, each time in vain and in this way.
template <class Failed>
std::size_t tries_up_to(const std::vector<Exchange>& exchanges, std::size_t place, Failed failed) {
  std::size_t tries = 1;
  for (std::size_t before = place; before-- > 0;) {
    if (!same_request(exchanges[before], exchanges[place])) {
      if (exchanges[before].granted()) break;
      continue;
    }
    if (!failed(exchanges[before])) break;
    ++tries;
  }
  return tries;
}

// What only another request can change. A locked thread is free again after a while.
bool is_final_refusal(const Exchange& exchange) {
  constexpr std::array<int, 5> statuses = {400, 401, 403, 404, 422};
  return std::ranges::find(statuses, exchange.status()) != statuses.end() &&
         !exchange.request->refusal.starts_with("lock.");
}

// Scenarios may say anything; nobody waits for longer.
constexpr long longest_told = 1'000'000'000;

std::optional<milliseconds> told_to_wait(const Exchange& exchange) {
  const auto number = [&](std::string_view name) -> std::optional<long> {
    const std::string_view text = api::header(exchange.request->answer_headers, name);
    long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc()) return std::nullopt;
    return std::min(value, longest_told);
  };
  if (const auto wait = number("retry-after-ms")) return milliseconds{*wait};
  if (const auto wait = number("retry-after")) return milliseconds{*wait * 1000};
  return std::nullopt;
}

long in_ms(MachineTime time) {
  return static_cast<long>(std::chrono::floor<milliseconds>(time).count());
}

// Of a message its words alone.
Json content_of(const Exchange& exchange) {
  const Json body = Json::parse(exchange.request->body, nullptr, false);
  return exchange.operation == "createMessage" ? words_of(body) : body;
}

bool has_same_content(const Exchange& one, const Exchange& other) {
  return one.operation == other.operation && one.thread_id == other.thread_id &&
         content_of(one) == content_of(other);
}

bool looked_between(const Evidence& evidence, std::size_t first, std::size_t second) {
  constexpr std::array<std::string_view, 3> looks = {"listRuns", "listMessages", "getRun"};
  for (std::size_t place = first + 1; place < second; ++place) {
    const Exchange& exchange = evidence.exchanges()[place];
    if (exchange.thread_id == evidence.exchanges()[first].thread_id && exchange.answer &&
        exchange.status() == 200 && std::ranges::find(looks, exchange.operation) != looks.end())
      return true;
  }
  return false;
}

// A run of the thread was created in between and came to an end that the user may speak about: one
// says "go on" after each reply that is incomplete.
bool was_answered_between(const Evidence& evidence, std::size_t first, std::size_t second) {
  return std::ranges::any_of(evidence.runs(), [&](const RunOfCase& run) {
    return run.thread_id == evidence.exchanges()[first].thread_id && run.creator > first &&
           run.creator < second && run.is_over() && run.status != "failed" &&
           run.status != "expired";
  });
}

}  // namespace

Judgement repeated_refusal(const Evidence& evidence, std::size_t limit) {
  Judgement judgement;
  const auto& exchanges = evidence.exchanges();
  for (std::size_t place = 0; place < exchanges.size(); ++place) {
    if (!is_final_refusal(exchanges[place])) continue;
    judgement.tested = true;
    const std::size_t tries = tries_up_to(exchanges, place, is_final_refusal);
    if (tries <= limit) continue;
    judgement.broken = named(exchanges[place]) + " was refused with " +
                       std::to_string(exchanges[place].status()) + " for the " +
                       std::to_string(tries) + "th time in a row; the same request will never do";
    return judgement;
  }
  return judgement;
}

// Of several conversations side by side each makes the same requests, until they have threads: none
// of them repeats another's.
Judgement early_retry(const Evidence& evidence, std::size_t) {
  Judgement judgement;
  const bool several_threads =
      std::ranges::count_if(evidence.exchanges(), [](const auto& exchange) {
        return exchange.operation == "createThread" && exchange.granted();
      }) > 1;
  const auto& exchanges = evidence.exchanges();
  for (std::size_t place = 0; place < exchanges.size(); ++place) {
    const auto told = told_to_wait(exchanges[place]);
    if (!told || !exchanges[place].may_be_retried()) continue;
    const std::size_t next = next_same(exchanges, place);
    if (next == exchanges.size()) continue;
    if (several_threads && exchanges[place].thread_id.empty()) continue;
    judgement.tested = true;
    const MachineTime waited = exchanges[next].answered - exchanges[place].answered;
    if (waited * 10 >= *told * 9) continue;  // timers of some platforms are early by a little
    judgement.broken = named(exchanges[place]) + " was answered " +
                       std::to_string(exchanges[place].status()) + " and told to wait for " +
                       std::to_string(told->count()) + " ms; " + named(exchanges[next]) +
                       " asked the same again after " + std::to_string(in_ms(waited)) + " ms";
    return judgement;
  }
  return judgement;
}

Judgement unbounded_retries(const Evidence& evidence, std::size_t limit) {
  Judgement judgement;
  const auto& exchanges = evidence.exchanges();
  const auto failed = [](const Exchange& exchange) { return exchange.may_be_retried(); };
  for (std::size_t place = 0; place < exchanges.size(); ++place) {
    if (!failed(exchanges[place])) continue;
    judgement.tested = true;
    const std::size_t tries = tries_up_to(exchanges, place, failed);
    if (tries <= limit) continue;
    judgement.broken = named(exchanges[place]) + " failed for the " + std::to_string(tries) +
                       "th time in a row, and was tried again each time";
    return judgement;
  }
  return judgement;
}

// A message that stands there already, lost or not, is doubled by the same one before any run has
// answered it; a run by one that nobody looked for first.
Judgement doubled_create(const Evidence& evidence, std::size_t) {
  Judgement judgement;
  const auto& exchanges = evidence.exchanges();
  for (std::size_t first = 0; first < exchanges.size(); ++first) {
    const Exchange& earlier = exchanges[first];
    const bool is_message = earlier.operation == "createMessage";
    const bool is_at_risk = is_message ? earlier.granted() : earlier.is_lost();
    if ((!is_message && earlier.operation != "createRun") || !is_at_risk) continue;
    judgement.tested = judgement.tested || earlier.is_lost();
    for (std::size_t again = first + 1; again < exchanges.size(); ++again) {
      if (!exchanges[again].granted() || !has_same_content(earlier, exchanges[again])) continue;
      if (is_message ? was_answered_between(evidence, first, again)
                     : looked_between(evidence, first, again))
        break;
      judgement.tested = true;
      judgement.broken = (earlier.is_lost() ? "the answer of " + named(earlier) +
                                                  " was lost after the work was done; "
                                            : named(earlier) + " was granted; ") +
                         named(exchanges[again]) + " created the same " +
                         (is_message ? "message" : "run") + " a second time";
      return judgement;
    }
  }
  return judgement;
}

Judgement polling_after_end(const Evidence& evidence, std::size_t limit) {
  Judgement judgement;
  for (const RunOfCase& run : evidence.runs()) {
    const auto end = Evidence::shown_end(run, true);
    if (!end) continue;
    judgement.tested = true;
    std::size_t polls = 0;
    const Exchange* last = nullptr;
    for (std::size_t place = *end + 1; place < evidence.exchanges().size(); ++place) {
      const Exchange& exchange = evidence.exchanges()[place];
      const bool is_poll = exchange.operation == "getRun" && exchange.run_id == run.id;
      if (!is_poll || exchange.status() != 200 || !exchange.answer) continue;  // told it nothing
      ++polls;
      last = &exchange;
    }
    if (polls <= limit) continue;
    judgement.broken = run.name() + " was shown as " + run.status + " by " +
                       named(evidence.exchanges()[*end]) + "; " + std::to_string(polls) +
                       " more polls came, the last as " + named(*last);
    return judgement;
  }
  return judgement;
}

Judgement hasty_polling(const Evidence& evidence, std::size_t limit) {
  constexpr std::size_t in_a_row = 4;  // a single one may be chance
  Judgement judgement;
  // Who pauses as it was asked must not be near the limit: pacing_of() sees to it in some cases.
  if (evidence.observed().poll_hint < 2 * milliseconds{limit}) return judgement;
  const auto& exchanges = evidence.exchanges();
  std::size_t hasty = 0;
  for (std::size_t place = 1; place < exchanges.size(); ++place) {
    const Exchange& before = exchanges[place - 1];
    const Exchange& poll = exchanges[place];
    const bool polls_again = poll.operation == "getRun" && before.operation == "getRun" &&
                             poll.run_id == before.run_id && before.status() == 200;
    if (!polls_again) {
      hasty = 0;
      continue;
    }
    const MachineTime waited = poll.answered - before.answered;
    hasty = waited < milliseconds{limit} ? hasty + 1 : 0;
    judgement.tested = true;
    if (hasty < in_a_row) continue;
    judgement.broken = named(poll) + " is the " + std::to_string(in_a_row) +
                       "th poll in a row that came within " + std::to_string(limit) +
                       " ms of the answer before";
    return judgement;
  }
  return judgement;
}

}  // namespace assistants_mock::mock_server::check
