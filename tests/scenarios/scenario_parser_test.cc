// What each construct of the language means, as values.
#include "scenarios/scenario_parser.h"

#include <gtest/gtest.h>

#include "assistants_mock/scenario_book.h"

namespace assistants_mock::scenarios {
namespace {

using namespace std::chrono_literals;

Rule rule(const std::string& yaml) {
  return parse_scenario("runs: [" + yaml + "]", "test.yaml").rules.at(0);
}

template <class Action>
Action step(const std::string& yaml) {
  return std::get<Action>(rule("{ do: [" + yaml + "] }").steps.at(0).action);
}

TEST(ScenarioParser, NamesAScenarioLikeItsFile) {
  const std::string yaml = "runs: [{ do: [] }]";
  EXPECT_EQ(parse_scenario(yaml, "a/b/weather.tool.yaml").name, "weather.tool");
  EXPECT_EQ(parse_scenario(yaml, "my chat.yml").name, "my_chat");
  EXPECT_EQ(parse_scenario(yaml, "").name, "scenario");
  EXPECT_EQ(parse_scenario(yaml, ".yaml").name, ".yaml");
  EXPECT_EQ(parse_scenario("scenario: 7\n" + yaml, "x.yaml").name, "7");
}

TEST(ScenarioParser, ReadsCriteria) {
  const Rule read = rule(R"({ when: { message: 'in (?P<city>\w+)', assistant: Weather,
      model: ^gpt-4, instructions: brief, metadata: { tier: '2', plan: paid } }, do: [] })");
  Criteria when;
  when.message = R"(in (?P<city>\w+))";
  when.assistant = "Weather";
  when.model = "^gpt-4";
  when.instructions = "brief";
  when.metadata = {{"tier", "2"}, {"plan", "paid"}};
  EXPECT_EQ(read.when, when);
}

TEST(ScenarioParser, ReadsTimes) {
  const auto times = [](const std::string& yaml) {
    return *rule("{ when: { times: " + yaml + " }, do: [] }").when.times;
  };
  EXPECT_EQ(times("2"), (Times{{2}, std::nullopt}));
  EXPECT_EQ(times("[1, 3]"), (Times{{1, 3}, std::nullopt}));
  EXPECT_EQ(times("3+"), (Times{{}, 3}));
  EXPECT_EQ(times("'3+'"), (Times{{}, 3}));
  EXPECT_EQ(times("[1, 4+]"), (Times{{1}, 4}));
}

TEST(ScenarioParser, ReadsHowARunQueuesAndCancels) {
  EXPECT_EQ(rule("{ do: [] }").queued.length, 1s);
  EXPECT_EQ(rule("{ queued: 250ms, do: [] }").queued.length, 250ms);
  EXPECT_EQ(rule("{ queued: forever, do: [] }").queued.length, std::nullopt);
  EXPECT_EQ(rule("{ do: [] }").on_cancel, (OnCancel{OnCancel::Outcome::settles, 1s}));
  EXPECT_EQ(rule("{ on_cancel: 0, do: [] }").on_cancel, (OnCancel{OnCancel::Outcome::settles, 0s}));
  EXPECT_EQ(rule("{ on_cancel: too_late, do: [] }").on_cancel.outcome, OnCancel::Outcome::too_late);
  EXPECT_EQ(rule("{ on_cancel: never, do: [] }").on_cancel.outcome, OnCancel::Outcome::never);
}

// Numbers are not: fixtures/mistakes/wrong_types.yaml.
TEST(ScenarioParser, TakesForATextWhatYamlCallsOne) {
  EXPECT_EQ(step<Say>("{ say: '1.50' }").parts, std::vector<SayPart>{TextPart{"1.50"}});
  EXPECT_EQ(step<Say>("{ say: yes }").parts, std::vector<SayPart>{TextPart{"yes"}});
  EXPECT_EQ(step<Say>("{ say: \"\" }").parts, std::vector<SayPart>{TextPart{""}});
}

TEST(ScenarioParser, ReadsMessageParts) {
  const Say say = step<Say>(R"({ say: [One, { text: Two }, { refusal: "No." }, { image_url: a },
      { image_url: { url: b, detail: low } }] })");
  EXPECT_EQ(say.parts, (std::vector<SayPart>{TextPart{"One"}, TextPart{"Two"}, RefusalPart{"No."},
                                             ImageUrlPart{"a", "auto"}, ImageUrlPart{"b", "low"}}));
}

