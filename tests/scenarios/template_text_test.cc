#include "scenarios/template_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "scenarios/json_path.h"
#include "scenarios/utf8.h"

namespace assistants_mock::scenarios {
namespace {

// A conversation with something in every place that a template can name.
struct Filled {
  RuleMatch match{
      .rule = 0, .time = 3, .captures = {{"0", "to Oslo"}, {"1", "Oslo"}, {"city", "Oslo"}}};
  Conversation conversation{{.message = "Take me to Oslo",
                             .assistant_id = "asst_1",
                             .assistant_name = "Guide",
                             .model = "gpt-4o",
                             .instructions = "Be brief.",
                             .metadata = {{"plan", "pro"}, {"a.b", "dotted"}}},
                            "thread_1",
                            "run_1"};
  ToolOutputs outputs;

  std::string operator()(std::string_view text) const {
    return fill(text, {match, conversation, outputs});
  }
};

Filled with_output(std::string output) {
  return {.outputs = {{"get_weather", {"first", std::move(output)}}}};
}

TEST(TemplateText, NamesTheConversation) {
  const Filled filled;
  EXPECT_EQ(filled("${message} | ${model} | ${instructions} | ${times}"),
            "Take me to Oslo | gpt-4o | Be brief. | 3");
  EXPECT_EQ(filled("${assistant.id} ${assistant.name} ${thread.id} ${run.id}"),
            "asst_1 Guide thread_1 run_1");
  EXPECT_EQ(filled("${metadata.plan} ${metadata.a.b}"), "pro dotted");
}

TEST(TemplateText, NamesCapturesByNameAndNumber) {
  EXPECT_EQ(Filled()("${city}, ${1}, ${0}"), "Oslo, Oslo, to Oslo");
}

TEST(TemplateText, LetsACaptureHideAnotherName) {
  Filled filled;
  filled.match.captures["model"] = "T";
  EXPECT_EQ(filled("${model}"), "T");
}

TEST(TemplateText, NamesOutputsByTheirLatestAndFirstCall) {
  Filled filled;
  filled.outputs = {{"f", {"one", "two", "three"}}};
  EXPECT_EQ(filled("${outputs.f} ${outputs.f[0]}"), "three one");
}

TEST(TemplateText, FollowsAPathIntoAnOutput) {
  const Filled filled =
      with_output(R"({"t": 12.50, "text": "a \"b\"", "list": [1, {"k": null}], "big": 1e3})");
  EXPECT_EQ(filled("${outputs.get_weather.t}"), "12.50") << "as it was written";
  EXPECT_EQ(filled("${outputs.get_weather.big}"), "1e3");
  EXPECT_EQ(filled("${outputs.get_weather.text}"), "a \"b\"") << "strings are shown bare";
  EXPECT_EQ(filled("${outputs.get_weather.list}"), R"([1,{"k":null}])");
  EXPECT_EQ(filled("${outputs.get_weather.list[1].k}"), "null");
}

TEST(TemplateText, FollowsAPathIntoTheFirstOutput) {
  Filled filled;
  filled.outputs = {{"f", {R"({"a": [true, false]})", "later"}}};
  EXPECT_EQ(filled("${outputs.f[0].a[1]} ${outputs.f[0].a}"), "false [true,false]");
}

TEST(TemplateText, FindsFunctionsThatHaveDotsInTheirNames) {
  Filled filled;
  filled.outputs = {{"multi", {R"({"use": "short"})"}}, {"multi.use", {R"({"x": "long"})"}}};
  EXPECT_EQ(filled("${outputs.multi.use.x} ${outputs.multi.use}"), R"(long {"x": "long"})");
}

TEST(TemplateText, LeavesWhatItCannotFindAsWritten) {
  const Filled filled = with_output(R"({"a": 1})");
  for (const std::string text :
       {"${day}", "${9}", "${metadata.none}", "${outputs.none}", "${outputs.get_weather.b}",
        "${outputs.get_weather.a.b}", "${outputs.get_weather.a[0]}", "${outputs.get_weather[1]}",
        "${outputs.get_weather.}", "${outputs.get_weather.a[x]}", "${outputs.get_weather.a[",
        "${outputs.get_weatherly}", "${}", "${", "a ${message", "$", "$x", "{message}"})
    EXPECT_EQ(filled(text), text);
  EXPECT_EQ(with_output("no JSON")("${outputs.get_weather.a}"), "${outputs.get_weather.a}");
}

TEST(TemplateText, WritesTwoDollarsAsOneBrace) {
  const Filled filled;
  EXPECT_EQ(filled("$${model} ${model}"), "${model} gpt-4o");
  EXPECT_EQ(filled("$$${model}$"), "$${model}$");
  EXPECT_EQ(filled("$$ $${"), "$$ ${");
}

TEST(TemplateText, DoesNotLookIntoValues) {
  Filled filled;
  filled.conversation.question.message = "${model} $${";
  EXPECT_EQ(filled("${message}!"), "${model} $${!");
}

TEST(TemplateText, ListsItsReferences) {
  const std::string text = "a ${b.c} $${no} ${} ${open";
  const auto found = template_references(text);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].path, "b.c");
  EXPECT_EQ(text.substr(found[0].offset, found[0].length), "${b.c}");
  EXPECT_EQ(found[1].path, "");
  EXPECT_EQ(found[1].length, 3U);
  EXPECT_EQ(found[2].path, "");
  EXPECT_EQ(found[2].offset + found[2].length, text.size());
}

