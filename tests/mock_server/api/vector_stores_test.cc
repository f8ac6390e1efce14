// Vector stores and their files, as their client sees them: docs/wire/vector-stores.md.
#include <gtest/gtest.h>

#include "tests/mock_server/api/stores_client.h"

namespace assistants_mock::mock_server::api {
namespace {

using namespace std::chrono_literals;
constexpr std::string_view day = "OpenAPI: VectorStoreExpirationAfter.days";

// V1 to V3, F1, F2.
TEST(VectorStores, FollowTheirFiles) {
  Stores stores;
  const std::string empty = stores.store();
  EXPECT_EQ(stores.status(empty), "completed");
  EXPECT_EQ(stores.counts(empty), counted(0, 0, 0, 0));

  const std::string store = stores.store({{"file_ids", stores.text_files(3)}});
  EXPECT_EQ(stores.status(store), "in_progress");
  EXPECT_EQ(stores.counts(store), counted(3, 0, 0, 0));
  stores->advance(2s);
  EXPECT_EQ(stores.status(store), "completed");
  EXPECT_EQ(stores.counts(store), counted(0, 3, 0, 0));
}

TEST(VectorStores, FilesEndOneByOne) {
  Stores stores;
  const std::string store = stores.store({{"file_ids", stores.text_files(5)}});
  stores->advance(1s);
  EXPECT_EQ(stores.counts(store), counted(4, 1, 0, 0));
  stores->advance(200ms);
  EXPECT_EQ(stores.counts(store), counted(3, 2, 0, 0));
  stores->advance(600ms);
  EXPECT_EQ(stores.counts(store), counted(0, 5, 0, 0));
}

// What a rule says of a file holds whatever comes with it.
TEST(VectorStores, FilesTakeWhatTheirRuleSays) {
  Stores stores("indexing: { files: [ { takes: 5s } ] }\n");
  const std::string store = stores.store({{"file_ids", stores.text_files(3)}});
  stores->advance(4'999ms);
  EXPECT_EQ(stores.counts(store), counted(3, 0, 0, 0));
  stores->advance(1ms);
  EXPECT_EQ(stores.counts(store), counted(0, 3, 0, 0));
}

TEST(VectorStores, ThatOnlyHoldFailuresAreCompleted) {
  Stores stores("indexing: { files: [ { fail: unsupported_file } ] }\n");
  const std::string file = stores.text_file();
  const std::string store = stores.store({{"file_ids", {file}}});
  stores->advance(1s);
  EXPECT_EQ(stores.status(store), "completed");
  EXPECT_EQ(stores.counts(store), counted(0, 0, 1, 0));
  const Json shown = stores->get("/vector_stores/" + store + "/files/" + file).json;
  EXPECT_EQ(shown.at("status"), "failed");
  EXPECT_EQ(shown.at("last_error"),
            (Json{{"code", "unsupported_file"}, {"message", "The file type is not supported."}}));
}

// Without a script it is the content that decides.
TEST(VectorStores, FilesFailByTheirContent) {
  Stores stores;
  const std::string broken = stores->upload("broken.txt", "\xff\xfe\xfd");
  const std::string store = stores.store({{"file_ids", {broken}}});
  stores->advance(1s);
  EXPECT_EQ(stores.counts(store), counted(0, 0, 1, 0));
  EXPECT_EQ(stores->get("/vector_stores/" + store + "/files/" + broken).json.at("last_error"),
            (Json{{"code", "invalid_file"}, {"message", "The file could not be parsed."}}));
}

TEST(VectorStores, FilesCanBeStuckForEver) {
  Stores stores("indexing: { files: [ { filename: notes-1, takes: forever } ] }\n");
  const std::string store = stores.store({{"file_ids", stores.text_files(2)}});
  stores->advance(24h);
  EXPECT_EQ(stores.status(store), "in_progress");
  EXPECT_EQ(stores.counts(store), counted(1, 1, 0, 0));
}

// ours: Limits::indexed_bytes. What was taken out makes room again.
TEST(VectorStores, IndexNoMoreThanTheirLimit) {
  TestApi api("echo", {.world = {.limits = {.indexed_bytes = 2'000}}});
  const std::string one = api.upload("one.txt", std::string(1'500, 'x'));
  const std::string other = api.upload("other.txt", std::string(1'500, 'y'));
  const std::string store =
      "/vector_stores/" + api.post("/vector_stores", Json{{"file_ids", {one}}}.dump()).id();
  api.advance(1s);
  const auto attach_other = [&] {
    api.post(store + "/files", Json{{"file_id", other}}.dump());
    api.advance(1s);
    return api.get(store + "/files/" + other).json;
  };
  const Json failed = attach_other();
  EXPECT_EQ(failed.at("status"), "failed");
  EXPECT_NE(failed.at("last_error").at("message").get<std::string>().find("--max-indexed"),
            std::string::npos);
  api.del(store + "/files/" + one);
  EXPECT_EQ(attach_other().at("status"), "completed");
}

// A text may fit where its index does not.
TEST(VectorStores, LeaveNothingOfAFileWhoseIndexFindsNoRoom) {
  std::string words;
  for (int word = 0; word < 200; ++word) words += "w" + std::to_string(word) + " ";
  TestApi api("echo", {.world = {.limits = {.indexed_bytes = words.size() + 10}}});
  const std::string store =
      "/vector_stores/" +
      api.post("/vector_stores", Json{{"file_ids", {api.upload("a.txt", words)}}}.dump()).id();
  api.advance(1s);
  EXPECT_EQ(api.get(store).json.at("file_counts"), counted(0, 0, 1, 0));
  EXPECT_EQ(api.post(store + "/search", R"({"query":"w7"})").json.at("data").size(), 0);
  EXPECT_EQ(api.get(store).json.at("usage_bytes"), 0);
}

// What is taken out makes room at once, however little of the index it was.
TEST(VectorStores, WhatIsTakenOutMakesRoom) {
  const auto text = [](int file) {
    std::string words;
    for (int word = 0; word < 100; ++word)
      words += "f" + std::to_string(file) + "w" + std::to_string(word) + " ";
    return words;
  };
  TestApi api("echo", {.world = {.limits = {.indexed_bytes = 100'000}}});
  const std::string store = "/vector_stores/" + api.post("/vector_stores").id();
  const auto attach = [&](const std::string& file) {
    api.post(store + "/files", Json{{"file_id", file}}.dump());
    api.advance(1s);
    return api.get(store + "/files/" + file).json.at("status") == "completed";
  };
  std::vector<std::string> files;
  do files.push_back(api.upload("a.txt", text(static_cast<int>(files.size()))));
  while (attach(files.back()));
  ASSERT_GT(files.size(), 3U);
  for (int time = 0; time < 3; ++time) EXPECT_FALSE(attach(files.back()));
  for (int file : {0, 1}) api.del(store + "/files/" + files.at(static_cast<std::size_t>(file)));
  EXPECT_TRUE(attach(files.back()));
}

TEST(VectorStores, CountWhatTheirFilesTake) {
  Stores stores;
  const std::string store =
      stores.store({{"file_ids", {stores.text_file("A text of 21 bytes...")}}});
  EXPECT_EQ(stores->get("/vector_stores/" + store).json.at("usage_bytes"), 0);
  stores->advance(1s);
  EXPECT_EQ(stores->get("/vector_stores/" + store).json.at("usage_bytes"), 1045);
  stores.attach(store, stores.text_file());
  EXPECT_EQ(stores->get("/vector_stores/" + store).json.at("usage_bytes"), 0) << "V1";
}

// V4.
TEST(VectorStores, ExpireAfterTheirDays) {
  Stores stores;
  const std::string store =
      stores.store({{"expires_after", {{"anchor", "last_active_at"}, {"days", 3}}}});
  const Json created = stores->get("/vector_stores/" + store).json;
  EXPECT_EQ(created.at("expires_at").get<long>() - created.at("last_active_at").get<long>(),
            259'200)
      << day;
  stores->advance(72h - 1s);
  EXPECT_EQ(stores.status(store), "completed");
  stores->advance(1s);
  EXPECT_EQ(stores.status(store), "expired");
  EXPECT_EQ(stores->get("/vector_stores").json.at("data")[0].at("status"), "expired");
}

TEST(VectorStores, AreKeptAliveByUse) {
  Stores stores;
  const std::string store =
      stores.store({{"expires_after", {{"anchor", "last_active_at"}, {"days", 1}}}});
  stores->advance(20h);
  ASSERT_EQ(stores.attach(store, stores.text_file()).status, 200);
  stores->advance(20h);
  ASSERT_EQ(stores.search(store, {{"query", "cake"}}).status, 200);
  stores->advance(20h);
  const std::string assistant =
      stores
          ->post("/assistants",
                 Json{{"model", "gpt-4o"},
                      {"instructions", "Search."},
                      {"tools", {{{"type", "file_search"}}}},
                      {"tool_resources", {{"file_search", {{"vector_store_ids", {store}}}}}}}
                     .dump())
          .id();
  ASSERT_EQ(stores->post("/threads/runs", Json{{"assistant_id", assistant}}.dump()).status, 200);
  stores->advance(20h);
  EXPECT_EQ(stores.status(store), "completed");
  stores->advance(4h);
  EXPECT_EQ(stores.status(store), "expired");
  EXPECT_EQ(stores->post("/threads/runs", Json{{"assistant_id", assistant}}.dump()).refusal,
            "vs.expired.run");
}

TEST(VectorStores, ThatExpiredAreRefused) {
  Stores stores;
  const std::string file = stores.text_file();
  const std::string store = stores.store(
      {{"file_ids", {file}}, {"expires_after", {{"anchor", "last_active_at"}, {"days", 1}}}});
  stores->advance(25h);
  const std::string path = "/vector_stores/" + store;
  EXPECT_EQ(stores.attach(store, file).refusal, "vs.expired.use");
  EXPECT_EQ(stores.batch(store, {file}).refusal, "vs.expired.use");
  EXPECT_EQ(stores.search(store, {{"query", "cake"}}).refusal, "vs.expired.use");
  EXPECT_EQ(stores->post(path, R"({"name":"new"})").refusal, "vs.expired.use");
  EXPECT_EQ(stores->del(path + "/files/" + file).refusal, "vs.expired.use");
  EXPECT_EQ(stores->get(path + "/files").json.at("data").size(), 1);
  EXPECT_EQ(stores->del(path).status, 200);
}

TEST(VectorStores, LeaveTheirFilesWhenDeleted) {
  Stores stores;
  const std::string file = stores.text_file();
  const std::string store = stores.store({{"file_ids", {file}}});
  ASSERT_EQ(stores->del("/vector_stores/" + store).json.at("object"), "vector_store.deleted");
  EXPECT_EQ(stores->get("/vector_stores/" + store).refusal, "nf.vs");
  EXPECT_EQ(stores->get("/files/" + file).status, 200);
  stores->advance(2s);  // what was under way ends nowhere
  EXPECT_EQ(stores->get("/vector_stores").json.at("data").size(), 0);
}

TEST(VectorStores, LoseFilesThatAreDeleted) {
  Stores stores;
  const std::vector<std::string> files = stores.text_files(2);
  const std::string store = stores.store({{"file_ids", files}});
  stores->advance(500ms);
  ASSERT_EQ(stores->del("/files/" + files[0]).status, 200);
  EXPECT_EQ(stores.counts(store), counted(1, 0, 0, 0));
  stores->advance(2s);
  EXPECT_EQ(stores.counts(store), counted(0, 1, 0, 0));
  ASSERT_EQ(stores->del("/vector_stores/" + store + "/files/" + files[1]).json.at("object"),
            "vector_store.file.deleted");
  EXPECT_EQ(stores.counts(store), counted(0, 0, 0, 0));
  EXPECT_EQ(stores->get("/files/" + files[1]).status, 200);
}

TEST(VectorStores, AttachingAgainBeginsAnew) {
  Stores stores;
  const std::string file = stores.text_file();
  const std::string store = stores.store({{"file_ids", {file}}});
  stores->advance(1s);
  ASSERT_EQ(stores.counts(store), counted(0, 1, 0, 0));
  EXPECT_EQ(stores.attach(store, file).json.at("status"), "in_progress");
  EXPECT_EQ(stores.counts(store), counted(1, 0, 0, 0));
  EXPECT_TRUE(stores.search(store, {{"query", "cake"}}).json.at("data").empty());
  stores->advance(1s);
  EXPECT_EQ(stores.counts(store), counted(0, 1, 0, 0));
}

TEST(VectorStores, RefuseWhatCannotBeSearched) {
  Stores stores;
  const std::string store = stores.store();
  const std::string table = stores->upload("table.csv", "a,b\n");
  const TestAnswer refused = stores.attach(store, table);
  EXPECT_EQ(refused.refusal, "f.retrieval");
  EXPECT_EQ(refused.json.at("error").at("param"), "file_ids");
  EXPECT_EQ(stores.batch(store, {table}).refusal, "f.retrieval");
  EXPECT_EQ(stores->post("/vector_stores", Json{{"file_ids", {table}}}.dump()).refusal,
            "f.retrieval");
  EXPECT_EQ(stores.attach(store, "file-unknown").refusal, "nf.files-in-body");
  EXPECT_EQ(stores.batch(store, {stores.text_file(), "file-unknown"}).refusal, "nf.files-in-body");
  EXPECT_EQ(stores.counts(store), counted(0, 0, 0, 0)) << "a refusal leaves nothing behind";
  EXPECT_EQ(stores->get("/vector_stores").json.at("data").size(), 1);
}

// OpenAPI: VectorStoreFileObject.chunking_strategy.
TEST(VectorStores, ShowTheirChunking) {
  Stores stores;
  const std::string store = stores.store();
  const auto shown = [&](const Json& strategy) {
    Json body = {{"file_id", stores.text_file()}};
    if (!strategy.is_null()) body["chunking_strategy"] = strategy;
    return stores->post("/vector_stores/" + store + "/files", body.dump())
        .json.at("chunking_strategy");
  };
  const auto sizes = [](int size, int overlap) {
    return Json{{"type", "static"},
                {"static", {{"max_chunk_size_tokens", size}, {"chunk_overlap_tokens", overlap}}}};
  };
  EXPECT_EQ(shown(nullptr), sizes(800, 400));
  EXPECT_EQ(shown({{"type", "auto"}}), sizes(800, 400));
  EXPECT_EQ(shown(sizes(1200, 250)), sizes(1200, 250));
}

TEST(VectorStores, GiveTheTextOfAFile) {
  Stores stores;
  const std::string file = stores.text_file("Filip likes cake.");
  const std::string store = stores.store({{"file_ids", {file}}});
  const std::string path = "/vector_stores/" + store + "/files/" + file + "/content";
  EXPECT_EQ(stores->get(path).json.at("data")[0].at("text"), "");
  stores->advance(1s);
  const Json page = stores->get(path).json;
  EXPECT_EQ(page.at("object"), "vector_store.file_content.page");
  EXPECT_EQ(page.at("data"), Json::parse(R"([{"type":"text","text":"Filip likes cake."}])"));
}

TEST(VectorStores, KeepAttributesAsTheyWereSent) {
  Stores stores;
  const std::string file = stores.text_file();
  const std::string store = stores.store({{"file_ids", {file}}});
  const std::string path = "/vector_stores/" + store + "/files/" + file;
  const Json attributes = {{"year", 2024}, {"share", 0.5}, {"draft", true}, {"by", "Effie"}};
  EXPECT_EQ(stores->post(path, Json{{"attributes", attributes}}.dump()).json.at("attributes"),
            attributes);
  EXPECT_EQ(stores->post(path, R"({"attributes":{"a":[1]}})").refusal, "v.type");
  EXPECT_EQ(stores->get(path).json.at("attributes"), attributes);
  EXPECT_EQ(stores->post(path, R"({"attributes":null})").json.at("attributes"), Json::object());
}

// A scenario's `counters_lag` and `found_after`.
TEST(VectorStores, CanTellThingsTooLate) {
  Stores stores("indexing: { counters_lag: 2s, found_after: 3s }\n");
  const std::string store = stores.store();
  const std::string file = stores.text_file();
  ASSERT_EQ(stores.attach(store, file).status, 200);
  EXPECT_EQ(stores.counts(store), counted(0, 0, 0, 0));
  EXPECT_EQ(stores->get("/vector_stores/" + store + "/files/" + file).refusal, "nf.vsfile");
  EXPECT_EQ(stores->get("/vector_stores/" + store + "/files").json.at("data").size(), 1);
  stores->advance(2s);
  EXPECT_EQ(stores.counts(store), counted(1, 0, 0, 0));
  EXPECT_EQ(stores.status(store), "in_progress") << "as its counters say";
  stores->advance(1s);
  EXPECT_EQ(stores.counts(store), counted(0, 1, 0, 0));
  EXPECT_EQ(stores.status(store), "completed");
  EXPECT_EQ(stores->get("/vector_stores/" + store + "/files/" + file).json.at("status"),
            "completed");
}

Json seconds(std::chrono::seconds at) {
  return at.count();
}

// A store of the scenario that nobody used for so many days.
TEST(VectorStores, MayHaveExpiredBeforeTheyAreFirstSeen) {
  constexpr std::chrono::sys_seconds epoch{1'700'000'000s};
  TestApi api("expired_store", {.epoch = epoch});
  const Json store = api.get("/vector_stores/vs_handbook").json;
  EXPECT_EQ(store.at("status"), "expired");
  const auto used = epoch.time_since_epoch() - std::chrono::days{8};
  EXPECT_EQ(store.at("created_at"), seconds(used));
  EXPECT_EQ(store.at("last_active_at"), seconds(used));
  EXPECT_EQ(store.at("expires_at"), seconds(used + std::chrono::days{7}));
  EXPECT_EQ(store.at("file_counts").at("completed"), 1);
  EXPECT_EQ(api.get("/vector_stores").json.at("data").at(0), store);
  EXPECT_EQ(api.get("/vector_stores/vs_handbook/files/file-handbook").json.at("created_at"),
            seconds(used));
  EXPECT_EQ(api.get("/files/file-handbook").json.at("created_at"), seconds(used));

  const std::string thread =
      api.post("/threads", R"({"messages":[{"role":"user","content":"Hello."}]})").id();
  const std::string runs = "/threads/" + thread + "/runs";
  const std::string body = R"({"assistant_id":"asst_handbook"})";
  const TestAnswer refused = api.post(runs, body);
  EXPECT_EQ(refused.refusal, "vs.expired.run");
  EXPECT_EQ(refused.message(), "Vector store vs_handbook is expired.");
  EXPECT_EQ(api.post("/vector_stores/vs_handbook/search", R"({"query":"kind"})").refusal,
            "vs.expired.use");
  EXPECT_EQ(api.post(runs, body).refusal, "vs.expired.run") << "at any time";

  const std::string fresh = api.post("/vector_stores", R"({"file_ids":["file-handbook"]})").id();
  api.post("/assistants/asst_handbook",
           Json{{"tool_resources", {{"file_search", {{"vector_store_ids", {fresh}}}}}}}.dump());
  EXPECT_EQ(api.post(runs, body).status, 200);
}

// One day left.
TEST(VectorStores, ExpireByWhenTheyWereLastUsedBeforeTheyAreFirstSeen) {
  TestApi api(scenarios::ScenarioBook::parse(
                  "vector_stores: [ { id: vs_a, expires_after_days: 7, idle_days: 6 } ]\n"
                  "runs: [{ do: [] }]\n"),
              {.epoch = state_machine::Instant{std::chrono::days{10}}});
  const auto status = [&] { return api.get("/vector_stores/vs_a").json.at("status"); };
  EXPECT_EQ(status(), "completed");
  api.advance(std::chrono::days{1} - 1s);
  EXPECT_EQ(status(), "completed");
  api.advance(1s);
  EXPECT_EQ(status(), "expired");
}

// Played later, it is as many days before that moment.
TEST(VectorStores, MayHaveExpiredBeforeTheirScenarioIsPlayed) {
  TestApi api("echo");
  api.advance(std::chrono::days{30});
  api.api().play(scenarios::RuleMatcher(scenarios::ScenarioBook::load("expired_store").shared()));
  const Json store = api.get("/vector_stores/vs_handbook").json;
  EXPECT_EQ(store.at("status"), "expired");
  EXPECT_EQ(store.at("created_at"), seconds(std::chrono::days{22}));
  EXPECT_EQ(store.at("file_counts").at("completed"), 1);
}

TEST(VectorStores, AreListedByStatusOfTheirFiles) {
  Stores stores("indexing: { files: [ { filename: notes-2, fail: invalid_file } ] }\n");
  const std::vector<std::string> files = stores.text_files(3);
  const std::string store = stores.store({{"file_ids", files}});
  stores->advance(2s);
  const auto listed = [&](const std::string& query) {
    std::vector<std::string> ids;
    const TestAnswer page = stores->get("/vector_stores/" + store + "/files" + query);
    for (const Json& file : page.json.at("data")) ids.push_back(file.at("id"));
    return ids;
  };
  EXPECT_EQ(listed("?order=asc"), files);
  EXPECT_EQ(listed("?filter=failed"), std::vector{files[1]});
  EXPECT_EQ(listed("?filter=completed&order=asc&limit=1&after=" + files[0]), std::vector{files[2]});
  EXPECT_EQ(stores->get("/vector_stores/" + store + "/files?filter=done").refusal, "v.enum");
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
