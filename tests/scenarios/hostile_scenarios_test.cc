// Whatever text comes: a scenario or a ScenarioError, within bounds of time and memory.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "assistants_mock/scenario_book.h"
#include "scenarios/scenario_parser.h"
#include "scenarios/scenario_writer.h"
#include "scenarios/source_text.h"
#include "scenarios/value_reader.h"
#include "tests/golden_file.h"
#include "tests/scenarios/scenario_generators.h"

namespace assistants_mock::scenarios {
namespace {

// What is wrong with the text in one line; empty when nothing is.
std::string first_mistake(std::string_view yaml) {
  try {
    parse_scenario(yaml, "hostile.yaml");
    return "";
  } catch (const ScenarioError& error) {
    EXPECT_FALSE(error.mistakes().empty());
    EXPECT_LE(error.mistakes().size(), 101u);
    for (const Mistake& mistake : error.mistakes()) {
      EXPECT_GE(mistake.line, 1);
      EXPECT_GE(mistake.column, 1);
      EXPECT_FALSE(mistake.what.empty());
    }
    return error.mistakes().empty() ? "no mistake" : error.mistakes().front().what;
  }
}

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() + piece.size() <= bytes) text += piece;
  return text;
}

TEST(HostileScenarios, OfOneByteAreRefused) {
  for (int byte = 0; byte < 256; ++byte)
    EXPECT_NE(first_mistake(std::string(1, static_cast<char>(byte))), "") << byte;
}

TEST(HostileScenarios, OfTwoBytesAreRefused) {
  constexpr std::string_view bytes = "\0\t\n\r !\"#$%&'*+,-.0:<>?@[\\]`a{|}~\x7F\x80\xC3\xEF\xFF";
  for (char first : bytes)
    for (char second : bytes) EXPECT_NE(first_mistake(std::string{first, second}), "");
}

// A file that was cut while it was saved.
TEST(HostileScenarios, CutAnywhereAreAScenarioOrAMistake) {
  const std::string whole = file_text(source_path("fixtures/written_scenario.yaml"));
  ASSERT_EQ(first_mistake(whole), "");
  for (std::size_t length = 0; length < whole.size(); ++length)
    first_mistake(std::string_view(whole).substr(0, length));
}

RC_GTEST_PROP(HostileScenarios, WithAnyByteChangedAreAScenarioOrAMistake, ()) {
  std::string yaml = to_yaml(*any_scenario());
  const int changes = pick_number(1, 3);
  for (int change = 0; change < changes; ++change)
    yaml[static_cast<std::size_t>(pick_number(0, static_cast<int>(yaml.size()) - 1))] =
        *rc::gen::arbitrary<char>();
  first_mistake(yaml);
}

RC_GTEST_PROP(HostileScenarios, WithPiecesPutInAreAScenarioOrAMistake, ()) {
  std::string yaml = to_yaml(*any_scenario());
  const int pieces = pick_number(1, 3);
  for (int piece = 0; piece < pieces; ++piece)
    yaml.insert(static_cast<std::size_t>(pick_number(0, static_cast<int>(yaml.size()))),
                pick_one_of(odd_pieces()));
  first_mistake(yaml);
}

// Pieces that YAML readers are known to take long over, or to nest by.
TEST(HostileScenarios, ThatRepeatOnePieceComeToAnEnd) {
  for (std::string_view piece :
       {"[",     "{",   "- ",   "? ",   ": ",    "\"",      "'",   "&a ", "*a ",   "#",
        "\n",    "|\n", "%a\n", "!a ",  "---\n", ",",       "[],", "x\n", "a:\n ", "- - ",
        "- a\n", "a: ", "[a: ", "{a: ", "x ",    "? a\n: ", "é",   "$",   "${",    "- &a [*a]\n"}) {
    const std::string whole = repeated(piece, max_file_bytes / 16);
    EXPECT_NE(first_mistake(whole), "") << piece;
    EXPECT_NE(first_mistake("runs: [" + whole), "") << piece;
    EXPECT_NE(first_mistake("runs: [{ do: [{ say: \"" + whole + "\\"), "") << piece;
  }
}

