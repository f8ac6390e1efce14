// What hosted tools do to a script: the acts of their calls, and the texts that refer to them.
#include "scenarios/hosted_tools.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "scenarios/explain.h"
#include "scenarios/playback.h"
#include "scenarios/text_pieces.h"
#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {
namespace {

// Finds what it is given, and keeps what was asked.
struct FakeTools : HostedTools {
  std::vector<FoundChunk> found = {};
  std::vector<std::string> asked = {};

  std::vector<FoundChunk> search(const std::string& query) override {
    asked.push_back(query);
    return found;
  }
};

FoundChunk chunk(std::string filename, std::string text) {
  return {.file_id = "file-" + filename,
          .filename = std::move(filename),
          .score = 0.5,
          .text = std::move(text)};
}

Step calls(std::vector<CalledTool> tools) {
  return {Call{.tools = std::move(tools), .pieces = {.unit = Pieces::Unit::whole}}};
}
Step says(std::string text) {
  return {Say{.parts = {TextPart{std::move(text)}}, .pieces = {.unit = Pieces::Unit::whole}}};
}

std::vector<TimedAct> turn_of(std::vector<Step> steps, HostedTools& tools,
                              std::vector<SeededFile> files = {}) {
  Scenario scenario{.name = "book", .files = std::move(files)};
  scenario.rules.push_back({.steps = std::move(steps)});
  Playback playback(std::make_shared<const Scenario>(std::move(scenario)), RuleMatch{},
                    Conversation{{.message = "What?"}, "thread_1", "run_1"});
  return playback.next_turn(tools);
}

std::vector<AddToMessage> said(const std::vector<TimedAct>& turn) {
  std::vector<AddToMessage> deltas;
  for (const TimedAct& timed : turn)
    if (const auto* add = std::get_if<AddToMessage>(&timed.act)) deltas.push_back(*add);
  return deltas;
}

std::string words(const std::vector<TimedAct>& turn) {
  std::string text;
  for (const AddToMessage& delta : said(turn)) text += delta.piece;
  return text;
}

TEST(HostedTools, EndTheirStepByThemselves) {
  FakeTools tools;
  tools.found = {chunk("a.txt", "One.")};
  const CodeRun code{.input = "1 + 1",
                     .outputs = {Logs{"${message}"}, MadeFile{"p.png", "bytes"}},
                     .files = {{"r.csv", "a"}}};
  EXPECT_EQ('\n' + timeline(turn_of({calls({FileSearch{}, code}), says("Two.")}, tools), ""), R"(
0.000 s           tool calls begin
0.166 s           call 0: file_search "What?", found a.txt (0.5)
0.333 s           call 1: code_interpreter
0.500 s           input: 1 + 1
0.666 s           a file is made: r.csv, 1 bytes
0.666 s           output 0: logs "What?"
0.833 s           a file is made: p.png, 5 bytes
0.833 s           output 1: image p.png
0.833 s           the tool calls end
1.000 s           a message begins
1.000 s           text: Two.
1.000 s           the message ends
1.000 s           the run is completed
)");
  EXPECT_EQ(tools.asked, std::vector<std::string>{"What?"});
}

TEST(HostedTools, WaitWithTheFunctionsOfTheirStep) {
  FakeTools tools;
  const auto turn = turn_of({calls({FileSearch{}, FunctionCall{"f"}}), says("never")}, tools);
  EXPECT_TRUE(std::holds_alternative<CallsMade>(turn.back().act));
  EXPECT_EQ(words(turn), "");
}

TEST(HostedTools, StayOpenWhenTheirStepIsUnfinished) {
  FakeTools tools;
  Call call{.tools = {CodeRun{.input = "x"}, FunctionCall{"f"}}};
  call.unfinished = true;
  const auto turn = turn_of({{call}, {Fail{"server_error", "No."}}}, tools);
  EXPECT_TRUE(std::holds_alternative<Error>(turn.back().act));
  for (const TimedAct& timed : turn) EXPECT_FALSE(std::holds_alternative<EndCalls>(timed.act));
}

TEST(HostedTools, AreReferredToByLaterSteps) {
  FakeTools tools;
  tools.found = {chunk("a.txt", "One."), chunk("b.txt", "Two.")};
  const CodeRun code{.input = "", .files = {{"r.csv", "a"}}};
  EXPECT_EQ(words(turn_of({calls({FileSearch{}, code}),
                           says("${results[1].text} ${results[1].filename} ${results[1].file_id} "
                                "${results[1].score} ${cite[0]} ${link.r.csv}")},
                          tools)),
            "Two. b.txt file-b.txt 0.5 【4:0†a.txt】 sandbox:/mnt/data/r.csv");
  EXPECT_EQ(words(turn_of({calls({FileSearch{}}), calls({FileSearch{}}),
                           says("${cite[1]} ${cite[2]} ${results[0]} ${results[2].text} "
                                "${results[0].txt} ${cite[0].text} ${link.r.csv}")},
                          tools)),
            "【8:1†b.txt】 ${cite[2]} ${results[0]} ${results[2].text} ${results[0].txt} "
            "${cite[0].text} ${link.r.csv}");
}

TEST(HostedTools, AnnotateInCharacters) {
  FakeTools tools;
  tools.found = {chunk("é.txt", "")};
  const auto deltas =
      said(turn_of({calls({FileSearch{}}), says("漢字😀e\u0301${cite[0]}, ${cite[0]}")}, tools));
  ASSERT_EQ(deltas.size(), 4U);
  EXPECT_FALSE(deltas[0].annotation);
  EXPECT_EQ(deltas[1].piece, "【4:0†é.txt】");
  EXPECT_EQ(deltas[1].annotation->mark, (Mark{MarkKind::file_citation, "file-é.txt"}));
  EXPECT_EQ(deltas[1].annotation->begin, 5U);
  EXPECT_EQ(deltas[1].annotation->end, 16U);
  EXPECT_EQ(deltas[3].annotation->begin, 18U);
}

TEST(HostedTools, ScriptResultsByFilesOfTheScenario) {
  FakeTools tools;
  FileSearch search;
  search.results = {
      {"a.txt", "${message}", 0.25}, {"file-b", "", 1}, {"c.txt", "", 1}, {"file-d", "", 1}};
  const auto turn =
      turn_of({calls({search})}, tools,
              {{.id = "file-a", .filename = "a.txt"}, {.id = "file-b", .filename = "b.txt"}});
  const auto& found = std::get<AddSearch>(turn.at(1).act).results;
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0], (FoundChunk{"file-a", "a.txt", 0.25, "What?"}));
  EXPECT_EQ(found[1].filename, "b.txt");
  EXPECT_TRUE(found[2].file_id.starts_with("file-"));
  EXPECT_EQ(found[2].file_id.size(), 27U);
  EXPECT_EQ(found[2].file_id, found_chunk({"c.txt", "", 1}, "", {}, tools).file_id);
  EXPECT_NE(found[2].file_id, found_chunk({"d.txt", "", 1}, "", {}, tools).file_id);
  EXPECT_EQ(found[3].file_id, "file-d");
  EXPECT_TRUE(tools.asked.empty());
}

