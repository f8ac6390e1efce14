// Faults that can never do anything: what a file is told of them, and where, and what C++ is.
#include "scenarios/fault_check.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "assistants_mock/scenario_book.h"
#include "scenarios/scenario_parser.h"

namespace assistants_mock::scenarios {
namespace {

// With its first fault in line 2.
std::string told(const std::string& faults) {
  try {
    parse_scenario("faults:\n" + faults + "runs: [{ do: [] }]\n", "x.yaml");
  } catch (const ScenarioError& error) {
    return error.what();
  }
  return {};
}

// The keys and the sentences.
std::string told(const Fault& fault) {
  std::string all;
  for (const FaultMistake& mistake : mistakes_of(fault))
    all += (all.empty() ? "" : "\n") + std::string(mistake.key) + ": " + mistake.what;
  return all;
}

TEST(FaultCheck, AnEventThatNoStreamOfTheOperationHas) {
  EXPECT_EQ(told("  - { on: createRun, stream: { after: thread.created } }\n"),
            "x.yaml:2:39: error: no stream of 'POST /threads/{thread_id}/runs' has "
            "'thread.created'; those of createThreadAndRun have it");
  EXPECT_EQ(told("  - on: submitToolOuputsToRun\n"
                 "    stream:\n"
                 "      then: cut\n"
                 "      after: thread.run.created\n"),
            "x.yaml:5:14: error: no stream of "
            "'POST /threads/{thread_id}/runs/{run_id}/submit_tool_outputs' has "
            "'thread.run.created'; those of createThreadAndRun and createRun have it");
  EXPECT_EQ(
      told(Fault{.on = "submitToolOuputsToRun", .stream = StreamFault{.after = "thread.created"}}),
      "stream.after: no stream of 'submitToolOuputsToRun' has 'thread.created'; those of "
      "createThreadAndRun have it");
  EXPECT_EQ(told("  - { on: createThreadAndRun, stream: { after: thread.created } }\n"
                 "  - { on: createRun, stream: { after: thread.run.created } }\n"
                 "  - { on: submitToolOuputsToRun, stream: { after: thread.run.queued } }\n"
                 "  - { stream: { after: thread.created } }\n"),
            "");
}

TEST(FaultCheck, AStreamThatNeverBegins) {
  EXPECT_EQ(told("  - { on: submitToolOuputsToRun, while: queued, stream: { then: cut } }\n"),
            "x.yaml:2:41: error: a run takes outputs in requires_action alone, so no stream ever "
            "begins in another status: write that, or leave 'while' out");
  EXPECT_EQ(told("  - { on: submitToolOuputsToRun, while: requires_action, stream: {then: cut} }\n"
                 "  - { on: submitToolOuputsToRun, while: queued, error: srv.500 }\n"),
            "");
}

TEST(FaultCheck, ASecondOfAnEventThatComesOnce) {
  for (const std::string event : {"thread.run.queued", "thread.run.completed", "error",
                                  "thread.run.step.failed", "thread.message.incomplete"})
    EXPECT_EQ(told("  - { stream: { nth: 2, after: " + event + " } }\n"),
              "x.yaml:2:22: error: a stream has one '" + event + "' at most; leave 'nth' out");
  EXPECT_EQ(told("  - { stream: { nth: 1, after: thread.run.completed } }\n"
                 "  - { times: 2, stream: { nth: 2, after: thread.run.step.created } }\n"
                 "  - { times: 3, stream: { nth: 9 } }\n"),
            "");
}

TEST(FaultCheck, ASwapWithNothing) {
  EXPECT_EQ(told("  - { stream: { after: thread.run.requires_action, then: swap } }\n"),
            "x.yaml:2:58: error: nothing comes after 'thread.run.requires_action' that it could "
            "change places with; name an earlier event");
  EXPECT_EQ(told("  - { stream: { after: thread.run.cancelling, then: swap } }\n"
                 "  - { times: 2, stream: { after: thread.run.completed, then: repeat } }\n"),
            "");
}

TEST(FaultCheck, ACutInsideACharacterOfAnEventWithoutText) {
  EXPECT_EQ(told("  - { stream: { after: thread.message.created, then: cut_in_character } }\n"),
            "x.yaml:2:54: error: no 'thread.message.created' has a character of several bytes; "
            "name an event that has text, such as thread.message.delta");
  EXPECT_EQ(told("  - { stream: { after: thread.run.created, then: cut_in_character } }\n"), "");
}

TEST(FaultCheck, APlaceWhereNothingHappens) {
  EXPECT_EQ(told("  - { stream: { pieces: 7, nth: 1, after: \"*\" } }\n"),
            "x.yaml:2:33: error: 'nth' is where something happens, and 'pieces' cut the whole "
            "stream; say what happens with 'then', or leave 'nth' out\n"
            "x.yaml:2:43: error: 'after' is where something happens, and 'pieces' cut the whole "
            "stream; say what happens with 'then', or leave 'after' out");
  EXPECT_EQ(
      told(Fault{.stream =
                     StreamFault{.nth = 2, .outcome = StreamFault::Outcome::none, .pieces = 7}}),
      "stream.nth: 'nth' is where something happens, and 'pieces' cut the whole stream; say "
      "what happens with 'then', or leave 'nth' out");
}

TEST(FaultCheck, ANameIsToldOfAtItsOwnPlace) {
  EXPECT_EQ(told("  - { stream: { then: cut, after: thread.run.complete } }\n"),
            "x.yaml:2:35: error: there is no event 'thread.run.complete'; did you mean "
            "'thread.run.completed'? (every event is \"*\")");
  EXPECT_EQ(told("  - { stream: { then: rename, as: thread.run.complete } }\n"),
            "x.yaml:2:35: error: there is no event 'thread.run.complete'; did you mean "
            "'thread.run.completed'?");
  EXPECT_EQ(told("  - { stream: { then: cut, as: error } }\n"),
            "x.yaml:2:32: error: 'as' is the name that rename gives to an event");
  EXPECT_EQ(told("  - { stream: { then: rename } }\n"),
            "x.yaml:2:23: error: 'as' is missing, the name that rename gives to an event");
  EXPECT_EQ(told("  - { stream: { then: rename, after: error, as: error } }\n"),
            "x.yaml:2:49: error: the event has that name already; give it another");
}

TEST(FaultCheck, HeadersThatAServerDoesNotChoose) {
  for (const std::string name :
       {"Connection", "keep-alive", "TE", "Trailer", "upgrade", "Proxy-Connection"})
    EXPECT_EQ(told("  - { status: 500, headers: { x-odd: 1, " + name + ": x } }\n"),
              "x.yaml:2:41: error: '" + name +
                  "' is about the connection, which is the mock's own; leave it out, or say with "
                  "'connection' how it ends");
  EXPECT_EQ(told("  - { status: 500, headers: { Content-Length: 7 } }\n"),
            "x.yaml:2:31: error: 'Content-Length' is set by the mock itself; 'keep_bytes' ends a "
            "body early");
}

TEST(FaultCheck, AHeaderThatIsGivenTwice) {
  EXPECT_EQ(told("  - { status: 500, headers: { x-odd: 1, X-Odd: 2 } }\n"),
            "x.yaml:2:41: error: 'X-Odd' is there already, in whatever letters; give it once");
  EXPECT_EQ(told(Fault{.status = 500, .headers = {{"x", "1"}, {"x", "2"}}}),
            "headers: 'x' is there already, in whatever letters; give it once");
}

TEST(FaultCheck, NumbersHaveTheBoundsOfAFile) {
  using std::chrono::hours, std::chrono::milliseconds;
  EXPECT_EQ(told(Fault{.delay = hours(24)}), "");
  EXPECT_EQ(told(Fault{.delay = hours(24) + milliseconds(1)}), "delay: at most 24h is possible");
  EXPECT_EQ(told(Fault{.times = {.listed = {1'000'001}}, .status = 500}),
            "times: at most 1000000 is possible");
  EXPECT_EQ(told(Fault{.times = {.from_then_on = 1'000'001}, .status = 500}),
            "times: at most 1000000 is possible");
  EXPECT_EQ(told(Fault{.times = {.listed = std::vector<int>(1001, 1)}, .status = 500}),
            "times: at most a list of 1000 is possible");
  EXPECT_EQ(told(Fault{.keep_bytes = 1'000'000'001}), "keep_bytes: at most 1000000000 is possible");
  EXPECT_EQ(told(Fault{.stream = StreamFault{.nth = 1'000'000'001, .pieces = 1'000'000'001}}),
            "stream.nth: at most 1000000000 is possible\n"
            "stream.pieces: at most 1000000000 is possible");
  EXPECT_EQ(told(Fault{.stream = StreamFault{.pieces = 1, .pause = std::chrono::seconds{2}}}),
            "stream.pause: a pause takes from 0 to 1s");
  EXPECT_EQ(told("  - { stream: { then: cut, pause: 1ms } }\n"),
            "x.yaml:2:35: error: 'pause' comes after each of the 'pieces'; say how long those are");
}

constexpr const char* nothing_left =
    "faults before this one strike each time that it would, and the first in the file wins; give "
    "it other times, or leave it out";

TEST(FaultCheck, AFaultToWhichThoseBeforeItLeaveNothing) {
  EXPECT_EQ(told("  - { on: getRun, times: [1, 3], error: srv.500 }\n"
                 "  - { on: \"GET /threads/{thread_id}/runs/{run_id}\", times: 3, delay: 1s }\n"),
            std::string("x.yaml:3:60: error: ") + nothing_left);
  EXPECT_EQ(
      told("  - { on: getRun, error: srv.500 }\n"
           "  - { on: getRun, times: 2+, error: srv.500 }\n"
           "  - { on: getRun, error: rl.rpm }\n"
           "  - { on: getRun, per: run_id, error: rl.rpm }\n"),
      std::string("x.yaml:4:5: error: ") + nothing_left + "\nx.yaml:5:5: error: " + nothing_left);
  EXPECT_EQ(told("  - { times: 1+, stream: { pieces: 1 } }\n"
                 "  - { on: createRun, times: [7], stream: { then: cut } }\n"),
            std::string("x.yaml:3:29: error: ") + nothing_left);
  EXPECT_EQ(told("  - { on: getRun, per: run_id, while: queued, times: 2+, error: srv.500 }\n"
                 "  - { on: getRun, per: run_id, while: queued, times: 3, error: srv.500 }\n"),
            std::string("x.yaml:3:54: error: ") + nothing_left);
}

TEST(FaultCheck, FaultsThatShareTheirRequests) {
  EXPECT_EQ(told("  - { on: getRun, times: [1, 3], error: srv.500 }\n"
                 "  - { on: getRun, times: [1, 2], error: rl.rpm }\n"
                 "  - { on: getRun, times: 3+, error: rl.rpm }\n"),
            "");
  EXPECT_EQ(told("  - { on: createRun, times: 1+, delay: 1s }\n"
                 "  - { on: createRun, times: 1, stream: { then: cut } }\n"
                 "  - { on: createThread, error: rl.rpm }\n"),
            "");
  EXPECT_EQ(told("  - { error: srv.500 }\n"
                 "  - { on: getRun, error: srv.500 }\n"
                 "  - { on: getRun, per: run_id, error: srv.500 }\n"
                 "  - { on: getRun, per: thread_id, error: srv.500 }\n"
                 "  - { on: getRun, while: queued, error: srv.500 }\n"),
            "");
}

}  // namespace
}  // namespace assistants_mock::scenarios
