// What a tester reads when a run is not answered by the rule that was meant: in the run's
// last_error, from `assistants-mock explain`, and in the lines for the journal. A golden file under
// fixtures/why_not/ for each kind of difference.
#include <gtest/gtest.h>

#include <string>

#include "scenarios/explain.h"
#include "scenarios/rule_matching.h"
#include "tests/golden_file.h"
#include "tests/mock_server/test_api.h"

namespace assistants_mock::scenarios {
namespace {

using nlohmann::ordered_json;

// What a run is about. The assistant is there from the start, as its id is.
RunQuestion question() {
  return {.message = "What is the weather in Oslo?",
          .assistant_id = "asst_guide",
          .assistant_name = "Guide",
          .model = "gpt-4o",
          .instructions = "Be brief.",
          .metadata = {}};
}

RunQuestion saying(std::string message) {
  RunQuestion asked = question();
  asked.message = std::move(message);
  return asked;
}

RunQuestion with_metadata(std::map<std::string, std::string> metadata) {
  RunQuestion asked = question();
  asked.metadata = std::move(metadata);
  return asked;
}

// `rules` as in a scenario file, and the assistant that `asked` names.
Scenario scenario_of(const std::string& rules, const RunQuestion& asked) {
  Scenario scenario = ScenarioBook::parse("scenario: shop\nruns:\n" + rules).scenario();
  Json assistant = {{"model", "gpt-4o"}};
  if (!asked.assistant_name.empty()) assistant["name"] = asked.assistant_name;
  scenario.assistants.push_back({asked.assistant_id, assistant});
  return scenario;
}

// The run as a client makes it.
std::string run_body(const RunQuestion& asked) {
  ordered_json body = {{"assistant_id", asked.assistant_id}, {"model", asked.model}};
  if (!asked.instructions.empty()) body["instructions"] = asked.instructions;
  if (!asked.metadata.empty()) body["metadata"] = asked.metadata;
  if (!asked.message.empty())
    body["thread"]["messages"] = {{{"role", "user"}, {"content", asked.message}}};
  return body.dump();
}

// What the API says of the last of `asked_before` and one equal runs.
std::string last_error(const Scenario& scenario, const RunQuestion& asked, int asked_before) {
  mock_server::TestApi api;
  api.api().play(RuleMatcher(std::make_shared<const Scenario>(scenario)));
  ordered_json run;
  for (int time = 0; time <= asked_before; ++time) {
    run = api.post("/threads/runs", run_body(asked)).json;
    api.advance(std::chrono::seconds{5});
  }
  run = api.get("/threads/" + run["thread_id"].get<std::string>() + "/runs/" +
                run["id"].get<std::string>())
            .json;
  if (run["last_error"].is_null()) return "none: the run is " + run["status"].get<std::string>();
  return run["last_error"]["message"].get<std::string>();
}

std::string lines_of_the_journal(const Scenario& scenario, const RunQuestion& asked,
                                 int asked_before) {
  const RuleMatcher matcher(std::make_shared<const Scenario>(scenario));
  RuleCounts counts;
  RuleChoice choice = matcher.choose(asked, counts);
  for (int time = 0; time < asked_before; ++time) choice = matcher.choose(asked, counts);
  std::string text;
  for (const std::string& line : why_not(scenario, choice)) text += line + '\n';
  return text;
}

void expect_told(const std::string& name, const std::string& rules, const RunQuestion& asked,
                 int asked_before = 0) {
  const Scenario scenario = scenario_of(rules, asked);
  const std::string error = last_error(scenario, asked, asked_before);
  const std::string explained = explain(scenario, asked, asked_before);
  expect_golden("fixtures/why_not/" + name + ".txt",
                rules + "---- last_error of the run\n" + error + "\n---- explain\n" + explained +
                    "---- journal\n" + lines_of_the_journal(scenario, asked, asked_before));
  const bool answered = error.starts_with("none: ");
  EXPECT_TRUE(answered || explained.ends_with("\n\n" + error + "\n"))
      << "explain foretells what the run says";
}

TEST(WhyNot, AnotherMessage) {
  expect_told("message",
              "  - { name: time, when: { message: 'what time' }, do: [ { say: Noon. } ] }\n",
              question());
}

TEST(WhyNot, AMessageInAnotherCase) {
  expect_told("message_case",
              "  - { when: { message: 'WEATHER in (\\w+)' }, do: [ { say: Fog. } ] }\n",
              question());
}

TEST(WhyNot, AMessageOfSeveralLines) {
  expect_told("message_lines",
              "  - { name: one line, when: { message: 'weather.*Oslo' }, do: [ { say: Fog. } ] }\n"
              "  - { name: whole, when: { message: '^in Oslo$' }, do: [ { say: Fog. } ] }\n"
              "  - { name: words, when: { message: 'the weather in' }, do: [ { say: Fog. } ] }\n",
              saying("What is the weather\nin Oslo\nplease?"));
}

TEST(WhyNot, AMessageWithWhiteSpaceAround) {
  expect_told("message_white_space",
              "  - { name: value, when: { message: '^yes$' }, do: [ { say: Good. } ] }\n"
              "  - { name: between, when: { message: '^ yes $' }, do: [ { say: Good. } ] }\n"
              "  - { name: pattern, when: { message: '  yes' }, do: [ { say: Good. } ] }\n",
              saying(" yes\n"));
}

TEST(WhyNot, AMessageThatHasThePatternWordForWord) {
  expect_told("message_signs",
              "  - { when: { message: 'Is $5' }, do: [ { say: Ten. } ] }\n"
              "  - { when: { message: '5.00 [each] the cost (net)?' }, do: [ { say: Ten. } ] }\n",
              saying("Is $5.00 [each] the cost (net)?"));
}

TEST(WhyNot, AMessageWhoseWordsAreElsewhere) {
  RunQuestion asked = with_metadata({{"topic", "weather"}});
  asked.message = "What is it like in Oslo?";
  asked.instructions = "Talk like a pirate.";
  expect_told("message_elsewhere",
              "  - { name: told, when: { message: 'pirate' }, do: [ { say: Arr. } ] }\n"
              "  - { name: noted, when: { message: 'weather' }, do: [ { say: Fog. } ] }\n"
              "  - { name: any, when: { message: 'zz|\\d+' }, do: [ { say: Fog. } ] }\n",
              asked);
}

TEST(WhyNot, NoMessageAtAll) {
  expect_told("message_empty",
              "  - { when: { message: '.' }, do: [ { say: Hello. } ] }\n"
              "  - { when: { message: 'brief' }, do: [ { say: Hello. } ] }\n",
              saying(""));
}

TEST(WhyNot, ALongMessage) {
  std::string text;
  for (int line = 1; line <= 2000; ++line) text += "Line " + std::to_string(line) + " of many.\n";
  expect_told("message_long", "  - { when: { message: 'line 2001' }, do: [ { say: Long. } ] }\n",
              saying(text));
}

TEST(WhyNot, AMessageWithWhatCannotBeSeen) {
  expect_told("message_invisible",
              "  - { when: { message: '^go on \\x1B' }, do: [ { say: On. } ] }\n",
              saying("go\xC2\xA0on\t\x1B[31m\xE2\x80\x8B C:\\new\x7F"));
}

TEST(WhyNot, APatternOfOddCharacters) {
  expect_told("pattern_odd",
              "  - { name: odd, when: { message: \"\\t|/a/|\\u200B|\\n|ü{2}|\\\\d$|\\x07\" "
              "}, do: [ { say: Odd. } ] }\n"
              "  - { name: long, when: { message: '" +
                  std::string(300, 'x') + "' }, do: [ { say: x. } ] }\n",
              question());
}

TEST(WhyNot, AnAssistantByName) {
  expect_told("assistant_name",
              "  - { name: other, when: { assistant: '^Clerk$' }, do: [ { say: Yes. } ] }\n"
              "  - { name: case, when: { assistant: '^guide$' }, do: [ { say: Yes. } ] }\n",
              question());
}

TEST(WhyNot, AnAssistantById) {
  RunQuestion asked = question();
  asked.assistant_name = "";
  expect_told("assistant_id",
              "  - { name: id, when: { assistant: 'asst_clerk' }, do: [ { say: Yes. } ] }\n"
              "  - { name: name, when: { assistant: 'Guide' }, do: [ { say: Yes. } ] }\n",
              asked);
}

TEST(WhyNot, AnotherModel) {
  expect_told("model", "  - { when: { model: '^gpt-4o-mini$' }, do: [ { say: Yes. } ] }\n",
              question());
}

TEST(WhyNot, OtherInstructions) {
  RunQuestion asked = question();
  asked.instructions = "";
  expect_told("instructions", "  - { when: { instructions: 'in verse' }, do: [ { say: Yes. } ] }\n",
              question());
  expect_told("instructions_none",
              "  - { when: { instructions: 'in verse' }, do: [ { say: Yes. } ] }\n", asked);
}

TEST(WhyNot, OtherMetadata) {
  expect_told("metadata", "  - { when: { metadata: { plan: '^pro$' } }, do: [ { say: Yes. } ] }\n",
              with_metadata({{"plan", "free"}, {"region", "pro"}}));
}

TEST(WhyNot, MissingMetadata) {
  const std::string rules =
      "  - { when: { metadata: { customer_plan: pro } }, do: [ { say: Yes. } ] }\n";
  expect_told("metadata_none", rules, question());
  expect_told("metadata_missing", rules, with_metadata({{"region", "north"}, {"team", "red"}}));
  expect_told("metadata_misspelt", rules, with_metadata({{"costumer_plan", "pro"}, {"x", "pro"}}));
}

TEST(WhyNot, TimesUsedUp) {
  expect_told("times_used_up",
              "  - { when: { message: weather, times: [1, 2] }, do: [ { say: Fog. } ] }\n",
              question(), 2);
}

TEST(WhyNot, TimesNotYetReached) {
  expect_told("times_not_yet",
              "  - { when: { message: weather, times: 3+ }, do: [ { say: Fog. } ] }\n", question(),
              1);
}

TEST(WhyNot, SeveralCriteriaAtOnce) {
  expect_told(
      "several_criteria",
      "  - { when: { message: weather, assistant: Clerk, model: 4o, instructions: verse,\n"
      "              metadata: { plan: free, team: red }, times: 1 }, do: [ { say: Fog. } ] }\n",
      with_metadata({{"plan", "free"}}));
}

// Nearest is not the first: fewest mismatches, then most that fits, then what is close.
TEST(WhyNot, SeveralRules) {
  expect_told(
      "several_rules",
      "  - { name: far, when: { message: time, model: o1 }, do: [ { say: Noon. } ] }\n"
      "  - { name: single, when: { message: time }, do: [ { say: Noon. } ] }\n"
      "  - { name: nearest, when: { message: weather, model: o1 }, do: [ { say: Fog. } ] }\n"
      "  - { name: later, when: { message: weather, model: o3 }, do: [ { say: Fog. } ] }\n",
      question());
}

// The usual surprise: a later rule answered, which takes anything.
TEST(WhyNot, AnEarlierRuleThatWasMeant) {
  expect_told("caught_by_a_later_rule",
              "  - { name: greeting, when: { message: '^hello' }, do: [ { say: Hi. } ] }\n"
              "  - { name: anything, do: [ { say: Pardon. } ] }\n",
              saying("Hello"));
}

TEST(WhyNot, ManyRulesAreTold) {
  std::string rules;
  for (int rule = 1; rule <= 30; ++rule)
    rules += "  - { name: r" + std::to_string(rule) + ", when: { model: o" + std::to_string(rule) +
             (rule == 25 ? ", message: weather" : "") + " }, do: [ { say: Yes. } ] }\n";
  expect_told("many_rules", rules, question());
}

// Whatever the values, a line is a line, and short.
TEST(WhyNot, LinesAreBounded) {
  Scenario scenario{.name = "wide"};
  Criteria when{.message = "\n" + std::string(5000, 'm'), .model = std::string(5000, 'o')};
  for (int pair = 0; pair < 50; ++pair)
    when.metadata.emplace_back("k\n" + std::to_string(pair), std::string(500, '\x01'));
  scenario.rules.assign(40, {.name = "n\n" + std::string(2000, 'n'), .when = when});
  RunQuestion asked = saying(std::string(100'000, '\x02'));
  RuleCounts counts;
  const RuleChoice choice =
      RuleMatcher(std::make_shared<const Scenario>(scenario)).choose(asked, counts);
  const auto lines = why_not(scenario, choice);
  EXPECT_EQ(lines.size(), 20U);
  for (const std::string& line : lines) {
    EXPECT_LE(line.size(), 400U);
    EXPECT_EQ(line.find_first_of("\n\x01\x02"), std::string::npos) << line;
  }
  EXPECT_LT(explain_no_match(scenario, choice).size(), 20'000U);
}

}  // namespace
}  // namespace assistants_mock::scenarios
