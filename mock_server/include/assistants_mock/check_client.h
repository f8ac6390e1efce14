#pragma once
// Whether a client of the API is right. Scenarios are generated, the client converses under each,
// and what it did is judged by rules that a maintainer would agree with; what breaks it is shrunk
// to the few lines of YAML that break it. Needs the CMake target assistants_mock::checker.
//
//   TEST(MyClient, IsRightWhateverTheServiceDoes) {
//     const CheckReport report = check_client({.cases = 300}, [](const Case& c) {
//       MyClient client(c.base_url, c.api_key);
//       ClientEnd end;
//       end.output = client.ask("Hello.");        // what it would show its user
//       end.success = client.last_run_completed();
//       return end;
//     });
//     EXPECT_TRUE(report.passed()) << report.text;
//   }
//
// docs/check.md explains the rules, and has the same for clients in other languages. Everything
// follows from the seed, but for what the client itself leaves to chance.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assistants_mock/case_profile.h"
#include "assistants_mock/scenario_book.h"

namespace assistants_mock::mock_server {

using scenarios::CaseProfile;
using scenarios::ClientTraits;
using scenarios::ScenarioBook;

// One conversation that a client is asked to have.
struct Case {
  std::size_t number = 0;     // 0: the two looks at the client before: at a run that is answered at
                              // once, and at one that hangs
  std::string base_url = {};  // "http://127.0.0.1:49152/v1"
  std::string api_key = {};
  ScenarioBook scenario = {};
};

// How a conversation ended, as the client itself tells it.
struct ClientEnd {
  enum class How {
    ended,    // by itself
    crashed,  // by a signal; in C++ by an exception
    stopped,  // by the checker: it would not end, or asked again and again
  };
  How how = How::ended;
  bool success = true;      // it says that all went well: exit status 0
  std::string words = {};   // "exit status 1", "SIGSEGV", "std::bad_alloc"; empty when all is said
  std::string output = {};  // what its user saw; nothing: rules about that are not put to the test
  std::string errors = {};  // what it said besides, for people
};

// A client in this process. It must come back by itself: when it takes longer than the limit its
// server is stopped, which ends every connection and refuses new ones. What it throws is a crash.
// With `jobs` above 1 it is called from several threads at once.
using Client = std::function<ClientEnd(const Case&)>;

// How a rule is to be held: left out, whatever else is said of it; or with another limit (of polls
// or milliseconds, as the rule says).
struct RuleSetting {
  bool off = false;
  std::optional<std::size_t> limit = std::nullopt;
};

struct CheckProgress {
  std::size_t cases = 0;    // that were played
  std::size_t of = 0;       // that are to be
  std::size_t broken = 0;   // rules
  std::string shrinking{};  // the rule whose case is being shrunk
  std::size_t tries = 0;    // of that
};

struct CheckOptions {
  std::size_t cases = 300;
  std::uint64_t seed = 1;
  std::size_t jobs = 1;  // conversations side by side
  CaseProfile profile = CaseProfile::rough;
  // Played instead of generated ones, each once, as they are.
  std::vector<ScenarioBook> scenarios = {};
  // What is there before the first request of every case: the assistants, files, vector stores and
  // models of this scenario, whose rules and faults play no part. For clients that were configured
  // with an id.
  std::optional<ScenarioBook> world = std::nullopt;
  // The number of the first case. From the number follow its scenario, when one is generated, and
  // how time and polls go in it: whoever plays a case again gives it its number.
  std::size_t first_case = 1;
  std::map<std::string, RuleSetting> rules = {};  // by name; throws for a name that is no rule
  std::chrono::milliseconds time_limit = std::chrono::seconds{20};  // of one conversation
  bool keep_going = false;         // to further rules, once one was broken
  std::size_t shrink_tries = 400;  // conversations, for each rule that was broken
  // Called from several threads, one at a time.
  std::function<void(const CheckProgress&)> on_progress = {};
};

// A rule that was broken, and the least scenario that was found to break it.
struct BrokenRule {
  std::string rule = {};
  std::string what = {};  // what was seen: requests, times, statuses
  std::size_t case_number = 0;
  ScenarioBook scenario = {};
  std::vector<std::string> story = {};  // the conversation, some twelve lines
  std::string transcript = {};          // all of it, with bodies
  std::size_t shrink_tries = 0;
  // Of three more conversations under the case that was found, if there was time for them; below 3
  // the client is flaky, and nothing was shrunk.
  std::size_t broke_again = 3;
  bool is_flaky() const { return broke_again < 3; }
};

struct RuleOutcome {
  std::string rule = {};
  std::size_t tested = 0;  // cases that put it to the test
  std::size_t broken = 0;  // cases that broke it
  bool off = false;
};

struct CheckReport {
  std::size_t cases = 0;  // that were played, the first look and those of shrinking apart
  std::uint64_t seed = 0;
  CaseProfile profile = CaseProfile::rough;
  std::vector<BrokenRule> broken = {};  // in the order in which they were found
  std::vector<RuleOutcome> rules = {};  // all, in the order of docs/check.md
  ClientTraits traits = {};             // what was seen of the client
  std::string could_not_check = {};     // why nothing could be judged; empty when it could
  std::string text = {};                // all of this for people

  bool passed() const { return broken.empty() && could_not_check.empty(); }
};

// Throws std::invalid_argument for options that make no sense, and std::system_error when there is
// no port for a server.
CheckReport check_client(const CheckOptions& options, const Client& client);

// A rule, for whoever lists them.
struct RuleInfo {
  std::string_view name;
  std::string_view holds;  // what a right client does
  std::string_view why;
  std::string_view source;  // where clients were seen to break it
  std::string_view remedy;
  std::string_view unit = {};  // of the limit: "polls", "ms", …; empty: it has none
  std::size_t limit = 0;
};
std::vector<RuleInfo> check_rules();

}  // namespace assistants_mock::mock_server