TEST(HostedTools, TakeNoMoreThanASearchMayFind) {
  FakeTools tools;
  tools.found.assign(max_found + 5, chunk("a.txt", "One."));
  const auto turn = turn_of({calls({FileSearch{}})}, tools);
  EXPECT_EQ(std::get<AddSearch>(turn.at(1).act).results.size(), max_found);
}

TEST(HostedTools, SurviveHostileFindings) {
  FakeTools tools;
  tools.found = {chunk("\xFF】.txt", std::string(5'000'000, '\xFE'))};
  const auto deltas = said(
      turn_of({calls({FileSearch{}}), says("a${cite[0]}${results[0].text}${cite[0]}")}, tools));
  std::string text;
  for (const AddToMessage& delta : deltas) text += delta.piece;
  EXPECT_LE(text.size(), max_filled_bytes);
  EXPECT_EQ(valid_utf8(text), text);
  ASSERT_GE(deltas.size(), 3U);
  EXPECT_EQ(deltas[1].piece, "【4:0†\uFFFD】.txt】");
  EXPECT_FALSE(deltas.back().annotation) << "the second citation does not fit any more";
}

TEST(HostedTools, KeepPiecesFewHoweverManyCitationsThereAre) {
  FakeTools tools;
  tools.found = {chunk("a", "")};
  std::string text;
  constexpr std::size_t citations = 500;
  for (std::size_t place = 0; place < citations; ++place)
    text += std::string(4'000, 'x') + "${cite[0]}";
  Say say{.parts = {TextPart{text}}};
  say.pieces = {Pieces::Unit::characters, 1};
  EXPECT_LE(said(turn_of({calls({FileSearch{}}), {say}}, tools)).size(),
            max_pieces + 2 * citations);
}

// Whatever stands around them and however it is cut: each mark is a piece of its own, and its
// offsets are where its text stands.
RC_GTEST_PROP(HostedTools, MarksStandWhereTheirOffsetsSay, ()) {
  FakeTools tools;
  tools.found = {chunk("漢.txt", "é"), chunk("b.txt", "")};
  const auto stretches =
      *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
          "a word ", "漢字", "😀", "e\u0301", "${cite[0]}", "${cite[1]}", "${link.r.csv}",
          "${results[0].text}", "${cite[7]}", "12.5, ", "\xFF"));
  std::string text;
  for (const std::string& stretch : stretches) text += stretch;
  Say say{.parts = {TextPart{text}}};
  say.pieces = {Pieces::Unit::characters, *rc::gen::inRange(1, 9)};
  const auto deltas =
      said(turn_of({calls({FileSearch{}, CodeRun{.files = {{"r.csv", ""}}}}), {say}}, tools));
  std::size_t place = 0;
  std::size_t marks = 0;
  for (const AddToMessage& delta : deltas) {
    const std::size_t end = place + character_count(delta.piece);
    if (delta.annotation) {
      ++marks;
      RC_ASSERT(delta.annotation->begin == place);
      RC_ASSERT(delta.annotation->end == end);
      RC_ASSERT(delta.piece.starts_with("【4:") || delta.piece == "sandbox:/mnt/data/r.csv");
    }
    place = end;
  }
  const auto meant = std::ranges::count_if(stretches, [](const std::string& stretch) {
    return stretch == "${cite[0]}" || stretch == "${cite[1]}" || stretch == "${link.r.csv}";
  });
  RC_ASSERT(marks == static_cast<std::size_t>(meant));
}

}  // namespace
}  // namespace assistants_mock::scenarios
