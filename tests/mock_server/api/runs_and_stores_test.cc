// Runs that search the stores of their assistant and thread: docs/wire/vector-stores.md, "From
// assistants and threads".
#include <gtest/gtest.h>

#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server::api {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::ordered_json;

constexpr const char* searching = R"(scenario: searching
indexing: { files: [ { filename: slow, takes: 10s }, { filename: stuck, takes: forever } ] }
runs:
  - do:
      - call: [ { file_search: { query: "favourite food" } } ]
      - say: "${results[0].filename}"
)";

class Searching {
 public:
  Searching() : api_(scenarios::ScenarioBook::parse(searching)) {}

  static Json resources(const std::vector<std::string>& file_ids) {
    return {{"file_search", {{"vector_stores", {{{"file_ids", file_ids}}}}}}};
  }

  std::string assistant(const Json& resources, const Json& options = Json::object()) {
    return api_
        .post("/assistants", Json{{"model", "gpt-4o"},
                                  {"tools", {{{"type", "file_search"}, {"file_search", options}}}},
                                  {"tool_resources", resources}}
                                 .dump())
        .id();
  }
  void run(const std::string& assistant, const Json& thread_resources) {
    const Json thread = {{"messages", {{{"role", "user"}, {"content", "What does he like?"}}}},
                         {"tool_resources", thread_resources}};
    const TestAnswer made =
        api_.post("/threads/runs", Json{{"assistant_id", assistant}, {"thread", thread}}.dump());
    run_ = "/threads/" + made.json.at("thread_id").get<std::string>() + "/runs/" + made.id();
  }
  std::string status() { return api_.get(run_).json.at("status"); }
  // The results of its search, as file names.
  std::vector<std::string> found() {
    std::vector<std::string> names;
    const Json steps = api_.get(run_ + "/steps?order=asc").json.at("data");
    for (const Json& result :
         steps.at(0).at("step_details").at("tool_calls").at(0).at("file_search").at("results"))
      names.push_back(result.at("file_name"));
    return names;
  }

  TestApi* operator->() { return &api_; }

 private:
  TestApi api_;
  std::string run_;
};

TEST(RunsAndStores, SearchBothStores) {
  Searching api;
  const std::string foods = api->upload("foods.txt", "Filip's favourite food is cake.");
  const std::string ships = api->upload("ships.txt", "Ships sail the sea.");
  const std::string assistant = api.assistant(Searching::resources({foods, ships}));
  api->advance(5s);
  api.run(assistant, Searching::resources({foods}));
  api->advance(5s);
  EXPECT_EQ(api.status(), "completed");
  EXPECT_EQ(api.found(), (std::vector<std::string>{"foods.txt", "foods.txt"}));
}

TEST(RunsAndStores, KeepToTheOptionsOfTheTool) {
  Searching api;
  std::vector<std::string> files;
  for (int number = 0; number < 8; ++number)
    files.push_back(api->upload("food-" + std::to_string(number) + ".txt", "favourite food"));
  const std::string few = api.assistant(Searching::resources(files), {{"max_num_results", 3}});
  const std::string picky =
      api.assistant(Searching::resources(files),
                    {{"ranking_options", {{"ranker", "auto"}, {"score_threshold", 1.0}}}});
  api->advance(5s);
  api.run(few, Json::object());
  api->advance(5s);
  EXPECT_EQ(api.found().size(), 3);
  api.run(picky, Json::object());
  api->advance(5s);
  EXPECT_EQ(api.found().size(), 0);
}

TEST(RunsAndStores, SearchAStoreOnceThatBothName) {
  Searching api;
  const std::string foods = api->upload("foods.txt", "Filip's favourite food is cake.");
  const std::string store = api->post("/vector_stores", Json{{"file_ids", {foods}}}.dump()).id();
  const Json both = {{"file_search", {{"vector_store_ids", {store}}}}};
  api->advance(5s);
  api.run(api.assistant(both), both);
  api->advance(5s);
  EXPECT_EQ(api.found(), std::vector<std::string>{"foods.txt"});
}

// However far time moves at once.
TEST(RunsAndStores, DoNotFindFilesThatHaveExpired) {
  Searching api;
  const std::string foods =
      api->post("/files", file_form("foods.txt", "Filip's favourite food is cake.")
                              .field("expires_after[anchor]", "created_at")
                              .field("expires_after[seconds]", "3600"))
          .id();
  const std::string assistant = api.assistant(Searching::resources({foods}));
  api->advance(3599s);
  api.run(assistant, Json::object());  // picked up a second later
  api->advance(1h);
  EXPECT_EQ(api.status(), "completed");
  EXPECT_EQ(api.found(), std::vector<std::string>());
}