TEST(ScenarioParser, ReadsModifiers) {
  const Say say = step<Say>(
      "{ say: Hi, chunk: 3, over: 2s, usage: { prompt_tokens: 1, completion_tokens: 2 } }");
  EXPECT_EQ(say.pieces, (Pieces{Pieces::Unit::characters, 3}));
  EXPECT_EQ(say.over, 2s);
  EXPECT_EQ(say.usage, (Usage{1, 2}));
  EXPECT_EQ(step<Call>("{ call: f, chunk: whole }").pieces.unit, Pieces::Unit::whole);
  EXPECT_EQ(step<Call>("{ call: f, chunk: words }").pieces, Pieces{});
  EXPECT_TRUE(step<Say>("{ say: Hi, unfinished: true }, hang").unfinished);
}

TEST(ScenarioParser, ReadsCalls) {
  const FunctionCall f{"f", Json::object()};
  const FunctionCall g{"g", Json::object()};
  const FunctionCall g_of_1{"g", Json{{"n", 1}}};
  const FunctionCall broken{"multi_tool_use.parallel", std::string("{broken")};
  using Calls = std::vector<CalledTool>;
  EXPECT_EQ(step<Call>("{ call: f }").tools, Calls({f}));
  EXPECT_EQ(step<Call>("{ call: { f: , g: {} } }").tools, Calls({f, g}));
  EXPECT_EQ(step<Call>("{ call: [f, f, { g: { n: 1 } }] }").tools, Calls({f, f, g_of_1}));
  EXPECT_EQ(step<Call>("{ call: { multi_tool_use.parallel: '{broken' } }").tools, Calls({broken}));
}

TEST(ScenarioParser, KeepsKeysAndTypesOfArguments) {
  const Call call = step<Call>("{ call: { f: { z: 1, a: '1', t: true, y: yes, n: , d: 1.0 } } }");
  EXPECT_EQ(std::get<Json>(std::get<FunctionCall>(call.tools.at(0)).arguments).dump(),
            R"({"z":1,"a":"1","t":true,"y":"yes","n":null,"d":1.0})");
}

TEST(ScenarioParser, ReadsEndings) {
  EXPECT_EQ(step<Fail>("{ fail: server_error }"),
            (Fail{"server_error", "Sorry, something went wrong."}));
  EXPECT_EQ(step<Fail>("{ fail: { code: mine, message: Oh } }"), (Fail{"mine", "Oh"}));
  EXPECT_EQ(step<Incomplete>("{ incomplete: content_filter }").reason, "content_filter");
  EXPECT_EQ(step<Hang>("hang"), Hang{});
  EXPECT_EQ(step<Hang>("{ hang: }"), Hang{});
}

TEST(ScenarioParser, ReadsBranches) {
  const Rule read = rule(R"({ do: [{ call: f },
      { when: { outputs: { f: rain } }, do: [{ say: Wet }], otherwise: [{ say: Dry }] }] })");
  const auto& branch = std::get<Branch>(read.steps.at(1).action);
  EXPECT_EQ(branch.outputs, (std::vector<std::pair<std::string, std::string>>{{"f", "rain"}}));
  EXPECT_EQ(branch.then, (std::vector<Step>{{Say{.parts = {TextPart{"Wet"}}}}}));
  EXPECT_EQ(branch.otherwise, (std::vector<Step>{{Say{.parts = {TextPart{"Dry"}}}}}));
}

TEST(ScenarioParser, ReadsAssistantsAsTheirRequests) {
  const Scenario scenario = parse_scenario(R"(
assistants:
  - id: asst_weather
    name: '7'
    model: gpt-4o
    tools: [{ type: function, function: { name: get_weather } }]
    temperature: 0.5
runs: [{ do: [] }]
)",
                                           "test.yaml");
  ASSERT_EQ(scenario.assistants.size(), 1u);
  EXPECT_EQ(scenario.assistants[0].id, "asst_weather");
  EXPECT_EQ(scenario.assistants[0].body.dump(),
            R"({"name":"7","model":"gpt-4o","tools":[{"type":"function","function":)"
            R"({"name":"get_weather"}}],"temperature":0.5})");
}

TEST(ScenarioParser, LetsAliasesRepeatSteps) {
  const Scenario scenario = parse_scenario(R"(
runs:
  - when: { times: 1 }
    do: &hello [{ say: Hello }]
  - do: *hello
)",
                                           "test.yaml");
  EXPECT_EQ(scenario.rules.at(0).steps, scenario.rules.at(1).steps);
}

