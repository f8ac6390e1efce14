#pragma once
// Races told straight: threads act at once on one world, what each did and was answered is written
// down, and the history must be explained by some order of the acts (linearizability.h), played one
// at a time on an api::Api with the same seed. Ids, time and bytes follow from the seed, so answers
// are compared as bytes; headers other than the content type are left aside.
//
// RACE_SEED=N and RACE_ROUNDS=N in the environment choose the rounds. A seed decides what the
// threads do and how long they hesitate; when they really meet is up to the machine, so that a
// failure may need a few rounds to come again: the history that failed is printed whole.
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/races/act.h"
#include "tests/races/chance.h"
#include "tests/races/linearizability.h"

namespace assistants_mock::tests {

// What was there before the race: made by one thread, the same in every round.
class Stage {
 public:
  explicit Stage(RacedWorld& world) : world_(world) {}

  // The answer as JSON; a refusal fails the test.
  nlohmann::json ask(const Act& act);
  void advance(Duration by);

  std::string assistant = {};
  std::string thread = {};
  std::string run = {};
  std::vector<std::string> calls = {};  // that wait for outputs

  std::string thread_path() const { return "/threads/" + thread; }
  std::string run_path() const { return thread_path() + "/runs/" + run; }
  std::string run_body(bool stream = false) const;
  // Outputs for all calls.
  std::string outputs_body(const std::string& output, bool stream = false) const;

  const Program& prologue() const { return prologue_; }

 private:
  RacedWorld& world_;
  Program prologue_;
};

// Scenes to begin with, each more than the one before.
void make_thread(Stage& stage, const std::string& message);  // with an assistant
void make_run(Stage& stage, const std::string& message);
void wait_for_outputs(Stage& stage, const std::string& message);  // a run in requires_action

// An act that was done: in `act` every {id} is filled in.
struct Played {
  std::size_t thread = 0;
  Act act = {};
  std::optional<std::size_t> opener = std::nullopt;  // of a read: the place of its request
  int status = 0;
  std::string body = {};

  bool granted() const { return status == 200; }
  nlohmann::json json() const { return nlohmann::json::parse(body); }
};

struct Round {
  const Stage& stage;
  std::size_t threads = 0;  // that raced; another one looks at what is left
  History history = {};
  std::vector<Played> played = {};  // in the same order as `history`

  // The requests of the race with this method and this end of the path.
  std::vector<const Played*> of(const std::string& method, const std::string& path_end) const;
  std::size_t granted(const std::string& method, const std::string& path_end) const;
  // All that was read from streams in the race, epilogue included.
  std::string read() const;
};

struct Race {
  std::string scenario = "echo";
  std::function<void(Stage&)> prologue;
  std::function<std::vector<Program>(const Stage&, Chance&)> programs;
  // Looks at the answers; what it gives is counted, and each of `outcomes` must have come.
  std::function<std::string(const Round&)> outcome = {};
  std::vector<std::string> outcomes = {};
};

enum class Over { tenants, sockets };

// Plays the rounds. In one round of six the threads act one after another, in an order that the
// seed chooses, so that each has come first at some time whatever the machine does.
void run_race(const Race& race, Over over = Over::tenants);

}  // namespace assistants_mock::tests