// What code makes is as old as the moment that made it, in whatever steps time is told to move.
TEST(RunsAndStores, DateTheFilesThatCodeMakes) {
  TestApi api("code_interpreter_plot");
  const TestAnswer run = api.post(
      "/threads/runs",
      R"({"assistant_id":"asst_analyst","thread":{"messages":[{"role":"user","content":"Plot."}]}})");
  api.advance(300s);
  const Json ended =
      api.get("/threads/" + run.json.at("thread_id").get<std::string>() + "/runs/" + run.id()).json;
  const Json file = api.get("/files").json.at("data").at(0);
  EXPECT_EQ(ended.at("status"), "completed");
  EXPECT_LE(file.at("created_at"), ended.at("completed_at"));
}

TEST(RunsAndStores, FailWhereTheDiskIsFull) {
  for (const Pace pace : {Pace::given, Pace::immediate}) {
    TestApi api("code_interpreter_plot",
                {.world = {.limits = {.stored_bytes = 100}}, .pace = pace});
    const TestAnswer run = api.post(
        "/threads/runs",
        R"({"assistant_id":"asst_analyst","thread":{"messages":[{"role":"user","content":"Plot."}]}})");
    if (pace == Pace::given) api.advance(300s);
    const Json ended =
        api.get("/threads/" + run.json.at("thread_id").get<std::string>() + "/runs/" + run.id())
            .json;
    EXPECT_EQ(ended.at("status"), "failed");
    EXPECT_EQ(ended.at("last_error").at("code"), "server_error");
    EXPECT_EQ(api.post("/threads").status, 200) << "and all goes on";
  }
}

TEST(RunsAndStores, NeedTheTool) {
  Searching api;
  const std::string foods = api->upload("foods.txt", "Filip's favourite food is cake.");
  const Json resources = Searching::resources({foods});
  const Json assistant = {{"model", "gpt-4o"}, {"tool_resources", resources}};
  const std::string id = api->post("/assistants", assistant.dump()).id();
  api->advance(5s);
  api.run(id, resources);
  api->advance(10s);
  EXPECT_EQ(api.status(), "completed");
  EXPECT_EQ(api.found(), std::vector<std::string>());
}

TEST(RunsAndStores, WaitForFilesOfTheThread) {
  Searching api;
  const std::string assistant = api.assistant(Json::object());
  api.run(assistant, Searching::resources({api->upload("slow.txt", "favourite food")}));
  api->advance(9s);
  EXPECT_EQ(api.status(), "queued");
  api->advance(1s);
  EXPECT_EQ(api.status(), "in_progress");
  api->advance(1s);
  EXPECT_EQ(api.found(), std::vector<std::string>{"slow.txt"});

  api.run(assistant, Searching::resources({api->upload("stuck.txt", "favourite food")}));
  api->advance(59s);
  EXPECT_EQ(api.status(), "queued");
  api->advance(1s);
  EXPECT_EQ(api.status(), "in_progress");
  api->advance(1s);
  EXPECT_EQ(api.found(), std::vector<std::string>{});
}

TEST(RunsAndStores, DoNotWaitForFilesOfTheAssistant) {
  Searching api;
  const std::string slow = api->upload("slow.txt", "favourite food");
  api.run(api.assistant(Searching::resources({slow})), Json::object());
  api->advance(1s);
  EXPECT_EQ(api.status(), "in_progress");
  api->advance(1s);
  EXPECT_EQ(api.found(), std::vector<std::string>{});
}

// A scripted result names a file that the client uploaded, and has its id.
TEST(RunsAndStores, CiteUploadedFilesByName) {
  TestApi api(scenarios::ScenarioBook::parse(R"(scenario: scripted
runs:
  - do:
      - call: [ { file_search: { results: [ { file: foods.txt, text: Cake., score: 0.9 } ] } } ]
      - say: "Cake${cite[0]}."
)"));
  api.upload("foods.txt", "Of another client.");
  const std::string file = api.upload("foods.txt", "Filip likes cake.");
  const std::string assistant =
      api.post("/assistants", R"({"model":"gpt-4o","instructions":"i"})").id();
  const TestAnswer run = api.post("/threads/runs", Json{{"assistant_id", assistant}}.dump());
  api.advance(5s);
  const std::string thread = "/threads/" + run.json.at("thread_id").get<std::string>();
  const TestAnswer messages = api.get(thread + "/messages");
  EXPECT_EQ(messages.json.at("data")[0].at("content")[0].at("text"),
            Json::parse(R"({"value":"Cake【4:0†foods.txt】.","annotations":[{"type":"file_citation",
                            "text":"【4:0†foods.txt】","start_index":4,"end_index":19,
                            "file_citation":{"file_id":")" +
                        file + R"("}}]})"));
}

TEST(RunsAndStores, FindNothingInAStoreThatIsGone) {
  Searching api;
  const std::string store = api->post("/vector_stores").id();
  const std::string assistant = api.assistant({{"file_search", {{"vector_store_ids", {store}}}}});
  ASSERT_EQ(api->del("/vector_stores/" + store).status, 200);
  api.run(assistant, Json::object());
  api->advance(5s);
  EXPECT_EQ(api.status(), "completed");
  EXPECT_EQ(api.found(), std::vector<std::string>{});
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