TEST(TemplateText, IsAlwaysUtf8) {
  EXPECT_EQ(with_output("\xFF\xE2\x82")("<${outputs.get_weather}>"), "<\uFFFD\uFFFD\uFFFD>");
  EXPECT_EQ(Filled()("\xC0 plain"), "\uFFFD plain");
}

TEST(TemplateText, BoundsWhatItFills) {
  const Filled filled = with_output(std::string(1 << 20, 'x'));
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "é${outputs.get_weather}";
  const std::string cut = filled(text);
  EXPECT_LE(cut.size(), max_filled_bytes);
  EXPECT_GE(cut.size(), max_filled_bytes - 3);
  EXPECT_EQ(valid_utf8(cut), cut);
  const std::string bad(max_filled_bytes, '\xFF');
  EXPECT_LE(with_output(bad)("${outputs.get_weather}").size(), max_filled_bytes)
      << "also when replacing makes it longer";
}

TEST(TemplateText, IsNotHurtByDeepOutputs) {
  const std::string deep = "{\"a\":" + std::string(1'000'000, '[');
  EXPECT_EQ(with_output(deep)("${outputs.get_weather.a}"), "${outputs.get_weather.a}");
  const std::string over =
      std::string(max_json_depth + 1, '[') + std::string(max_json_depth + 1, ']');
  EXPECT_EQ(with_output(over)("${outputs.get_weather.a}"), "${outputs.get_weather.a}");
}

std::optional<std::string> at(std::string_view text, std::string_view path) {
  return json_at(text, parse_json_path(path).value());
}

TEST(JsonPath, TakesTheLastOfEqualKeys) {
  EXPECT_EQ(at(R"({"a": 1, "a": 2})", ".a"), "2");
  EXPECT_EQ(at(R"({"a": {"b": 1}, "a": {"c": 2}})", ".a.b"), std::nullopt);
  EXPECT_EQ(at(R"({"a": {"b": 1}, "a": 2})", ".a.b"), std::nullopt);
}

TEST(JsonPath, WritesWholeValuesCompactly) {
  EXPECT_EQ(at(R"( {"z": {"b" : [ ], "a": [ [1, -2], {}, "x\ny", true ]}} )", ".z"),
            R"({"b":[],"a":[[1,-2],{},"x\ny",true]})");
  EXPECT_EQ(at(R"([[0], [1, [2, 3]], 4])", "[1]"), "[1,[2,3]]");
  EXPECT_EQ(at(R"([[0], [1, [2, 3]], 4])", "[1][1][0]"), "2");
  EXPECT_EQ(at(R"({"a": ""})", ".a"), "");
}

TEST(JsonPath, ReadsNothingThatIsNoJson) {
  for (const std::string_view text : {"", "{", R"({"a": 1)", R"({"a": 1} x)", R"({"a": 1e400})",
                                      "{\"a\": \"\xFF\"}", R"({"a": "\ud800"})", "{'a': 1}"})
    EXPECT_EQ(at(text, ".a"), std::nullopt) << text;
}

TEST(JsonPath, ReadsWideObjectsInOnePass) {
  std::string wide = "{";
  for (int i = 0; i < 80'000; ++i) wide += '"' + std::to_string(i) + "\":0,";
  wide += R"("last": "found"})";
  ASSERT_LE(wide.size(), max_json_bytes);
  EXPECT_EQ(at(wide, ".last"), "found");
  EXPECT_EQ(at(std::string(max_json_bytes, ' ') + R"({"a": 1})", ".a"), std::nullopt)
      << "longer than is looked into";
}

TEST(JsonPath, IsMadeOfKeysAndPlaces) {
  EXPECT_TRUE(parse_json_path(".a.b[0][12].c"));
  for (const std::string_view path : {"a", ".", ".a.", "[", "[]", "[x]", "[-1]", "[1", ".a]",
                                      "[99999999999999999999999]", "[0]x"})
    EXPECT_EQ(parse_json_path(path).has_value(), path == ".a]") << path;
}

// Whatever stands in the text and in the outputs, what comes out is UTF-8 within bounds.
RC_GTEST_PROP(TemplateText, SurvivesAnything, ()) {
  const auto bits = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("${", "}", "$", "outputs.", "get_weather", "[0]", "[", "]", ".",
                                    "a", "{\"a\":", "\"", "[1,", "message", "\xFF", "é", ":", ","));
  std::string text;
  for (const std::string& bit : bits) text += bit;
  const std::string out = with_output(text)(text);
  RC_ASSERT(valid_utf8(out) == out);
  RC_ASSERT(with_output(text)("${outputs.get_weather}") == valid_utf8(text));
}

}  // namespace
}  // namespace assistants_mock::scenarios
