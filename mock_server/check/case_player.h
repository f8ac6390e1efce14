#pragma once
// Plays one scenario to a client, and judges what it did.
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "assistants_mock/check_client.h"
#include "mock_server/check/client_driver.h"
#include "mock_server/check/observed_case.h"
#include "mock_server/check/rules.h"
#include "scenarios/scenario.h"

namespace assistants_mock::mock_server::check {

// A rule as it is held in this check.
struct HeldRule {
  const Rule* rule = nullptr;
  bool off = false;
  std::size_t limit = 0;
};
// Throws std::invalid_argument for a name that is no rule.
std::vector<HeldRule> held_rules(const std::map<std::string, RuleSetting>& settings);

// The place of the first that says a rule was broken.
std::optional<std::size_t> first_broken_of(const std::vector<Judgement>& judgements);

struct PlayedCase {
  ObservedCase observed;
  std::vector<Judgement> judgements;  // one for each rule

  std::optional<std::size_t> broken() const { return first_broken_of(judgements); }
};

// How fast a case is. Time quickens while a client only polls, so that a run which hangs costs some
// ten requests; for a client that gives up by itself it does not, in every second case. Most cases
// are over as soon as can be; in every eighth polls are far enough apart to tell who pauses between
// them from who does not.
struct Pacing {
  std::chrono::milliseconds longest_step{};
  std::chrono::milliseconds poll_hint{};
};

// May play several cases at once, unless the driver's client keeps running.
class CasePlayer {
 public:
  // Refers to both.
  CasePlayer(ClientDriver& driver, const std::vector<HeldRule>& rules,
             std::chrono::milliseconds time_limit);
  ~CasePlayer();
  CasePlayer(const CasePlayer&) = delete;
  CasePlayer& operator=(const CasePlayer&) = delete;

  PlayedCase play(std::size_t number, const ScenarioBook& scenario);

  // The client does not cancel a run by itself, however long it takes: no case has to wait for it.
  void expect_no_cancel() { gives_up_ = false; }

 private:
  ObservedCase observe(MockServer& server, CaseWatch& watch, Case asked, const Pacing& pacing);
  ObservedCase observe_on_kept_server(CaseWatch& watch, Case asked);
  void watch_now(CaseWatch* watch);
  ScenarioBook with_kept_assistants(const ScenarioBook& book) const;

  ClientDriver& driver_;
  const std::vector<HeldRule>& rules_;
  const std::chrono::milliseconds hasty_limit_;
  const WatchLimits watch_limits_;
  bool gives_up_ = true;

  // For a client that keeps running.
  std::mutex watched_mutex_;
  CaseWatch* watched_ = nullptr;
  std::unique_ptr<MockServer> kept_;
  // It may have made its assistants once for good: they are there in every further case.
  std::vector<scenarios::SeededAssistant> kept_assistants_;
  bool knows_kept_assistants_ = false;
};

}  // namespace assistants_mock::mock_server::check
