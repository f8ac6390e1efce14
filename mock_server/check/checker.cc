#include "mock_server/check/checker.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "mock_server/check/case_player.h"
#include "mock_server/check/check_text.h"
#include "mock_server/check/client_traits.h"
#include "mock_server/check/shrinking.h"
#include "mock_server/check/story.h"
#include "scenarios/generator/generated_scenario.h"

namespace assistants_mock::mock_server::check {
namespace {

using scenarios::Scenario;

constexpr std::size_t confirmations = 3;

// Does `act` with each number from `first` on, several at once, until `act` asks to stop after one
// or `end` is reached. Numbers are taken in order, so that all below one that stops are done.
template <class Act>
void each_number(std::size_t first, std::size_t end, std::size_t jobs, Act act) {
  std::atomic<std::size_t> next = first;
  std::atomic<bool> stopped = false;
  std::exception_ptr error;
  std::mutex error_mutex;
  const auto work = [&] {
    try {
      while (!stopped) {
        const std::size_t number = next++;
        if (number >= end) return;
        if (!act(number)) stopped = true;
      }
    } catch (...) {
      const std::lock_guard lock(error_mutex);
      error = std::current_exception();
      stopped = true;
    }
  };
  std::vector<std::thread> threads;
  try {
    for (std::size_t job = 1; job < std::min(jobs, end - std::min(end, first)); ++job)
      threads.emplace_back(work);
  } catch (const std::system_error&) {
    // The system has no more of them; it goes on with those there are.
  }
  work();
  for (std::thread& thread : threads) thread.join();
  if (error) std::rethrow_exception(error);
}

// A case that was found to break a rule.
struct Failure {
  std::size_t rule = 0;
  std::size_t number = 0;
  Scenario scenario = {};
  std::string what = {};  // as seen then
};

class Checker {
 public:
  Checker(const CheckOptions& options, ClientDriver& driver)
      : options_(options),
        jobs_(driver.keeps_running() ? 1 : options.jobs),
        rules_(held_rules(options.rules)),
        player_(driver, rules_, options.time_limit) {
    report_.seed = options.seed;
    report_.profile = options.profile;
    for (const HeldRule& held : rules_)
      report_.rules.push_back({.rule = std::string(held.rule->info.name), .off = held.off});
  }

  CheckReport check() {
    try {
      if (look_at_client()) play_cases();
      for (const Failure& failure : failures_) report_.broken.push_back(explained(failure));
    } catch (const NoClient& error) {
      if (failures_.empty()) report_.could_not_check = error.what();
      tell_as_found();
    } catch (const CheckEnded&) {
      if (failures_.empty()) throw;
      tell_as_found();
    }
    report_.text = text_of(report_, [](const BrokenRule& broken) {
      return "check_client({.scenarios = {ScenarioBook::parse(…the scenario above…)}, "
             ".first_case = " +
             std::to_string(broken.case_number) + "}, client)";
    });
    return std::move(report_);
  }

 private:
  // ---- Cases

  // Whether there is a client to check further: it asked this server, and broke no rule yet.
  bool look_at_client() {
    const Scenario simplest = scenarios::simplest_scenario();
    const PlayedCase played = player_.play(0, in_world(simplest));
    if (played.observed.requests.empty()) {
      report_.could_not_check = why_nothing_was_asked(played.observed.end);
      return false;
    }
    report_.traits = traits_of(played.observed);
    report_.traits.patience = look_at_patience();
    if (report_.traits.patience.count() == 0) player_.expect_no_cancel();
    if (!options_.scenarios.empty()) return true;
    return count({.number = 0, .scenario = simplest}, played.judgements);
  }

  // With what is there from the start.
  ScenarioBook in_world(Scenario scenario) const {
    if (options_.world) {
      const Scenario& world = options_.world->scenario();
      scenario.assistants = world.assistants;
      scenario.files = world.files;
      scenario.vector_stores = world.vector_stores;
      scenario.models = world.models;
    }
    return ScenarioBook(std::move(scenario));
  }

  // In a case whose time does not quicken.
  std::chrono::milliseconds look_at_patience() {
    Scenario hanging = scenarios::simplest_scenario();
    hanging.rules.front().steps = {{scenarios::Hang{}}};
    return patience_in(player_.play(0, in_world(std::move(hanging))).observed);
  }

  // The case that is no more.
  std::size_t end() const { return options_.first_case + asked_for(); }
  std::size_t asked_for() const {
    return options_.scenarios.empty() ? options_.cases : options_.scenarios.size();
  }

  Scenario scenario_of(std::size_t number) {
    if (!options_.scenarios.empty())
      return options_.scenarios[number - options_.first_case].scenario();
    const std::lock_guard lock(
        mutex_);  // RapidCheck's generators share what they are in the midst of
    const auto generator = scenarios::generated_scenario(options_.profile, report_.traits);
    return generator(rc::Random(options_.seed * 1'000'003U + number), rc::kNominalSize).value();
  }

  void play_cases() {
    next_ = options_.first_case;
    each_number(options_.first_case, end(), jobs_, [&](std::size_t number) {
      const Scenario scenario = scenario_of(number);
      return note({.number = number, .scenario = scenario},
                  player_.play(number, in_world(scenario)));
    });
  }

