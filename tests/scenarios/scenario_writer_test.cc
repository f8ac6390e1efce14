// What is written is read back as the same, and reads well.
#include "scenarios/scenario_writer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "scenarios/scenario_parser.h"
#include "tests/golden_file.h"
#include "tests/scenarios/scenario_generators.h"

namespace assistants_mock::scenarios {

namespace {

RC_GTEST_PROP(ScenarioWriter, IsReadBackAsTheSame, ()) {
  const Scenario scenario = *any_scenario();
  const std::string yaml = to_yaml(scenario);
  const Scenario read = parse_scenario(yaml, "other.yaml");
  RC_ASSERT(read == scenario);
  // JSON takes 1 and 1.0 for equal; their texts differ.
  RC_ASSERT(to_yaml(read) == yaml);
}

TEST(ScenarioWriter, WritesWhatAPersonWould) {
  Scenario scenario{.name = "weather_tool", .teaches = "It's \"safe\" to read."};
  scenario.reveals = "A client that reads: nothing.";
  scenario.source = "https://example.com/issues/1, https://example.com/issues/2#note";
  scenario.assistants.push_back({"asst_weather", {{"model", "gpt-4o"}, {"temperature", 0.5}}});
  Rule asked{.name = "asked"};
  asked.when.message = R"((?i)weather in (?P<city>\w+))";
  asked.when.metadata = {{"tier", "paid"}};
  asked.when.times = Times{{1, 2}, 5};
  asked.queued.length.reset();
  asked.on_cancel = {.outcome = OnCancel::Outcome::too_late};
  Call call{.tools = {FunctionCall{"get_weather", Json{{"city", "${city}"}, {"days", {1, 2.0}}}},
                      FunctionCall{"get_time"},
                      FunctionCall{"broken", std::string("{\"city\": ")}}};
  call.over = std::chrono::seconds{2};
  Say sorry{.parts = {RefusalPart{"No."}, ImageUrlPart{"https://example.com/a.png", "low"}}};
  sorry.unfinished = true;
  Branch branch;
  branch.outputs = {{"get_weather", "rain"}};
  branch.then = {{sorry}, {Fail{"my_code", "Rain."}}};
  Say dry{.parts = {TextPart{"Dry."}}, .pieces = {Pieces::Unit::characters, 3}};
  dry.usage = Usage{10, 5};
  branch.otherwise = {{Wait{std::chrono::milliseconds{1500}}}, {dry}};
  asked.steps = {{call}, {branch}};
  Rule anything;
  anything.steps = {{Call{.tools = {FunctionCall{"get_time"}}}},
                    {Fail{"server_error", std::string(usual_message("server_error"))}}};
  Rule silent{.name = "silent"};
  silent.when.model = "gpt";
  silent.steps = {{Hang{}}};
  scenario.rules = {asked, silent, anything};
  expect_golden("fixtures/written_scenario.yaml", to_yaml(scenario));
  EXPECT_EQ(parse_scenario(to_yaml(scenario), "x"), scenario);
}

}  // namespace
}  // namespace assistants_mock::scenarios
