// Files that were attached together: docs/wire/vector-stores.md, "File batches".
#include <gtest/gtest.h>

#include "tests/mock_server/api/stores_client.h"

namespace assistants_mock::mock_server::api {
namespace {

using namespace std::chrono_literals;

TEST(FileBatches, EndWithTheirFiles) {
  Stores stores;
  const std::string store = stores.store();
  const TestAnswer batch = stores.batch(store, stores.text_files(2));
  EXPECT_EQ(batch.json.at("file_counts"), counted(2, 0, 0, 0));
  const std::string path = "/vector_stores/" + store + "/file_batches/" + batch.id();
  stores->advance(1s);
  EXPECT_EQ(stores->get(path).json.at("status"), "in_progress");
  stores->advance(1s);
  EXPECT_EQ(stores->get(path).json.at("status"), "completed");
  EXPECT_EQ(stores->get(path + "/files").json.at("data").size(), 2);
}

TEST(FileBatches, WithFailuresAreCompleted) {
  Stores stores("indexing: { files: [ { filename: notes-1, fail: server_error } ] }\n");
  const std::string store = stores.store();
  const std::string batch = stores.batch(store, stores.text_files(2)).id();
  stores->advance(2s);
  const Json shown = stores->get("/vector_stores/" + store + "/file_batches/" + batch).json;
  EXPECT_EQ(shown.at("status"), "completed");
  EXPECT_EQ(shown.at("file_counts"), counted(0, 1, 1, 0));
}

// B3, F4.
TEST(FileBatches, AreCancelledWhileTheyRun) {
  Stores stores;
  const std::string store = stores.store();
  const std::string batch = stores.batch(store, stores.text_files(4)).id();
  const std::string path = "/vector_stores/" + store + "/file_batches/" + batch;
  stores->advance(1s);
  const TestAnswer cancelled = stores->post(path + "/cancel");
  EXPECT_EQ(cancelled.json.at("status"), "cancelled");
  EXPECT_EQ(cancelled.json.at("file_counts"), counted(0, 1, 0, 3));
  stores->advance(10s);
  EXPECT_EQ(stores->get(path).json, cancelled.json);
  EXPECT_EQ(stores.counts(store), counted(0, 1, 0, 3));
  EXPECT_EQ(stores.status(store), "completed");
}

// batch.cancel.done
TEST(FileBatches, ThatEndedStayAsTheyWere) {
  Stores stores;
  const std::string store = stores.store();
  const std::string batch = stores.batch(store, stores.text_files(1)).id();
  stores->advance(1s);
  const TestAnswer answer =
      stores->post("/vector_stores/" + store + "/file_batches/" + batch + "/cancel");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.json.at("status"), "completed");
}

TEST(FileBatches, TakeSettingsForEachFile) {
  Stores stores;
  const std::string store = stores.store();
  const std::vector<std::string> files = stores.text_files(2);
  const Json body = {
      {"files",
       {{{"file_id", files[0]}, {"attributes", {{"lang", "no"}}}}, {{"file_id", files[1]}}}}};
  ASSERT_EQ(stores->post("/vector_stores/" + store + "/file_batches", body.dump()).status, 200);
  const auto attributes = [&](const std::string& file) {
    return stores->get("/vector_stores/" + store + "/files/" + file).json.at("attributes");
  };
  EXPECT_EQ(attributes(files[0]), (Json{{"lang", "no"}}));
  EXPECT_EQ(attributes(files[1]), Json::object());
  EXPECT_EQ(stores->post("/vector_stores/" + store + "/file_batches", "{}").refusal, "v.missing");
  Json both = body;
  both["file_ids"] = files;
  EXPECT_EQ(stores->post("/vector_stores/" + store + "/file_batches", both.dump()).refusal,
            "v.oneof");
}

TEST(FileBatches, CountAFileOnce) {
  Stores stores;
  const std::string store = stores.store();
  const std::string file = stores.text_file();
  EXPECT_EQ(stores.batch(store, {file, file}).json.at("file_counts"), counted(1, 0, 0, 0));
}

TEST(FileBatches, CountTheirFiles) {
  Stores stores;
  const std::string store = stores.store();
  const std::vector<std::string> files = stores.text_files(3);
  const std::string batch = stores.batch(store, files).id();
  const std::string path = "/vector_stores/" + store + "/file_batches/" + batch;
  ASSERT_EQ(stores->del("/vector_stores/" + store + "/files/" + files[0]).status, 200);
  EXPECT_EQ(stores->get(path).json.at("file_counts"), counted(2, 0, 0, 0));
  stores.attach(store, files[1]);  // by itself: it is no file of the batch any more
  EXPECT_EQ(stores->get(path).json.at("file_counts"), counted(1, 0, 0, 0));
  stores->advance(2s);
  EXPECT_EQ(stores->get(path).json.at("file_counts"), counted(0, 1, 0, 0));
  EXPECT_EQ(stores->get(path).json.at("status"), "completed");
}

TEST(FileBatches, CanShowTheIdOfTheirStore) {
  Stores stores("indexing: { polled_batch_id: store }\n");
  const std::string store = stores.store();
  const TestAnswer batch = stores.batch(store, stores.text_files(1));
  EXPECT_NE(batch.id(), store);
  EXPECT_EQ(stores->get("/vector_stores/" + store + "/file_batches/" + batch.id()).id(), store);
  EXPECT_EQ(stores->get("/vector_stores/" + store + "/file_batches/" + store).refusal,
            "nf.vsbatch");
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