  // Whether the check goes on. Cases are counted in their order, whatever order they end in, so
  // that the report is the same however many are played side by side.
  bool note(Failure at, PlayedCase played) {
    const std::lock_guard lock(mutex_);
    const bool is_broken = played.broken().has_value();
    const std::size_t number = at.number;
    early_.emplace(number, std::pair{std::move(at), std::move(played.judgements)});
    while (goes_on_ && early_.contains(next_)) {
      const auto [next, judgements] = std::move(early_.extract(next_++).mapped());
      ++report_.cases;
      goes_on_ = count(next, judgements);
    }
    tell({.cases = report_.cases, .of = asked_for(), .broken = failures_.size()});
    return !is_broken || options_.keep_going;
  }

  // Whether the check goes on after it.
  bool count(Failure at, const std::vector<Judgement>& judgements) {
    for (std::size_t rule = 0; rule < rules_.size(); ++rule)
      if (judgements[rule].tested) ++report_.rules[rule].tested;
    const auto broken = first_broken_of(judgements);
    if (!broken) return true;
    ++report_.rules[*broken].broken;
    at.rule = *broken;
    at.what = judgements[*broken].broken;
    if (std::ranges::find(failures_, *broken, &Failure::rule) == failures_.end())
      failures_.push_back(std::move(at));
    return options_.keep_going;
  }

  void tell(const CheckProgress& progress) const {
    if (options_.on_progress) options_.on_progress(progress);
  }

  // ---- Failures

  bool breaks(const Failure& failure, const Scenario& scenario) {
    const PlayedCase played = player_.play(failure.number, in_world(scenario));
    return played.broken() == failure.rule;
  }

  BrokenRule as_found(const Failure& failure) const {
    return {.rule = report_.rules[failure.rule].rule,
            .what = failure.what,
            .case_number = failure.number,
            .scenario = in_world(failure.scenario)};
  }

  // Those that nobody came to look at closer.
  void tell_as_found() {
    while (report_.broken.size() < failures_.size())
      report_.broken.push_back(as_found(failures_[report_.broken.size()]));
  }

  BrokenRule explained(const Failure& failure) {
    BrokenRule broken = as_found(failure);
    broken.broke_again = 0;
    for (std::size_t again = 0; again < confirmations; ++again)
      if (breaks(failure, failure.scenario)) ++broken.broke_again;
    Shrunk shrunk{.scenario = failure.scenario};
    if (!broken.is_flaky() && options_.scenarios.empty())
      shrunk = shrink(
          failure.scenario,
          [&](const auto& candidates, std::size_t most) {
            return first_broken(failure, candidates, most);
          },
          options_.shrink_tries);
    broken.shrink_tries = shrunk.tries;
    broken.scenario = in_world(shrunk.scenario);
    tell_of(broken, failure);
    return broken;
  }

  // Played once more for the story; a flaky client may need some tries to show it again.
  void tell_of(BrokenRule& broken, const Failure& failure) {
    constexpr std::size_t most_tries = 10;
    for (std::size_t tried = 0; tried < most_tries; ++tried) {
      const PlayedCase played = player_.play(failure.number, broken.scenario);
      const bool is_the_same = played.broken() == failure.rule;
      if (!is_the_same && tried + 1 < most_tries) continue;
      broken.what = is_the_same ? played.judgements[failure.rule].broken
                                : failure.what + "; the conversation below is another one, in " +
                                      "which that did not happen";
      broken.story = story_of(played.observed);
      broken.transcript = transcript_of(played.observed);
      return;
    }
  }

  Found first_broken(const Failure& failure, const std::vector<Scenario>& candidates,
                     std::size_t most) {
    Found found;
    const std::size_t before = options_.shrink_tries - most;
    std::size_t tried = 0;
    std::mutex mutex;
    each_number(0, std::min(candidates.size(), most), jobs_, [&](std::size_t place) {
      const bool is_broken = breaks(failure, candidates[place]);
      const std::lock_guard lock(mutex);
      ++tried;
      if (is_broken && (!found.place || place < *found.place)) found.place = place;
      tell({.cases = report_.cases,
            .of = asked_for(),
            .broken = failures_.size(),
            .shrinking = report_.rules[failure.rule].rule,
            .tries = before + tried});
      return !is_broken;
    });
    // Tries that were under way beside it do not count: they depend on how many jobs there are.
    found.tried = found.place ? *found.place + 1 : tried;
    return found;
  }

  const CheckOptions& options_;
  const std::size_t jobs_;
  const std::vector<HeldRule> rules_;
  CasePlayer player_;
  std::mutex mutex_;
  CheckReport report_;
  std::vector<Failure> failures_;  // in their order, one for each rule

  // Cases that ended before one of a lower number did, and the number that comes next.
  std::map<std::size_t, std::pair<Failure, std::vector<Judgement>>> early_;
  std::size_t next_ = 0;
  bool goes_on_ = true;
};

void require_sense(const CheckOptions& options) {
  if (options.cases == 0 || options.jobs == 0 || options.time_limit.count() <= 0)
    throw std::invalid_argument("cases, jobs and the time limit are 1 at least");
}

}  // namespace

CheckReport check(const CheckOptions& options, ClientDriver& driver) {
  require_sense(options);
  return Checker(options, driver).check();
}

}  // namespace assistants_mock::mock_server::check

namespace assistants_mock::mock_server {

CheckReport check_client(const CheckOptions& options, const Client& client) {
  return check::check(options, *check::function_driver(client));
}

std::vector<RuleInfo> check_rules() {
  std::vector<RuleInfo> all;
  for (const check::Rule& rule : check::rules()) all.push_back(rule.info);
  return all;
}

}  // namespace assistants_mock::mock_server
