#include "mock_server/check/case_player.h"

#include <algorithm>

#include "assistants_mock/mock_server.h"
#include "scenarios/nearest_word.h"

namespace assistants_mock::mock_server::check {
namespace {

using namespace std::chrono_literals;

constexpr const char* key = "sk-assistants-mock-check";

// How fast a case is. Time quickens while a client only polls, so that a run which hangs costs some
// ten requests; for a client that gives up by itself it does not, in every second case. Most cases
// are over as soon as can be; in every eighth polls are far enough apart to tell who pauses between
// them from who does not.
struct Pacing {
  std::chrono::milliseconds longest_step{};
  std::chrono::milliseconds poll_hint{};
};
Pacing pacing_of(std::size_t number, bool gives_up) {
  return {.longest_step = number % 2 == 0 && gives_up ? 0min : 10min,
          .poll_hint = number % 8 == 1 ? 12ms : 1ms};
}

MockServerOptions server_options(const ScenarioBook& scenario, const Pacing& pacing,
                                 std::function<void(const RecordedRequest&)> on_request) {
  return {.scenarios = scenario,
          .time_mode = TimeMode::stepped,
          .longest_step = pacing.longest_step,
          .poll_hint = pacing.poll_hint,
          .keys = {key},
          .on_request = std::move(on_request)};
}

}  // namespace

std::vector<HeldRule> held_rules(const std::map<std::string, RuleSetting>& settings) {
  std::vector<HeldRule> held;
  std::vector<std::string_view> names;
  for (const Rule& rule : rules()) {
    held.push_back({.rule = &rule, .limit = rule.info.limit});
    names.push_back(rule.info.name);
  }
  for (const auto& [name, setting] : settings) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
      throw std::invalid_argument("there is no rule '" + name + "'" +
                                  scenarios::did_you_mean(name, names));
    HeldRule& rule = held[static_cast<std::size_t>(found - names.begin())];
    if (setting.limit && rule.rule->info.unit.empty())
      throw std::invalid_argument("the rule '" + name + "' has no limit; it can be off");
    rule.off = setting.off;
    rule.limit = setting.limit.value_or(rule.limit);
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
    : driver_(driver), rules_(rules), time_limit_(time_limit) {}

CasePlayer::~CasePlayer() = default;

PlayedCase CasePlayer::play(std::size_t number, const ScenarioBook& scenario) {
  CaseWatch watch(time_limit_);
  Case asked{.number = number, .api_key = key, .scenario = scenario};
  PlayedCase played;
  if (driver_.keeps_running()) {
    played.observed = observe_on_kept_server(watch, std::move(asked));
  } else {
    MockServer server(
        server_options(scenario, pacing_of(number, gives_up_),
                       [&watch](const RecordedRequest& request) { watch.note(request); }));
    played.observed = observe(server, watch, std::move(asked));
  }
  const Evidence evidence(played.observed);
  for (const HeldRule& held : rules_)
    played.judgements.push_back(held.off ? Judgement{} : held.rule->judge(evidence, held.limit));
  return played;
}

ObservedCase CasePlayer::observe(MockServer& server, CaseWatch& watch, Case asked) {
  asked.base_url = server.base_url();
  ObservedCase observed{.scenario = asked.scenario,
                        .poll_hint = pacing_of(asked.number, gives_up_).poll_hint};
  observed.end = driver_.converse(asked, watch, server);
  observed.requests = server.requests();
  watch.drop_later(observed.requests);
  observed.runs = server.runs({.events = true});
  observed.answered = watch.answered(observed.requests);
  return observed;
}

ObservedCase CasePlayer::observe_on_kept_server(CaseWatch& watch, Case asked) {
  const auto watch_now = [this](CaseWatch* now) {
    const std::lock_guard lock(watched_mutex_);
    watched_ = now;
  };
  if (!kept_)
    kept_ = std::make_unique<MockServer>(server_options(
        asked.scenario, pacing_of(1, gives_up_), [this](const RecordedRequest& request) {
          const std::lock_guard lock(watched_mutex_);
          if (watched_ != nullptr) watched_->note(request);
        }));
  kept_->set_scenarios(asked.scenario);
  kept_->reset();
  watch_now(&watch);
  ObservedCase observed = observe(*kept_, watch, std::move(asked));
  observed.poll_hint = pacing_of(1, gives_up_).poll_hint;
  watch_now(nullptr);
  return observed;
}

}  // namespace assistants_mock::mock_server::check
