// Files of assistants and messages, and what the tools of the second version have of them:
// docs/wire/first-version.md, "One object, two versions".
#include <gtest/gtest.h>

#include "tests/mock_server/api/first_version_client.h"

namespace assistants_mock::mock_server::api {
namespace {

Json ids_of(const TestAnswer& list) {
  Json ids = Json::array();
  for (const Json& item : list.json.at("data")) ids.push_back(item.at("id"));
  return ids;
}

// The files that code interpreter has, of an assistant or a thread as the second version shows it.
Json interpreter_files(const Json& shown) {
  const Json& resources = shown.at("tool_resources");
  return resources.contains("code_interpreter") ? resources.at("code_interpreter").at("file_ids")
                                                : Json::array();
}

// Those in its vector store, oldest first; null when it has no store.
Json searched_files(TwoVersions& api, const Json& shown) {
  const Json& resources = shown.at("tool_resources");
  if (!resources.contains("file_search")) return nullptr;
  const Json& stores = resources.at("file_search").at("vector_store_ids");
  EXPECT_EQ(stores.size(), 1);
  return ids_of(
      api.get_2("/vector_stores/" + stores[0].get<std::string>() + "/files?order=asc&limit=100"));
}

Json message_with(const Json& file_ids) {
  return {{"role", "user"}, {"content", "Read these."}, {"file_ids", file_ids}};
}

std::string last_segment(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

// ---- One by one --------------------------------------------------------------------------------

TEST(FilesOfFirstVersion, AreAttachedAndDetachedOneByOne) {
  TwoVersions api;
  const std::string assistant = api.assistant_1(interpreter_1, Json::array());
  const std::string file = api.upload("data.csv");
  const Json shown = {{"id", file},
                      {"object", "assistant.file"},
                      {"created_at", 0},
                      {"assistant_id", last_segment(assistant)}};
  EXPECT_EQ(api.post_1(assistant + "/files", {{"file_id", file}}).json.dump(), shown.dump());
  EXPECT_EQ(api.get_1(assistant + "/files/" + file).json, shown);
  EXPECT_EQ(api.post_1(assistant + "/files", {{"file_id", file}}).json, shown) << "once more";
  EXPECT_EQ(api.get_1(assistant).json.at("file_ids"), Json{file});
  EXPECT_EQ(interpreter_files(api.get_2(assistant).json), Json{file});

  EXPECT_EQ(api.del_1(assistant + "/files/" + file).json,
            (Json{{"id", file}, {"object", "assistant.file.deleted"}, {"deleted", true}}));
  EXPECT_EQ(api.get_1(assistant).json.at("file_ids"), Json::array());
  EXPECT_EQ(interpreter_files(api.get_2(assistant).json), Json::array());
  EXPECT_EQ(api.get_1(assistant + "/files/" + file).refusal, "nf.file");
  EXPECT_EQ(api.del_1(assistant + "/files/" + file).refusal, "nf.file");
  EXPECT_EQ(api.get_2("/files/" + file).status, 200) << "the File stays";
}

TEST(FilesOfFirstVersion, AreRefusedWhereTheyCannotBe) {
  TwoVersions api;
  const std::string assistant = api.assistant_1(Json::array(), api.upload_many(20));
  const std::string more = api.upload("more.txt");
  EXPECT_EQ(api.post_1(assistant + "/files", {{"file_id", more}}).refusal, "v.arrmax");
  EXPECT_EQ(api.post_1(assistant + "/files").refusal, "v.missing");
  EXPECT_EQ(api.post_1(assistant + "/files", {{"file_id", "asst_1"}}).refusal, "id.file");
  EXPECT_EQ(api.post_1("/assistants/asst_none/files", {{"file_id", more}}).refusal, "nf.assistant");
  EXPECT_EQ(api.get_1("/assistants/asst_none/files").refusal, "nf.assistant");
  EXPECT_EQ(api.get_1("/assistants/undefined/files").refusal, "id.assistant");
  const std::string other = api.assistant_1(Json::array(), Json::array());
  EXPECT_EQ(api.post_1(other + "/files", {{"file_id", "file-none"}}).refusal, "nf.files-in-body");
  EXPECT_EQ(api.post_1("/assistants", {{"model", "gpt-4o"}, {"file_ids", {"file-none"}}}).refusal,
            "nf.files-in-body");
  EXPECT_EQ(api.get_1("/threads/thread_none/messages/msg_1/files").refusal, "nf.thread");
}

// Clients of the time ask again behind the last id until a page is empty.
TEST(FilesOfFirstVersion, AreListedPageByPage) {
  TwoVersions api;
  const std::vector<std::string> files = api.upload_many(5);
  const std::string assistant = api.assistant_1(Json::array(), files);
  const std::string list = assistant + "/files?order=asc&limit=2";
  const TestAnswer first = api.get_1(list);
  EXPECT_EQ(ids_of(first), (Json{files[0], files[1]}));
  EXPECT_EQ(first.json.at("first_id"), files[0]);
  EXPECT_EQ(first.json.at("last_id"), files[1]);
  EXPECT_EQ(first.json.at("has_more"), true);
  EXPECT_EQ(ids_of(api.get_1(list + "&after=" + files[1])), (Json{files[2], files[3]}));
  EXPECT_EQ(ids_of(api.get_1(list + "&after=" + files[3])), Json{files[4]});
  EXPECT_EQ(api.get_1(list + "&after=" + files[4]).json.at("data"), Json::array());
  EXPECT_EQ(ids_of(api.get_1(list + "&before=" + files[1])), Json{files[0]});
  EXPECT_EQ(ids_of(api.get_1(assistant + "/files?limit=2")), (Json{files[4], files[3]}))
      << "the newest come first";
  api.del_1(assistant + "/files/" + files[1]);
  EXPECT_EQ(api.get_1(list + "&after=" + files[1]).json.at("data"), Json::array());
  EXPECT_EQ(api.get_1(list + "&limit=0").refusal, "v.intmin");
  EXPECT_EQ(api.get_1(list + "&limit=101").refusal, "v.intmax");
}

TEST(FilesOfFirstVersion, BelongToMessagesToo) {
  TwoVersions api;
  const std::vector<std::string> files = api.upload_many(2);
  const std::string thread = "/threads/" + api.post_1("/threads").id();
  const TestAnswer made = api.post_1(thread + "/messages", message_with({files[0], files[1]}));
  EXPECT_EQ(made.json.at("file_ids"), (Json{files[0], files[1]}));
  const std::string message = thread + "/messages/" + made.id();
  EXPECT_EQ(ids_of(api.get_1(message + "/files?order=asc")), (Json{files[0], files[1]}));
  EXPECT_EQ(api.get_1(message + "/files/" + files[0]).json.dump(),
            (Json{{"id", files[0]},
                  {"object", "thread.message.file"},
                  {"created_at", made.json.at("created_at")},
                  {"message_id", made.id()}})
                .dump());
  EXPECT_EQ(api.get_1(message + "/files/file-none").refusal, "nf.file");
  const TestAnswer bare = api.post_1(thread + "/messages", message_with(Json::array()));
  EXPECT_EQ(api.get_1(thread + "/messages/" + bare.id() + "/files").json.at("data"), Json::array());
  EXPECT_EQ(api.post_1(thread + "/messages", message_with({"file-none"})).refusal,
            "nf.files-in-body");
}

// ---- By the tools that there are ----------------------------------------------------------------

TEST(FilesOfFirstVersion, OfAnAssistantGoToItsTools) {
  TwoVersions api;
  const std::vector<std::string> files = api.upload_many(2);
  const Json both{files[0], files[1]};
  struct Mapped {
    Json tools;
    Json interpreter;
    Json search;
  };
  for (const Mapped& mapped :
       {Mapped{interpreter_1, both, nullptr}, Mapped{retrieval_1, Json::array(), both},
        Mapped{both_1, both, both}, Mapped{Json::array(), Json::array(), nullptr}}) {
    const std::string assistant = api.assistant_1(mapped.tools, both);
    EXPECT_EQ(api.get_1(assistant).json.at("file_ids"), both) << mapped.tools;
    const Json shown = api.get_2(assistant).json;
    EXPECT_FALSE(shown.contains("file_ids"));
    EXPECT_EQ(interpreter_files(shown), mapped.interpreter) << mapped.tools;
    EXPECT_EQ(searched_files(api, shown), mapped.search) << mapped.tools;
  }
}

TEST(FilesOfFirstVersion, GoToToolsThatComeLater) {
  TwoVersions api;
  const std::vector<std::string> files = api.upload_many(2);
  const std::string assistant = api.assistant_1(Json::array(), {files[0]});
  api.post_1(assistant, {{"tools", interpreter_1}});
  EXPECT_EQ(interpreter_files(api.get_2(assistant).json), Json{files[0]});
  api.post_2(assistant, {{"tools", {{{"type", "file_search"}}}}});
  EXPECT_EQ(searched_files(api, api.get_2(assistant).json), Json{files[0]});
  api.post_1(assistant + "/files", {{"file_id", files[1]}});
  EXPECT_EQ(searched_files(api, api.get_2(assistant).json), (Json{files[0], files[1]}));
  EXPECT_EQ(interpreter_files(api.get_2(assistant).json), Json{files[0]}) << "no tool any more";
}

TEST(FilesOfFirstVersion, ThatAreLeftOutAreDetached) {
  TwoVersions api;
  const std::vector<std::string> files = api.upload_many(3);
  const std::string assistant = api.assistant_1(both_1, {files[0], files[1]});
  EXPECT_EQ(api.post_1(assistant, {{"name", "Other"}}).json.at("file_ids"),
            (Json{files[0], files[1]}));
  EXPECT_EQ(api.post_1(assistant, {{"file_ids", {files[1], files[2]}}}).json.at("file_ids"),
            (Json{files[1], files[2]}));
  const Json shown = api.get_2(assistant).json;
  EXPECT_EQ(interpreter_files(shown), (Json{files[1], files[2]}));
  EXPECT_EQ(searched_files(api, shown), (Json{files[1], files[2]}));
  EXPECT_EQ(api.post_1(assistant, {{"file_ids", Json::array()}}).json.at("file_ids"),
            Json::array());
  EXPECT_EQ(searched_files(api, api.get_2(assistant).json), Json::array());
}

// What the second version changes the first does not see, and does not undo.
TEST(FilesOfFirstVersion, StayWhenTheSecondTakesThemFromATool) {
  TwoVersions api;
  const std::vector<std::string> files = api.upload_many(2);
  const std::string assistant = api.assistant_1(both_1, {files[0], files[1]});
  const std::string store =
      api.get_2(assistant).json.at("tool_resources").at("file_search").at("vector_store_ids")[0];
  api.del_2("/vector_stores/" + store + "/files/" + files[0]);
  api.post_2(assistant, {{"tool_resources",
                          {{"code_interpreter", {{"file_ids", {files[1]}}}},
                           {"file_search", {{"vector_store_ids", {store}}}}}}});
  EXPECT_EQ(api.get_1(assistant).json.at("file_ids"), (Json{files[0], files[1]}));

  const std::string thread = "/threads/" + api.post_1("/threads").id();
  api.run(1, thread, {{"assistant_id", last_segment(assistant)}, {"instructions", "Go on."}});
  api.post_1(assistant, {{"tools", both_1}, {"name", "Other"}});
  const Json shown = api.get_2(assistant).json;
  EXPECT_EQ(interpreter_files(shown), Json{files[1]});
  EXPECT_EQ(searched_files(api, shown), Json{files[1]});
}

TEST(FilesOfFirstVersion, OfTheSecondAreNotSeen) {
  TwoVersions api;
  const std::string file = api.upload("notes.txt");
  const Json resources = {{"code_interpreter", {{"file_ids", {file}}}}};
  const std::string assistant =
      "/assistants/" +
      api.post_2("/assistants", {{"model", "gpt-4o"}, {"tool_resources", resources}}).id();
  EXPECT_EQ(api.get_1(assistant).json.at("file_ids"), Json::array());
  EXPECT_EQ(api.get_1(assistant + "/files").json.at("data"), Json::array());
  const std::string thread = "/threads/" + api.post_2("/threads").id();
  const Json attachment = {{"file_id", file}, {"tools", interpreter_1}};
  const TestAnswer message = api.post_2(
      thread + "/messages",
      {{"role", "user"}, {"content", "Read this."}, {"attachments", Json::array({attachment})}});
  ASSERT_EQ(message.status, 200) << message.json;
  const Json shown = api.get_1(thread + "/messages/" + message.id()).json;
  EXPECT_EQ(shown.at("file_ids"), Json::array());
  EXPECT_FALSE(shown.contains("attachments"));
}

TEST(FilesOfFirstVersion, OfMessagesGoToTheToolsOfRuns) {
  TwoVersions api;
  const std::vector<std::string> files = api.upload_many(2);
  const std::string assistant = last_segment(api.assistant_1(Json::array(), Json::array()));
  const std::string thread = "/threads/" + api.post_1("/threads").id();
  const std::string message = api.post_1(thread + "/messages", message_with({files[0]})).id();
  const auto thread_shown = [&] { return api.get_2(thread).json; };
  EXPECT_EQ(thread_shown().at("tool_resources"), Json::object()) << "no run has begun";
  EXPECT_EQ(api.get_2(thread + "/messages/" + message).json.at("attachments"),
            (Json{{{"file_id", files[0]}, {"tools", Json::array()}}}));

  api.run(1, thread, {{"assistant_id", assistant}});
  EXPECT_EQ(thread_shown().at("tool_resources"), Json::object()) << "no tool takes it";
  api.run(1, thread, {{"assistant_id", assistant}, {"tools", interpreter_1}});
  EXPECT_EQ(interpreter_files(thread_shown()), Json{files[0]});
  EXPECT_EQ(searched_files(api, thread_shown()), Json(nullptr));
  api.run(2, thread, {{"assistant_id", assistant}, {"tools", {{{"type", "file_search"}}}}});
  EXPECT_EQ(searched_files(api, thread_shown()), Json{files[0]}) << "in the second version as well";

  api.post_2(thread, {{"tool_resources", Json::object()}});
  api.run(1, thread,
          {{"assistant_id", assistant},
           {"tools", both_1},
           {"additional_messages", {message_with({files[1]})}}});
  EXPECT_EQ(interpreter_files(thread_shown()), Json{files[1]}) << "the other was taken away";
  EXPECT_EQ(searched_files(api, thread_shown()), Json{files[1]});
}

TEST(FilesOfFirstVersion, OfAMessageThatIsGoneGoNowhere) {
  TwoVersions api;
  const std::string file = api.upload("data.csv");
  const std::string assistant = last_segment(api.assistant_1(interpreter_1, Json::array()));
  const std::string thread = "/threads/" + api.post_1("/threads").id();
  const std::string message = api.post_1(thread + "/messages", message_with({file})).id();
  api.del_2(thread + "/messages/" + message);
  api.run(1, thread, {{"assistant_id", assistant}, {"instructions", "Go on."}});
  EXPECT_EQ(interpreter_files(api.get_2(thread).json), Json::array());
}

// The second version's limit of 20 is for what it attaches itself.
TEST(FilesOfFirstVersion, OfMessagesMayBeMoreThanTheInterpreterOfTheSecondTakes) {
  TwoVersions api;
  const std::string assistant = last_segment(api.assistant_1(interpreter_1, Json::array()));
  const std::string thread = "/threads/" + api.post_1("/threads").id();
  for (int message = 0; message < 3; ++message)
    EXPECT_EQ(api.post_1(thread + "/messages", message_with(api.upload_many(10))).status, 200);
  EXPECT_EQ(api.run(1, thread, {{"assistant_id", assistant}}).json.at("status"), "completed");
  EXPECT_EQ(interpreter_files(api.get_2(thread).json).size(), 20) << "the newest";
  EXPECT_EQ(api.post_1(thread + "/messages", message_with(api.upload_many(1))).status, 200);
}

TEST(FilesOfFirstVersion, OfTheAssistantAreThoseOfItsRuns) {
  TwoVersions api;
  const std::vector<std::string> files = api.upload_many(2);
  const std::string path = api.assistant_1(Json::array(), {files[0]});
  const std::string thread = "/threads/" + api.post_1("/threads").id();
  const Json body = {
      {"assistant_id", last_segment(path)}, {"instructions", "Go on."}, {"tools", interpreter_1}};
  const TestAnswer run = api.run(1, thread, body);
  EXPECT_EQ(run.json.at("file_ids"), Json{files[0]});
  EXPECT_EQ(interpreter_files(api.get_2(path).json), Json{files[0]}) << "the run's tool";
  api.post_1(path + "/files", {{"file_id", files[1]}});
  EXPECT_EQ(api.get_1(thread + "/runs/" + run.id()).json.at("file_ids"), Json{files[0]})
      << "as it began";
  EXPECT_EQ(api.run(1, thread, body).json.at("file_ids"), (Json{files[0], files[1]}));
}

TEST(FilesOfFirstVersion, ThatAreDeletedAreGoneFromBoth) {
  TwoVersions api;
  const std::vector<std::string> files = api.upload_many(2);
  const Json both{files[0], files[1]};
  const std::string assistant = api.assistant_1(both_1, both);
  const std::string thread = "/threads/" + api.post_1("/threads").id();
  const std::string message =
      thread + "/messages/" + api.post_1(thread + "/messages", message_with(both)).id();
  api.del_1("/files/" + files[0]);
  for (const std::string& owner : {assistant, message}) {
    EXPECT_EQ(api.get_1(owner).json.at("file_ids"), Json{files[1]});
    EXPECT_EQ(ids_of(api.get_1(owner + "/files")), Json{files[1]});
    EXPECT_EQ(api.get_1(owner + "/files/" + files[0]).refusal, "nf.file");
  }
  EXPECT_EQ(searched_files(api, api.get_2(assistant).json), Json{files[1]});
  const TestAnswer run = api.run(1, thread, {{"assistant_id", last_segment(assistant)}});
  EXPECT_EQ(run.json.at("status"), "completed");
  EXPECT_EQ(run.json.at("file_ids"), Json{files[1]});
  EXPECT_EQ(searched_files(api, api.get_2(thread).json), Json{files[1]});
}

// f.retrieval: where no other tool takes it.
TEST(FilesOfFirstVersion, ThatCannotBeSearchedNeedAnotherTool) {
  TwoVersions api;
  const std::string image = api.upload("plot.png");
  const std::string text = api.upload("notes.txt");
  const auto made = [&](const Json& tools) {
    return api.post_1("/assistants",
                      {{"model", "gpt-4o"}, {"tools", tools}, {"file_ids", {image, text}}});
  };
  EXPECT_EQ(made(retrieval_1).refusal, "f.retrieval");
  const std::string assistant = "/assistants/" + made(both_1).id();
  EXPECT_EQ(interpreter_files(api.get_2(assistant).json), (Json{image, text}));
  EXPECT_EQ(searched_files(api, api.get_2(assistant).json), Json{text});
  const std::string other = api.assistant_1(retrieval_1, {text});
  EXPECT_EQ(api.post_1(other + "/files", {{"file_id", image}}).refusal, "f.retrieval");
}

// Scripts are of no version: what searches files is a retrieval here.
TEST(FilesOfFirstVersion, AreFoundByRetrieval) {
  TwoVersions api(scenarios::ScenarioBook::parse(
      "scenario: search\nruns: [{ do: [{ call: file_search }, { say: '${results[0].text}' }] }]\n",
      "search"));
  const std::string file = api.upload("foods.txt", "Filip likes cake.");
  const std::string assistant = last_segment(api.assistant_1(retrieval_1, {file}));
  const std::string thread = "/threads/" + api.post_1("/threads").id();
  api.post_1(thread + "/messages", {{"role", "user"}, {"content", "What does Filip like?"}});
  api.api().advance(std::chrono::seconds{10});
  const TestAnswer run = api.run(1, thread, {{"assistant_id", assistant}});
  const Json steps = api.get_1(thread + "/runs/" + run.id() + "/steps?order=asc").json.at("data");
  Json call = steps[0].at("step_details").at("tool_calls")[0];
  call.erase("id");
  EXPECT_EQ(call, (Json{{"type", "retrieval"}, {"retrieval", Json::object()}}));
  const Json said = api.get_1(thread + "/messages").json.at("data")[0];
  EXPECT_EQ(said.at("content")[0].at("text").at("value"), "Filip likes cake.");
  EXPECT_EQ(api.get_2(thread + "/runs/" + run.id() + "/steps?order=asc")
                .json.at("data")[0]
                .at("step_details")
                .at("tool_calls")[0]
                .at("type"),
            "file_search");
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
