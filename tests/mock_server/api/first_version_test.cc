// What a client of the first version sends and gets, but for its files: docs/wire/first-version.md.
#include <gtest/gtest.h>

#include <set>

#include "tests/mock_server/api/first_version_client.h"
#include "tests/stream_events.h"

namespace assistants_mock::mock_server::api {
namespace {

std::string param_of(const TestAnswer& refused) {
  const Json& param = refused.json.at("error").at("param");
  return param.is_string() ? param.get<std::string>() : "";
}

std::vector<std::string> keys_of(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

// v.unknown: the parameter came later.
TEST(FirstVersion, IncludesNothingOnRequest) {
  TwoVersions api;
  const std::string steps =
      "/threads/thread_1/runs/run_1/steps?include[]=step_details.tool_calls[*].file_search."
      "results[*].content";
  EXPECT_EQ(api.get_1(steps).refusal, "v.unknown");
  EXPECT_EQ(api.get_2(steps).refusal, "nf.thread");
}

// ---- Objects -----------------------------------------------------------------------------------

// Shapes are in fixtures/first_version/schema_profile.txt; the profiles are of the second
// version alone.
TEST(FirstVersion, LooksTheSameInBothProfiles) {
  const auto shown_in = [](WireProfile profile) {
    TwoVersions api("file_search_with_citations", {.world = {.profile = profile}});
    const TestAnswer assistant = api.post_1(
        "/assistants",
        {{"model", "gpt-4o"},
         {"tools",
          {{{"type", "retrieval"}}, {{"type", "function"}, {"function", {{"name", "f"}}}}}}});
    const TestAnswer thread =
        api.post_1("/threads", {{"messages", {{{"role", "user"}, {"content", "Cake?"}}}}});
    const std::string path = "/threads/" + thread.id();
    const TestAnswer run = api.run(1, path, {{"assistant_id", assistant.id()}});
    std::string all = assistant.json.dump() + thread.json.dump() + run.json.dump();
    const std::string message = api.get_1(path + "/messages").json.at("data")[0].at("id");
    all += api.post_1(path + "/messages/" + message, {{"metadata", {{"a", "b"}}}}).json.dump();
    for (const char* list : {"/messages", "/runs"}) all += api.get_1(path + list).json.dump();
    return all + api.get_1(path + "/runs/" + run.id() + "/steps").json.dump() +
           api.get_1(path).json.dump();
  };
  EXPECT_EQ(shown_in(WireProfile::schema), shown_in(WireProfile::recorded));
}

TEST(FirstVersion, RetrievalIsFileSearchToTheSecond) {
  TwoVersions api;
  const std::string one = api.assistant_1(retrieval_1, Json::array());
  EXPECT_EQ(api.get_1(one).json.at("tools"), retrieval_1);
  EXPECT_EQ(api.get_2(one).json.at("tools")[0].at("type"), "file_search");

  const Json search = {{{"type", "file_search"}, {"file_search", {{"max_num_results", 3}}}}};
  const std::string other =
      "/assistants/" + api.post_2("/assistants", {{"model", "gpt-4o"}, {"tools", search}}).id();
  EXPECT_EQ(api.get_1(other).json.at("tools"), retrieval_1) << "without options";
  EXPECT_EQ(api.get_2(other).json.at("tools")[0].at("file_search").at("max_num_results"), 3);
}

// What a client of one version does not know it leaves as it is.
TEST(FirstVersion, LeavesWhatOnlyTheSecondKnows) {
  TwoVersions api;
  const std::string path =
      "/assistants/" +
      api.post_2("/assistants", {{"model", "gpt-4o"}, {"temperature", 0.5}, {"top_p", 0.25}}).id();
  EXPECT_EQ(api.post_1(path, {{"name", "Old"}}).status, 200);
  const Json shown = api.get_2(path).json;
  EXPECT_EQ(shown.at("name"), "Old");
  EXPECT_EQ(shown.at("temperature"), 0.5);
  EXPECT_EQ(shown.at("top_p"), 0.25);
  for (const char* field : {"temperature", "top_p", "response_format", "tool_resources"})
    EXPECT_FALSE(api.get_1(path).json.contains(field)) << field;
}

TEST(FirstVersion, ThreadsHaveNoToolResources) {
  TwoVersions api;
  const std::vector<std::string> keys{"id", "object", "created_at", "metadata"};
  EXPECT_EQ(keys_of(api.post_1("/threads").json), keys);
  const std::string path = "/threads/" + api.post_2("/threads").id();
  EXPECT_EQ(keys_of(api.get_1(path).json), keys);
  EXPECT_EQ(keys_of(api.post_1(path, {{"metadata", {{"a", "b"}}}}).json), keys);
  EXPECT_TRUE(api.get_2(path).json.contains("tool_resources"));
}

// Recorded in April 2024.
TEST(FirstVersion, IncompleteRunsAreCompleted) {
  TwoVersions api("out_of_completion_tokens");
  const Json assistant = {{"assistant_id", api.post_1("/assistants", {{"model", "gpt-4o"}}).id()}};
  const std::string thread =
      "/threads/" +
      api.post_1("/threads", {{"messages", {{{"role", "user"}, {"content", "Why?"}}}}}).id();
  const TestAnswer run = api.run(1, thread, assistant);
  EXPECT_EQ(run.json.at("status"), "completed");
  EXPECT_EQ(run.json.at("incomplete_details"), (Json{{"reason", "max_completion_tokens"}}));
  EXPECT_EQ(api.get_2(thread + "/runs/" + run.id()).json.at("status"), "incomplete");
  EXPECT_EQ(api.get_1(thread + "/runs").json.at("data")[0].at("status"), "completed");
}

TEST(FirstVersion, StreamsHaveItsNamesAndShapes) {
  TwoVersions api("out_of_completion_tokens", {.pace = Pace::immediate});
  const std::string assistant = api.post_1("/assistants", {{"model", "gpt-4o"}}).id();
  const TestAnswer answer = api.post_1(
      "/threads/runs", {{"assistant_id", assistant}, {"instructions", "Go on."}, {"stream", true}});
  ASSERT_NE(answer.stream, nullptr);
  std::string bytes;
  while (answer.stream->read(bytes, {}) == EventStream::State::open) {
  }
  std::set<std::string> names;
  for (const tests::StreamEvent& event : tests::stream_events(bytes)) {
    names.insert(event.name);
    if (event.name == "done") continue;
    const Json data = Json::parse(event.data);
    const std::string object = data.value("object", "");
    EXPECT_FALSE(data.contains("tool_resources")) << event.name;
    EXPECT_EQ(data.contains("file_ids"), object == "thread.run" || object == "thread.message")
        << event.name;
    EXPECT_TRUE(event.name != "thread.run.completed" || data.at("status") == "completed");
  }
  EXPECT_TRUE(names.contains("thread.run.completed"));
  EXPECT_FALSE(names.contains("thread.run.incomplete"));
}

// OpenAPI of 2024-04-15: MessageContentImageFileObject.
TEST(FirstVersion, ImagesHaveNoDetail) {
  TwoVersions api("image_first");
  const std::string assistant = api.post_1("/assistants", {{"model", "gpt-4o"}}).id();
  const std::string thread = "/threads/" + api.post_1("/threads").id();
  api.run(1, thread, {{"assistant_id", assistant}, {"instructions", "Draw."}});
  const auto detailed = [&](const TestAnswer& messages) {
    std::size_t images = 0;
    for (const Json& part : messages.json.at("data")[0].at("content"))
      if (part.at("type") == "image_file")
        images += part.at("image_file").contains("detail") ? 1 : 0;
    return images;
  };
  EXPECT_EQ(detailed(api.get_1(thread + "/messages")), 0U);
  EXPECT_GT(detailed(api.get_2(thread + "/messages")), 0U);
}

// A stream of outputs is of the version of whoever submits them.
TEST(FirstVersion, RunsAreSeenInTheVersionOfWhoeverLooks) {
  TwoVersions api("weather_tool");
  const std::string assistant = api.post_1("/assistants", {{"model", "gpt-4o"}}).id();
  const std::string thread = "/threads/" + api.post_1("/threads").id();
  api.post_2(thread + "/messages", {{"role", "user"}, {"content", "What is the weather in Oslo?"}});
  const TestAnswer run = api.run(1, thread, {{"assistant_id", assistant}});
  ASSERT_EQ(run.json.at("status"), "requires_action");
  EXPECT_TRUE(run.json.contains("file_ids"));
  const Json call = run.json.at("required_action").at("submit_tool_outputs").at("tool_calls")[0];
  const TestAnswer submitted =
      api.post_2(thread + "/runs/" + run.id() + "/submit_tool_outputs",
                 {{"tool_outputs", {{{"tool_call_id", call.at("id")}, {"output", "12 C"}}}}});
  EXPECT_FALSE(submitted.json.contains("file_ids"));
  EXPECT_TRUE(submitted.json.contains("parallel_tool_calls"));
  EXPECT_FALSE(run.json.contains("parallel_tool_calls"));
}

// ---- Bodies ------------------------------------------------------------------------------------

// v.enum, word for word
TEST(FirstVersion, KnowsNoFileSearch) {
  TwoVersions api;
  const Json tools = {{{"type", "code_interpreter"}}, {{"type", "file_search"}}};
  const TestAnswer old = api.post_1("/assistants", {{"model", "gpt-4o"}, {"tools", tools}});
  EXPECT_EQ(old.refusal, "v.enum");
  EXPECT_EQ(old.message(),
            "Invalid value: 'file_search'. Supported values are: 'code_interpreter', 'function', "
            "and 'retrieval'.");
  EXPECT_EQ(param_of(old), "tools[1].type");
  EXPECT_EQ(old.json.at("error").at("code"), "invalid_value");

  const TestAnswer young = api.post_2("/assistants", {{"model", "gpt-4o"}, {"tools", both_1}});
  EXPECT_EQ(young.refusal, "v.enum");
  EXPECT_EQ(young.message(),
            "Invalid value: 'retrieval'. Supported values are: 'code_interpreter', 'function', and "
            "'file_search'.");
}

// v.unknown, both ways
TEST(FirstVersion, KnowsNoFieldOfTheSecond) {
  TwoVersions api;
  const std::string assistant = api.post_1("/assistants", {{"model", "gpt-4o"}}).id();
  const std::string thread = "/threads/" + api.post_1("/threads").id();
  const Json message = {{"role", "user"}, {"content", "Hello"}};
  struct Body {
    std::string path;
    Json sent;
    std::vector<const char*> of_second;
    std::vector<const char*> of_first;
  };
  const std::vector<Body> bodies{
      {"/assistants",
       {{"model", "gpt-4o"}},
       {"tool_resources", "temperature", "top_p", "response_format", "reasoning_effort"},
       {"file_ids"}},
      {"/assistants/" + assistant,
       Json::object(),
       {"tool_resources", "temperature", "top_p", "response_format"},
       {"file_ids"}},
      {"/threads", Json::object(), {"tool_resources"}, {}},
      {thread, Json::object(), {"tool_resources"}, {}},
      {thread + "/messages", message, {"attachments"}, {"file_ids"}},
      {thread + "/runs",
       {{"assistant_id", assistant}},
       {"parallel_tool_calls", "reasoning_effort"},
       {}},
      {"/threads/runs",
       {{"assistant_id", assistant}},
       {"tool_resources", "parallel_tool_calls"},
       {}},
  };
  const auto expect_unknown = [&](int version, const Body& body, const char* field) {
    Json sent = body.sent;
    sent[field] = nullptr;
    const TestAnswer refused = api.send(version, "POST", body.path, sent.dump());
    EXPECT_EQ(refused.refusal, "v.unknown") << body.path;
    EXPECT_EQ(refused.message(), "Unknown parameter: '" + std::string(field) + "'.") << body.path;
    EXPECT_EQ(refused.json.at("error").at("code"), "unknown_parameter");
    EXPECT_EQ(param_of(refused), field);
  };
  for (const Body& body : bodies) {
    for (const char* field : body.of_second) expect_unknown(1, body, field);
    for (const char* field : body.of_first) expect_unknown(2, body, field);
  }
}

TEST(FirstVersion, TakesTheMisspeltToolOfItsFirstDay) {
  TwoVersions api;
  const Json misspelt = {{{"type", "retreival"}}};
  const TestAnswer made = api.post_1("/assistants", {{"model", "gpt-4o"}, {"tools", misspelt}});
  ASSERT_EQ(made.status, 200) << made.json;
  EXPECT_EQ(made.json.at("tools"), retrieval_1);
  EXPECT_EQ(api.post_1("/assistants/" + made.id(), {{"tools", misspelt}}).status, 200);
  EXPECT_EQ(
      api.post_1("/threads/runs",
                 {{"assistant_id", made.id()}, {"instructions", "Go on."}, {"tools", misspelt}})
          .json.at("tools"),
      retrieval_1);
  EXPECT_EQ(api.post_2("/assistants", {{"model", "gpt-4o"}, {"tools", misspelt}}).refusal,
            "v.enum");
}

// v.arrmax, v.strlen, v.content.empty, v.type, v.enum
TEST(FirstVersion, HasTheBoundsOfItsSchema) {
  TwoVersions api;
  const std::string assistant = api.post_1("/assistants", {{"model", "gpt-4o"}}).id();
  const std::string thread = "/threads/" + api.post_1("/threads").id();
  const auto file_ids = [](std::size_t count) {
    return Json(std::vector<std::string>(count, "file-a"));
  };
  const auto tools = [](std::size_t count) {
    return Json(std::vector<Json>(count, retrieval_1[0]));
  };
  struct Wrong {
    std::string path;
    Json body;
    const char* row;
    const char* param;
  };
  const std::vector<Wrong> all{
      {"/assistants", {{"model", "gpt-4o"}, {"file_ids", file_ids(21)}}, "v.arrmax", "file_ids"},
      {"/assistants", {{"model", "gpt-4o"}, {"tools", tools(129)}}, "v.arrmax", "tools"},
      {"/assistants", Json::object(), "v.missing", "model"},
      {"/assistants",
       {{"model", "gpt-4o"}, {"instructions", std::string(256'001, 'a')}},
       "v.strlen",
       "instructions"},
      {thread + "/messages",
       {{"role", "user"}, {"content", "a"}, {"file_ids", file_ids(11)}},
       "v.arrmax",
       "file_ids"},
      {thread + "/messages", {{"role", "user"}, {"content", ""}}, "v.content.empty", ""},
      {thread + "/messages", {{"role", "user"}, {"content", Json::array()}}, "v.type", "content"},
      {thread + "/messages", {{"role", "system"}, {"content", "a"}}, "v.role", "role"},
      {thread + "/runs", {{"assistant_id", assistant}, {"tools", tools(21)}}, "v.arrmax", "tools"},
      {thread + "/runs",
       {{"assistant_id", assistant}, {"tool_choice", "required"}},
       "v.enum",
       "tool_choice"},
      {"/assistants",
       {{"model", "gpt-4o"}, {"file_ids", {"assistant-1"}}},
       "id.file",
       "file_ids[0]"},
  };
  for (const Wrong& wrong : all) {
    const TestAnswer refused = api.post_1(wrong.path, wrong.body);
    EXPECT_EQ(refused.refusal, wrong.row) << wrong.path << ": " << refused.json;
    EXPECT_EQ(param_of(refused), wrong.param) << wrong.path << ": " << refused.json;
  }
}

TEST(FirstVersion, ChoosesRetrievalByItsName) {
  TwoVersions api;
  const std::string assistant = api.post_1("/assistants", {{"model", "gpt-4o"}}).id();
  const Json choice = retrieval_1[0];
  const TestAnswer run = api.post_1("/threads/runs", {{"assistant_id", assistant},
                                                      {"instructions", "Go on."},
                                                      {"tools", retrieval_1},
                                                      {"tool_choice", choice}});
  ASSERT_EQ(run.status, 200) << run.json;
  EXPECT_EQ(run.json.at("tool_choice"), choice);
  const Json shown =
      api.get_2("/threads/" + run.json.at("thread_id").get<std::string>() + "/runs/" + run.id())
          .json;
  EXPECT_EQ(shown.at("tool_choice"), (Json{{"type", "file_search"}}));
}

// Recorded in April 2024; v.meta.type in the second version.
TEST(FirstVersion, MetadataBecomesText) {
  TwoVersions api;
  const Json metadata = {{"modified", true}, {"not", false}, {"count", 2}, {"text", "a"}};
  const Json as_text = {{"modified", "True"}, {"not", "False"}, {"count", "2"}, {"text", "a"}};
  const TestAnswer thread = api.post_1(
      "/threads",
      {{"metadata", metadata},
       {"messages", {{{"role", "user"}, {"content", "Hello"}, {"metadata", metadata}}}}});
  EXPECT_EQ(thread.json.at("metadata"), as_text);
  const std::string path = "/threads/" + thread.id();
  EXPECT_EQ(api.get_2(path + "/messages").json.at("data")[0].at("metadata"), as_text);
  EXPECT_EQ(api.post_1(path, {{"metadata", {{"modified", true}}}}).json.at("metadata"),
            (Json{{"modified", "True"}}));
  EXPECT_EQ(api.post_2(path, {{"metadata", {{"modified", true}}}}).refusal, "v.meta.type");
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
