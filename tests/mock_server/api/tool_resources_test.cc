// Files and stores that assistants, threads and messages bring along: docs/wire/vector-stores.md,
// "From assistants and threads".
#include <gtest/gtest.h>

#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server::api {
namespace {

using namespace std::chrono_literals;
using Json = nlohmann::ordered_json;

Json resources_with_files(const Json& file_ids) {
  return {{"file_search", {{"vector_stores", {{{"file_ids", file_ids}}}}}}};
}

std::string only_store_of(const Json& object) {
  const Json& ids = object.at("tool_resources").at("file_search").at("vector_store_ids");
  EXPECT_EQ(ids.size(), 1);
  return ids[0];
}

TEST(ToolResources, MakeStores) {
  TestApi api;
  const std::string file = api.upload("foods.txt", "Filip likes cake.");
  const TestAnswer assistant = api.post(
      "/assistants",
      Json{{"model", "gpt-4o"},
           {"tool_resources",
            {{"file_search",
              {{"vector_stores",
                {{{"file_ids", {file}},
                  {"chunking_strategy",
                   {{"type", "static"},
                    {"static", {{"max_chunk_size_tokens", 200}, {"chunk_overlap_tokens", 50}}}}},
                  {"metadata", {{"kind", "foods"}}}}}}}}}}}
          .dump());
  const std::string store = only_store_of(assistant.json);
  const Json shown = api.get("/vector_stores/" + store).json;
  EXPECT_EQ(shown.at("file_counts").at("in_progress"), 1);
  EXPECT_EQ(shown.at("metadata"), (Json{{"kind", "foods"}}));
  EXPECT_EQ(api.get("/vector_stores/" + store + "/files/" + file)
                .json.at("chunking_strategy")
                .at("static")
                .at("max_chunk_size_tokens"),
            200);
  EXPECT_EQ(only_store_of(api.get("/assistants/" + assistant.id()).json), store);
}

TEST(ToolResources, ExpireWithThreadsAlone) {
  TestApi api;
  const std::string file = api.upload("foods.txt", "Filip likes cake.");
  const Json resources = {{"tool_resources", resources_with_files({file})}};
  Json assistant = resources;
  assistant["model"] = "gpt-4o";
  const std::string of_assistant = only_store_of(api.post("/assistants", assistant.dump()).json);
  const std::string of_thread = only_store_of(api.post("/threads", resources.dump()).json);
  const auto status = [&](const std::string& store) {
    return api.get("/vector_stores/" + store).json.at("status").get<std::string>();
  };
  api.advance(24h * 7);
  EXPECT_EQ(status(of_assistant), "completed");
  EXPECT_EQ(status(of_thread), "expired");
}

TEST(ToolResources, TakeAttachments) {
  TestApi api;
  const std::string text = api.upload("foods.txt", "Filip likes cake.");
  const std::string table = api.upload("table.csv", "a,b\n");
  const std::string thread = api.post("/threads").id();
  const auto attach = [&](const Json& attachments) {
    return api.post(
        "/threads/" + thread + "/messages",
        Json{{"role", "user"}, {"content", "See."}, {"attachments", attachments}}.dump());
  };
  const Json for_search = {{"type", "file_search"}};
  const Json for_code = {{"type", "code_interpreter"}};
  const Json attachments = {{{"file_id", text}, {"tools", {for_search, for_code}}},
                            {{"file_id", table}, {"tools", {for_code}}}};
  ASSERT_EQ(attach(attachments).json.at("attachments"), attachments);
  const Json resources = api.get("/threads/" + thread).json;
  const std::string store = only_store_of(resources);
  EXPECT_EQ(resources.at("tool_resources").at("code_interpreter").at("file_ids"),
            Json::array({text, table}));
  EXPECT_EQ(api.get("/vector_stores/" + store).json.at("expires_after").at("days"), 7);
  EXPECT_EQ(api.get("/vector_stores/" + store).json.at("file_counts").at("total"), 1);

  const std::string more = api.upload("drinks.md", "Effie likes tea.");
  ASSERT_EQ(attach({{{"file_id", more}, {"tools", {for_search}}}}).status, 200);
  EXPECT_EQ(only_store_of(api.get("/threads/" + thread).json), store) << "one store per thread";
  EXPECT_EQ(api.get("/vector_stores/" + store).json.at("file_counts").at("total"), 2);
}

TEST(ToolResources, RefuseWhatIsNotThere) {
  TestApi api;
  const std::string text = api.upload("foods.txt", "Filip likes cake.");
  const std::string table = api.upload("table.csv", "a,b\n");
  const std::string thread = api.post("/threads").id();
  const auto refusal = [&](const std::string& path, const Json& body) {
    return api.post(path, body.dump()).refusal;
  };
  const auto message = [](const std::string& file, const std::string& tool) {
    return Json{{"role", "user"},
                {"content", "See."},
                {"attachments", {{{"file_id", file}, {"tools", {{{"type", tool}}}}}}}};
  };
  const auto image = [](const std::string& file) {
    return Json{{"role", "user"},
                {"content", {{{"type", "image_file"}, {"image_file", {{"file_id", file}}}}}}};
  };
  const std::string messages = "/threads/" + thread + "/messages";
  EXPECT_EQ(refusal(messages, message("file-none", "code_interpreter")), "nf.files-in-body");
  EXPECT_EQ(refusal(messages, message(table, "file_search")), "f.retrieval");
  EXPECT_EQ(refusal(messages, image("file-none")), "nf.files-in-body");
  EXPECT_EQ(refusal(messages, image(text)), "v.image.file");
  const std::string picture = api.upload("picture.PNG", "not looked at", "vision");
  EXPECT_EQ(refusal(messages, image(picture)), "");

  EXPECT_EQ(refusal("/threads", {{"messages", {message(table, "file_search")}}}), "f.retrieval");
  EXPECT_EQ(refusal("/threads", {{"tool_resources", resources_with_files({table})}}),
            "f.retrieval");
  EXPECT_EQ(refusal("/threads",
                    {{"tool_resources", {{"code_interpreter", {{"file_ids", {"file-none"}}}}}}}),
            "nf.files-in-body");
  const Json unknown_store = {{"file_search", {{"vector_store_ids", {"vs_none"}}}}};
  EXPECT_EQ(refusal("/threads/" + thread, {{"tool_resources", unknown_store}}), "nf.vs-ref");
  EXPECT_EQ(refusal("/assistants", {{"model", "gpt-4o"}, {"tool_resources", unknown_store}}),
            "nf.vs-ref");
  EXPECT_EQ(api.get("/vector_stores").json.at("data").size(), 0)
      << "a refusal leaves nothing behind";
  EXPECT_EQ(api.get("/threads/" + thread).json.at("tool_resources"), Json::object());
  EXPECT_EQ(api.get(messages).json.at("data").size(), 1);
}

// 20 files for code interpreter (OpenAPI: CreateThreadRequest), attachments among them.
TEST(ToolResources, BoundTheFilesOfCodeInterpreter) {
  TestApi api;
  const auto attached = [&](int files) {
    Json attachments = Json::array();
    for (int i = 0; i < files; ++i)
      attachments.push_back({{"file_id", api.upload(std::to_string(i) + ".csv", "a,b\n")},
                             {"tools", {{{"type", "code_interpreter"}}}}});
    return Json{{"role", "user"}, {"content", "See."}, {"attachments", attachments}};
  };
  EXPECT_EQ(api.post("/threads", Json{{"messages", {attached(21)}}}.dump()).refusal, "v.arrmax");
  const std::string thread =
      "/threads/" + api.post("/threads", Json{{"messages", {attached(19)}}}.dump()).id();
  const auto add = [&](int files) {
    return api.post(thread + "/messages", attached(files).dump()).refusal;
  };
  EXPECT_EQ(add(2), "v.arrmax");
  EXPECT_EQ(add(1), "");
  EXPECT_EQ(add(1), "v.arrmax");
  EXPECT_EQ(add(0), "");
  EXPECT_EQ(api.get(thread).json.at("tool_resources").at("code_interpreter").at("file_ids").size(),
            20);
}

TEST(ToolResources, CanBeReplacedAndTakenAway) {
  TestApi api;
  const std::string file = api.upload("foods.txt", "Filip likes cake.");
  const Json resources = {{"tool_resources", resources_with_files({file})}};
  const TestAnswer thread = api.post("/threads", resources.dump());
  const std::string store = only_store_of(thread.json);
  const std::string other = api.post("/vector_stores").id();
  const Json with_other = {{"tool_resources", {{"file_search", {{"vector_store_ids", {other}}}}}}};
  EXPECT_EQ(only_store_of(api.post("/threads/" + thread.id(), with_other.dump()).json), other);
  EXPECT_EQ(
      api.post("/threads/" + thread.id(), R"({"tool_resources":null})").json.at("tool_resources"),
      Json::object());
  EXPECT_EQ(api.get("/vector_stores/" + store).status, 200);
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
