#include "mock_server/check/case_player.h"

#include <algorithm>

#include "assistants_mock/mock_server.h"
#include "mock_server/api/routes.h"

namespace assistants_mock::mock_server::check {
namespace {

using namespace std::chrono_literals;

constexpr const char* key = "sk-assistants-mock-check";

Pacing pacing_of(std::size_t number, bool gives_up, std::chrono::milliseconds hasty_limit) {
  // Who pauses as it was asked must not be near the limit of the rule about hasty polls.
  const auto to_tell = std::max<std::chrono::milliseconds>(12ms, 2 * hasty_limit);
  return {.longest_step = number % 2 == 0 && gives_up ? 0min : 10min,
          .poll_hint = number % 8 == 1 ? to_tell : 1ms};
}

const HeldRule& held_rule(const std::vector<HeldRule>& rules, std::string_view name) {
  return *std::ranges::find(rules, name, [](const HeldRule& held) { return held.rule->info.name; });
}

// Rules look at all that was asked: the watch stops a client long before this is full.
Limits all_kept() {
  Limits limits;
  limits.journal_entries = 100'000;
  limits.journal_bytes = std::size_t{256} << 20;
  return limits;
}

MockServerOptions server_options(const ScenarioBook& scenario, const Pacing& pacing,
                                 std::function<void(const RecordedRequest&)> on_request) {
  return {.scenarios = scenario,
          .time_mode = TimeMode::stepped,
          .longest_step = pacing.longest_step,
          .poll_hint = pacing.poll_hint,
          .keys = {key},
          .limits = all_kept(),
          .on_request = std::move(on_request)};
}

// The assistants that a conversation made and did not delete.
std::vector<scenarios::SeededAssistant> kept_after(const std::vector<RecordedRequest>& requests) {
  std::vector<scenarios::SeededAssistant> kept;
  for (const RecordedRequest& request : requests) {
    if (!request.granted) continue;
    if (request.method == "POST" && api::path_fits("/assistants", request.path)) {
      const Json answer = Json::parse(request.answer, nullptr, false);
      if (answer.is_object() && answer.contains("id"))
        kept.push_back({answer["id"], scenarios::Json::parse(request.body)});
    }
    if (request.method == "DELETE")
      std::erase_if(kept, [&](const auto& one) { return request.path.ends_with("/" + one.id); });
  }
  return kept;
}

// A client that has not understood by then that its run is over never will.
std::optional<std::size_t> most_polls_after_end(const std::vector<HeldRule>& rules) {
  constexpr std::size_t more = 23;
  const HeldRule& rule = held_rule(rules, "polling.after_end");
  return rule.off ? std::nullopt : std::optional(rule.limit + more);
}

}  // namespace

std::vector<HeldRule> held_rules(const std::map<std::string, RuleSetting>& settings) {
  std::vector<HeldRule> held;
  for (const Rule& rule : rules()) held.push_back({.rule = &rule, .limit = rule.info.limit});
  for (const auto& [name, setting] : settings) {
    const Rule& rule = rule_named(name);
    if (setting.limit && rule.info.unit.empty()) throw no_limit(rule);
    HeldRule& set = held[static_cast<std::size_t>(&rule - rules().data())];
    set.off = setting.off;
    set.limit = setting.limit.value_or(set.limit);
  }
  return held;
}

std::optional<std::size_t> first_broken_of(const std::vector<Judgement>& judgements) {
  const auto found = std::ranges::find_if(
      judgements, [](const Judgement& judgement) { return !judgement.broken.empty(); });
  if (found == judgements.end()) return std::nullopt;
  return static_cast<std::size_t>(found - judgements.begin());
}

CasePlayer::CasePlayer(ClientDriver& driver, const std::vector<HeldRule>& rules,
                       std::chrono::milliseconds time_limit)
    : driver_(driver),
      rules_(rules),
      hasty_limit_(held_rule(rules, "polling.hasty").limit),
      watch_limits_{.time = time_limit,
                    .requests = held_rule(rules, "client.hangs").limit,
                    .polls_after_end = most_polls_after_end(rules)} {}

CasePlayer::~CasePlayer() = default;

PlayedCase CasePlayer::play(std::size_t number, const ScenarioBook& scenario) {
  CaseWatch watch(watch_limits_);
  Case asked{.number = number, .api_key = key, .scenario = scenario};
  PlayedCase played;
  if (driver_.keeps_running()) {
    played.observed = observe_on_kept_server(watch, std::move(asked));
  } else {
    const Pacing pacing = pacing_of(number, gives_up_, hasty_limit_);
    MockServer server(server_options(
        scenario, pacing, [&watch](const RecordedRequest& request) { watch.note(request); }));
    played.observed = observe(server, watch, std::move(asked), pacing);
  }
  const Evidence evidence(played.observed);
  for (const HeldRule& held : rules_)
    played.judgements.push_back(held.off ? Judgement{} : held.rule->judge(evidence, held.limit));
  return played;
}

ObservedCase CasePlayer::observe(MockServer& server, CaseWatch& watch, Case asked,
                                 const Pacing& pacing) {
  asked.base_url = server.base_url();
  ObservedCase observed{.scenario = asked.scenario, .poll_hint = pacing.poll_hint};
  observed.end = driver_.converse(asked, watch, server);
  observed.requests = server.requests();
  watch.drop_later(observed.requests);
  observed.runs = server.runs({.events = true});
  observed.answered = watch.answered(observed.requests);
  return observed;
}

ObservedCase CasePlayer::observe_on_kept_server(CaseWatch& watch, Case asked) {
  const Pacing pacing = pacing_of(1, gives_up_, hasty_limit_);
  if (!kept_)
    kept_ = std::make_unique<MockServer>(
        server_options(asked.scenario, pacing, [this](const RecordedRequest& request) {
          const std::lock_guard lock(watched_mutex_);
          if (watched_ != nullptr) watched_->note(request);
        }));
  kept_->set_scenarios(with_kept_assistants(asked.scenario));
  kept_->reset();
  // However the case ends, be it by an interruption: the client goes on, the watch does not.
  const auto forget = [this](CaseWatch*) { watch_now(nullptr); };
  watch_now(&watch);
  const std::unique_ptr<CaseWatch, decltype(forget)> watched(&watch, forget);
  ObservedCase observed = observe(*kept_, watch, std::move(asked), pacing);
  if (!std::exchange(knows_kept_assistants_, true))
    kept_assistants_ = kept_after(observed.requests);
  return observed;
}

ScenarioBook CasePlayer::with_kept_assistants(const ScenarioBook& book) const {
  scenarios::Scenario scenario = book.scenario();
  for (const scenarios::SeededAssistant& kept : kept_assistants_)
    if (std::ranges::find(scenario.assistants, kept.id, &scenarios::SeededAssistant::id) ==
        scenario.assistants.end())
      scenario.assistants.push_back(kept);
  return ScenarioBook(std::move(scenario));
}

void CasePlayer::watch_now(CaseWatch* watch) {
  const std::lock_guard lock(watched_mutex_);
  watched_ = watch;
}

}  // namespace assistants_mock::mock_server::check