TEST(ScenarioParser, ReadsHostedToolsBesideFunctions) {
  const Call call = step<Call>(
      "{ call: [file_search, f, { code_interpreter: { input: 'x', outputs: [{ logs: '1' }, "
      "{ image: a.png }, { image: { filename: b.jpg, base64: 'AP8=' } }], "
      "files: [{ filename: c.csv, content: 'a,b' }] } }, "
      "{ file_search: { query: q, results: [{ file: d.txt, text: t }] } }] }");
  CodeRun code{.input = "x"};
  code.outputs = {Logs{"1"}, MadeFile{"a.png", std::nullopt},
                  MadeFile{"b.jpg", std::string("\0\xFF", 2)}};
  code.files = {MadeFile{"c.csv", "a,b"}};
  const FileSearch scripted{.query = "q", .results = {{ScriptedResult{"d.txt", "t", 1}}}};
  EXPECT_EQ(call.tools,
            (std::vector<CalledTool>{FileSearch{.query = "${message}"},
                                     FunctionCall{"f", Json::object()}, code, scripted}));
  EXPECT_FALSE(call.unfinished);
}

TEST(ScenarioParser, ReadsFilesStoresAndTheirIndexing) {
  const Scenario scenario = parse_scenario(R"(
files:
  - { id: file-a, filename: a.txt, content: "a\n" }
  - { id: file-b, filename: b.png, base64: "AP8=", purpose: vision }
vector_stores:
  - { id: vs_a, name: A, file_ids: [file-a], expires_after_days: 7 }
  - { id: vs_b }
  - { id: vs_c, expires_after_days: 7, idle_days: 8 }
indexing:
  files:
    - { filename: '\.bin$', takes: 2s, fail: unsupported_file }
    - { filename: x, fail: { code: invalid_file, message: No. } }
    - { takes: forever }
  counters_lag: 2s
  found_after: 3s
  polled_batch_id: store
runs: [{ do: [] }]
)",
                                           "x.yaml");
  EXPECT_EQ(scenario.files,
            (std::vector<SeededFile>{{"file-a", "a.txt", "assistants", "a\n"},
                                     {"file-b", "b.png", "vision", std::string("\0\xFF", 2)}}));
  EXPECT_EQ(scenario.vector_stores,
            (std::vector<SeededVectorStore>{
                {"vs_a", "A", {"file-a"}, 7}, {"vs_b", {}, {}, {}}, {"vs_c", {}, {}, 7, 8}}));
  using std::chrono_literals::operator""s;
  const Indexing wanted{
      .files = {{R"(\.bin$)", 2s, FileError{"unsupported_file", "The file type is not supported."}},
                {"x", 1s, FileError{"invalid_file", "No."}},
                {{}, std::nullopt, {}}},
      .counters_lag = 2s,
      .found_after = 3s,
      .polled_batch_shows_store = true};
  EXPECT_EQ(scenario.indexing, wanted);
  EXPECT_EQ(parse_scenario("runs: [{ do: [] }]", "x.yaml").indexing, Indexing{});
}

TEST(ScenarioParser, ReadsTheModelsThereAre) {
  EXPECT_EQ(parse_scenario("models: [gpt-4o, \"4\"]\nruns: [{ do: [] }]", "x.yaml").models,
            (std::vector<std::string>{"gpt-4o", "4"}));
}

TEST(ScenarioParser, TellsOfAnAssistantWhoseModelThereIsNot) {
  try {
    parse_scenario("models: [gpt-4o]\nassistants: [{ id: asst_a, model: o3 }]\nruns: [{ do: [] }]",
                   "x.yaml");
    FAIL() << "nothing is told";
  } catch (const std::exception& error) {
    EXPECT_STREQ(error.what(),
                 "x.yaml:1:9: error: 'asst_a' has the model 'o3', which is not among these");
  }
}

TEST(ScenarioParser, ReadsHowIdsAreMadeAndHowLateMessagesAreListed) {
  const Scenario given =
      parse_scenario("ids: unusual\nmessages_lag: 1.5s\nruns: [{ do: [] }]", "x.yaml");
  EXPECT_EQ(given.ids, IdLetters::unusual);
  EXPECT_EQ(given.messages_lag, std::chrono::milliseconds{1500});
  EXPECT_EQ(parse_scenario("ids: usual\nmessages_lag: 0\nruns: [{ do: [] }]", "x.yaml"),
            parse_scenario("runs: [{ do: [] }]", "x.yaml"));
}

}  // namespace
}  // namespace assistants_mock::scenarios