TEST(HostileScenarios, AsLargeAsAFileMayBeComeToAnEnd) {
  for (std::string_view piece : {"[", "x\n", "[a: ", "${"})
    EXPECT_NE(first_mistake(repeated(piece, max_file_bytes)), "") << piece;
}

TEST(HostileScenarios, AByteOverTheLimitAreNotRead) {
  const std::string fits = "runs: [{ do: [] }] #";
  EXPECT_EQ(first_mistake(fits + std::string(max_file_bytes - fits.size(), '#')), "");
  EXPECT_EQ(first_mistake(fits + std::string(max_file_bytes - fits.size() + 1, '#')),
            "the file is too large: 1048577 bytes, at most 1048576 are read");
}

TEST(HostileScenarios, OfThousandsOfMistakesTellAHundred) {
  std::string keys;
  for (int key = 0; key < 40'000; ++key)
    keys += "incompletd_assistnts_" + std::to_string(key) + ": 1\n";
  EXPECT_NE(first_mistake("runs: [{ do: [] }]\n" + keys), "");
  EXPECT_NE(first_mistake("runs: [{ do: [{ say: '" + repeated("${mesage} ", 200'000) + "' }] }]"),
            "");
}

TEST(HostileScenarios, WithManyFunctionsAndReferencesComeToAnEnd) {
  std::string steps;
  for (int step = 0; step < 300; ++step) {
    steps += "      - call: [";
    for (int call = 0; call < 100; ++call) steps += "f" + std::to_string(step * 100 + call) + ",";
    steps += "]\n";
  }
  const std::string references = repeated("${outputs.f29999.a.b} ", 200'000);
  EXPECT_EQ(first_mistake("runs:\n  - do:\n" + steps + "      - say: '" + references + "'\n"), "");
  EXPECT_NE(first_mistake("runs:\n  - do:\n" + steps + "      - say: '" +
                          repeated("${outputs.f3.a.b.} ", 200'000) + "'\n"),
            "");
}

TEST(HostileScenarios, WithCostlyPatternsAreRefused) {
  EXPECT_NE(
      first_mistake("runs: [{ when: { message: '((x{100}){100}){100}' }, do: [] }]").find("RE2"),
      std::string::npos);
  std::string rules;
  for (int rule = 0; rule < 900; ++rule)
    rules += "  - { when: { message: '[a-é]{900}" + std::to_string(rule) + "' }, do: [] }\n";
  EXPECT_EQ(first_mistake("runs:\n" + rules),
            "the patterns of this scenario are together too large");
}

TEST(HostileScenarios, OfTooManyRulesStepsPartsOrCallsAreRefused) {
  EXPECT_EQ(first_mistake("runs: [" + repeated("{ when: { times: 1 }, do: [] },", 31 * 1001) + "]"),
            "'runs' has 1001 entries, at most 1000 are possible");
  EXPECT_EQ(first_mistake("runs: [{ do: [" + repeated("{ wait: 0 },", 12 * 1001) + "] }]"),
            "'do' has 1001 entries, at most 1000 are possible");
  const std::string half =
      "{ when: { outputs: { f: x } }, do: [" + repeated("{ wait: 0 },", 12 * 600) + "] },";
  EXPECT_EQ(first_mistake("runs: [{ do: [{ call: f }," + half + half + "] }]"),
            "a rule has at most 1000 steps, those of its when steps included");
  EXPECT_EQ(first_mistake("runs: [{ do: [{ say: [" + repeated("x,", 2 * 101) + "] }] }]"),
            "'say' has 101 entries, at most 100 are possible");
  EXPECT_EQ(first_mistake("runs: [{ do: [{ call: [" + repeated("x,", 2 * 129) + "] }] }]"),
            "'call' has 129 entries, at most 128 are possible");
  EXPECT_EQ(
      first_mistake("runs: [{ do: [{ say: " + std::string(max_text_bytes + 1, 'x') + " }] }]"),
      "'say' is too long: 262145 bytes, at most 262144 are possible");
}

}  // namespace
}  // namespace assistants_mock::scenarios
