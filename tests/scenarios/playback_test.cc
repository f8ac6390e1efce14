#include "scenarios/playback.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "scenarios/explain.h"
#include "scenarios/turn_timing.h"

namespace assistants_mock::scenarios {
namespace {

using namespace std::chrono_literals;

Say text(std::string words) {
  return {.parts = {TextPart{std::move(words)}}};
}
Say unfinished(std::string words) {
  Say say = text(std::move(words));
  say.unfinished = true;
  return say;
}
Call calls(std::vector<FunctionCall> functions) {
  Call call;
  for (FunctionCall& function : functions) call.tools.emplace_back(std::move(function));
  return call;
}

std::vector<TimedAct> next_turn(Playback& playback) {
  const Scenario no_files;
  SeededFilesFound tools(no_files);
  return playback.next_turn(tools);
}

Playback playing(std::vector<Step> steps, RunQuestion question = {}) {
  Scenario scenario{.name = "book"};
  scenario.rules.push_back({.steps = std::move(steps)});
  return {std::make_shared<const Scenario>(std::move(scenario)), RuleMatch{},
          Conversation{std::move(question), "thread_1", "run_1"}};
}

std::vector<TimedAct> first_turn(std::vector<Step> steps, RunQuestion question = {}) {
  Playback playback = playing(std::move(steps), std::move(question));
  return next_turn(playback);
}

std::string played(std::vector<Step> steps) {
  return '\n' + timeline(first_turn(std::move(steps)), "");
}

TEST(Playback, SpreadsATurnThatSaysNothingOfTimeOverASecond) {
  EXPECT_EQ(played({{text("It is warm.")}}), R"(
0.250 s           a message begins
0.250 - 1.000 s   text: It¦ is¦ warm¦.
1.000 s           the message ends
1.000 s           the run is completed
)");
}

TEST(Playback, GivesEveryDeltaItsOwnMillisecond) {
  const auto turn = first_turn({{text("one two three")}});
  ASSERT_EQ(turn.size(), 6U);
  EXPECT_EQ(turn[1].after, 333ms);
  EXPECT_EQ(turn[2].after, 666ms);
  EXPECT_EQ(turn[3].after, 1000ms);
}

TEST(Playback, SpreadsTheDeltasOfAllMessagesOfATurn) {
  EXPECT_EQ(played({{text("One two")}, {text("Three four")}}), R"(
0.250 s           a message begins
0.250 - 0.500 s   text: One¦ two
0.500 s           the message ends
0.750 s           a message begins
0.750 - 1.000 s   text: Three¦ four
1.000 s           the message ends
1.000 s           the run is completed
)");
}

TEST(Playback, EndsAtASecondWhenNothingIsSaid) {
  EXPECT_EQ(played({}), "\n1.000 s           the run is completed\n");
  EXPECT_EQ(played({{Fail{"server_error", "Sorry."}}}),
            "\n1.000 s           the run fails: server_error, \"Sorry.\"\n");
  EXPECT_EQ(played({{Incomplete{"max_prompt_tokens"}}}),
            "\n1.000 s           the run is incomplete: max_prompt_tokens\n");
}

TEST(Playback, KeepsExplicitWaitsAndAddsNothing) {
  EXPECT_EQ(played({{Wait{2s}}, {text("One two")}, {Wait{500ms}}, {text("Three")}, {Wait{1s}}}), R"(
2.000 s           a message begins
2.000 s           text: One¦ two
2.000 s           the message ends
2.500 s           a message begins
2.500 s           text: Three
2.500 s           the message ends
3.500 s           the run is completed
)");
  EXPECT_EQ(played({{Wait{0s}}}), "\n0.000 s           the run is completed\n");
}

TEST(Playback, SpreadsAStepOverTheTimeItIsGiven) {
  Say slow = text("One two three four");
  slow.over = 2s;
  EXPECT_EQ(played({{Wait{1s}}, {slow}, {text("At once")}}), R"(
1.500 s           a message begins
1.500 - 3.000 s   text: One¦ two¦ three¦ four
3.000 s           the message ends
3.000 s           a message begins
3.000 s           text: At¦ once
3.000 s           the message ends
3.000 s           the run is completed
)");
}

TEST(Playback, SaysSeveralPartsInOrder) {
  const Say say{.parts = {TextPart{"Look"}, ImageUrlPart{"https://x/${run.id}.png", "low"},
                          RefusalPart{"No more"}},
                .usage = Usage{7, 3}};
  EXPECT_EQ(played({{say}}), R"(
0.250 s           a message begins (usage: 7 prompt, 3 completion tokens)
0.250 s           text: Look
0.500 s           part 1, image_url (detail low): https://x/run_1.png
0.750 - 1.000 s   part 2, refusal: No¦ more
1.000 s           the message ends
1.000 s           the run is completed
)");
}

TEST(Playback, GivesAnEmptyPartOneEmptyDelta) {
  const auto turn = first_turn({{text("${message}")}});
  ASSERT_EQ(turn.size(), 4U);
  EXPECT_EQ(std::get<AddToMessage>(turn[1].act).piece, "");
  EXPECT_EQ(turn[1].after, 1s);
}

TEST(Playback, CallsFunctionsOneAfterTheOther) {
  const auto call = calls({{"get_weather", Json{{"city", "${message}"}, {"days", 3}}},
                           {"get_time"},
                           {"odd", std::string("{\"run\": ${run.id}")},
                           {"empty", std::string()}});
  EXPECT_EQ('\n' + timeline(first_turn({{call}}, {.message = "\"Oslo\""}), ""), R"(
0.000 s           tool calls begin
0.055 s           call 0: get_weather
0.111 - 0.555 s   arguments: {"¦city¦":"\"¦Oslo¦\"","¦days¦":¦3¦}
0.611 s           call 1: get_time
0.666 s           arguments: {}
0.722 s           call 2: odd
0.777 - 0.944 s   arguments: {"¦run¦":¦ run_1
1.000 s           call 3: empty
1.000 s           the run requires action: it waits for the outputs
)");
}

TEST(Playback, FillsStringsOfNestedArguments) {
  const auto call =
      calls({{"f", Json::parse(R"({"a": [{"${run.id}": "${run.id}"}, 1.5, null]})")}});
  const auto turn =
      first_turn({{Call{.tools = call.tools, .pieces = {.unit = Pieces::Unit::whole}}}});
  EXPECT_EQ(std::get<AddArguments>(turn[2].act).piece, R"({"a":[{"${run.id}":"run_1"},1.5,null]})");
}

TEST(Playback, GoesOnAfterTheOutputs) {
  Playback playback = playing({{calls({{"f"}, {"f"}})},
                               {calls({{"g", Json{{"of", "${outputs.f}"}}}})},
                               {text("${outputs.f[0]}, ${outputs.f}, ${outputs.g}")}});
  EXPECT_TRUE(std::holds_alternative<CallsMade>(next_turn(playback).back().act));
  playback.outputs_arrived({{"f", "one"}, {"f", "two"}});
  EXPECT_EQ('\n' + timeline(next_turn(playback), ""), R"(
0.000 s           tool calls begin
0.166 s           call 0: g
0.333 - 1.000 s   arguments: {"¦of¦":"¦two¦"}
1.000 s           the run requires action: it waits for the outputs
)");
  playback.outputs_arrived({{"g", "three"}});
  EXPECT_EQ('\n' + timeline(next_turn(playback), ""), R"(
0.200 s           a message begins
0.200 - 1.000 s   text: one¦,¦ two¦,¦ three
1.000 s           the message ends
1.000 s           the run is completed
)");
}

TEST(Playback, CanSpeakBeforeItCalls) {
  EXPECT_EQ(played({{text("Wait")}, {calls({{"f"}})}, {text("Done")}}), R"(
0.333 s           a message begins
0.333 s           text: Wait
0.333 s           the message ends
0.333 s           tool calls begin
0.666 s           call 0: f
1.000 s           arguments: {}
1.000 s           the run requires action: it waits for the outputs
)");
}

TEST(Playback, LeavesAnUnfinishedMessageOpen) {
  EXPECT_EQ(played({{unfinished("Half a")}, {Incomplete{"max_completion_tokens"}}}), R"(
0.500 s           a message begins
0.500 - 1.000 s   text: Half¦ a
1.000 s           the run is incomplete: max_completion_tokens
)");
}

TEST(Playback, FallsSilentWhenItHangs) {
  const auto turn = first_turn({{Wait{3s}}, {unfinished("Hm")}, {Hang{}}, {text("never")}});
  ASSERT_EQ(turn.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<Silence>(turn.back().act));
}

TEST(Playback, FillsTheMessageOfAFailure) {
  const auto turn = first_turn({{Fail{"x", "${model} is gone"}}}, {.model = "m"});
  EXPECT_EQ(std::get<Error>(turn.back().act).message, "m is gone");
}

Step branch(std::string function, std::string pattern, std::vector<Step> then,
            std::vector<Step> otherwise) {
  return {
      Branch{{{std::move(function), std::move(pattern)}}, std::move(then), std::move(otherwise)}};
}

std::string words_after(std::vector<Step> steps, const std::string& output) {
  Playback playback = playing(std::move(steps));
  next_turn(playback);
  playback.outputs_arrived({{"f", output}});
  std::string words;
  for (const TimedAct& timed : next_turn(playback))
    if (const auto* add = std::get_if<AddToMessage>(&timed.act)) words += add->piece;
  return words;
}

TEST(Playback, BranchesOnTheLatestOutputAndComesBack) {
  const std::vector<Step> steps{{calls({{"f"}})},
                                branch("f", "(?i)error", {{text("bad ")}}, {{text("good ")}}),
                                branch("other", "", {{text("told ")}}, {{text("untold ")}}),
                                branch("f", "^$", {}, {branch("f", "x", {{text("x ")}}, {})}),
                                {text("end")}};
  EXPECT_EQ(words_after(steps, "Error x"), "bad untold x end");
  EXPECT_EQ(words_after(steps, "fine"), "good untold end");
  EXPECT_EQ(words_after(steps, ""), "good untold end");
}

TEST(Playback, BranchesOnAllOutputsTogether) {
  Playback playback = playing({{Branch{{{"f", "1"}, {"g", "2"}}, {{text("both")}}, {}}}});
  playback.outputs_arrived({{"f", "1"}, {"g", "3"}});
  EXPECT_EQ(next_turn(playback).size(), 1U);
}

TEST(Playback, DoesNotFitAPatternThatDoesNotCompile) {
  EXPECT_EQ(words_after({{calls({{"f"}})}, branch("f", "(", {{text("a")}}, {{text("b")}})}, "("),
            "b");
}

TEST(Playback, SurvivesHostileOutputs) {
  const std::vector<Step> steps{{calls({{"f"}})}, {text("${outputs.f} ${outputs.f.a.b}")}};
  EXPECT_EQ(words_after(steps, "\xFF"), "\uFFFD ${outputs.f.a.b}");
  const std::string huge(5'000'000, '[');
  EXPECT_LE(words_after(steps, huge).size(), max_filled_bytes);
}

// Whatever is scripted, times never fall, indices never skip, and the last act alone is an end.
void check_turn(const std::vector<TimedAct>& turn) {
  RC_ASSERT(!turn.empty());
  Duration before{};
  std::size_t ends = 0;
  for (const TimedAct& timed : turn) {
    RC_ASSERT(timed.after >= before);
    before = timed.after;
    if (timed.act.index() >= Act(CallsMade{}).index()) ++ends;
  }
  RC_ASSERT(ends == 1U);
  RC_ASSERT(turn.back().act.index() >= Act(CallsMade{}).index());
}

rc::Gen<Step> any_step() {
  const auto short_time =
      rc::gen::map(rc::gen::inRange(0, 5000), [](int ms) { return Duration(ms); });
  const auto wait = rc::gen::map(short_time, [](Duration length) { return Step{Wait{length}}; });
  const auto say =
      rc::gen::map(rc::gen::pair(rc::gen::maybe(short_time), rc::gen::string<std::string>()),
                   [](const auto& made) {
                     const auto& [over, words] = made;
                     Say say = text(words);
                     if (over) say.over = *over;
                     return Step{say};
                   });
  const auto call = rc::gen::map(rc::gen::inRange(1, 4), [](int count) {
    return Step{calls(std::vector<FunctionCall>(static_cast<std::size_t>(count), {"f"}))};
  });
  const auto end = rc::gen::element(Step{Hang{}}, Step{Fail{"c", "m"}}, Step{Incomplete{"r"}});
  return rc::gen::weightedOneOf<Step>({{4, wait}, {6, say}, {3, call}, {1, end}});
}

RC_GTEST_PROP(Playback, TurnsAreInOrderAndEndOnce, ()) {
  Playback playback = playing(*rc::gen::container<std::vector<Step>>(any_step()));
  while (true) {
    const auto turn = next_turn(playback);
    check_turn(turn);
    if (!std::holds_alternative<CallsMade>(turn.back().act)) break;
    playback.outputs_arrived({{"f", "out"}});
  }
}

RC_GTEST_PROP(Playback, TheLastDeltaIsAtTheEndOfItsTime, ()) {
  const Duration over{*rc::gen::inRange(0, 100'000)};
  Say say = text(*rc::gen::nonEmpty(rc::gen::string<std::string>()));
  say.over = over;
  const auto turn = first_turn({{say}});
  RC_ASSERT(turn.end()[-3].after == over);
  RC_ASSERT(is_delta(turn.end()[-3].act));
  RC_ASSERT(turn.back().after == over);
}

}  // namespace
}  // namespace assistants_mock::scenarios
