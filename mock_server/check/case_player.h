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
  ObservedCase observe(MockServer& server, CaseWatch& watch, Case asked);
  ObservedCase observe_on_kept_server(CaseWatch& watch, Case asked);

  ClientDriver& driver_;
  const std::vector<HeldRule>& rules_;
  const std::chrono::milliseconds time_limit_;
  bool gives_up_ = true;

  // For a client that keeps running.
  std::mutex watched_mutex_;
  CaseWatch* watched_ = nullptr;
  std::unique_ptr<MockServer> kept_;
};

}  // namespace assistants_mock::mock_server::check
