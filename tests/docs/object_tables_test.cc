// docs/wire/objects.md beside objects as they are rendered, in both profiles.
#include <gtest/gtest.h>

#include "mock_server/api/wire_json.h"
#include "mock_server/api/wire_vector_stores.h"
#include "tests/docs/joined_table.h"
#include "tests/docs/sample_objects.h"

namespace assistants_mock::tests {
namespace {

using namespace mock_server;
using Json = nlohmann::ordered_json;

constexpr std::string_view object_page = "docs/wire/objects.md";

store::VectorStore vector_store() {
  store::VectorStore one;
  one.id = "vs_…";
  one.created_at = birth;
  one.last_active_at = birth;
  return one;
}

store::StoreFile store_file() {
  store::StoreFile one;
  one.id = "file-…";
  one.store_id = "vs_…";
  one.created_at = birth;
  return one;
}

store::FileBatch file_batch() {
  store::FileBatch one;
  one.id = "vsfb_…";
  one.store_id = "vs_…";
  one.created_at = birth;
  return one;
}

store::File file() {
  store::File one;
  one.id = "file-…";
  one.created_at = birth;
  one.filename = "notes.txt";
  one.purpose = "assistants";
  one.bytes = 120;
  return one;
}

store::Upload upload() {
  store::Upload one;
  one.id = "upload_…";
  one.created_at = birth;
  one.filename = "notes.txt";
  one.purpose = "assistants";
  one.bytes = 120;
  one.expires_at = birth + std::chrono::hours{1};
  return one;
}

store::UploadPart part() {
  store::UploadPart one;
  one.id = "part_…";
  one.upload_id = "upload_…";
  one.created_at = birth;
  return one;
}

template <class Resource>
Json rendered(const Resource& resource, WireProfile profile, bool in_stream) {
  return Json::parse(api::to_body(resource, {.profile = profile, .in_stream = in_stream}));
}

template <class Resource>
void expect_described(const std::string& mark, const Resource& resource) {
  const Json schema = rendered(resource, WireProfile::schema, false);
  EXPECT_EQ(schema, rendered(resource, WireProfile::schema, true)) << mark;
  const Json recorded = rendered(resource, WireProfile::recorded, false);
  const Json streamed = rendered(resource, WireProfile::recorded, true);
  JoinedTable table{{"field", "`schema`", "`recorded`", "`recorded`, in a stream"}, {"meaning"}};
  // Most keys are those of the stream; a step has its own in each profile.
  for (const std::string& key : merged_keys(schema, streamed)) {
    EXPECT_TRUE(streamed.contains(key) || !recorded.contains(key)) << mark << ": " << key;
    const std::string answer = value_of(recorded, key);
    const std::string event = value_of(streamed, key);
    table.rows.push_back({code(key), value_of(schema, key),
                          answer == value_of(schema, key) ? "same" : answer,
                          event == answer ? "same" : event});
  }
  expect_joined_table(object_page, mark, table);
}

TEST(WireDocs, ObjectsAreDescribedFieldByField) {
  expect_described("assistant", assistant());
  expect_described("thread", thread());
  expect_described("message", message());
  expect_described("run", run_with_usage());
  expect_described("run step", step());
  expect_described("vector store", vector_store());
  expect_described("vector store file", store_file());
  expect_described("file batch", file_batch());
  expect_described("file", file());
  expect_described("upload", upload());
  expect_described("upload part", part());
}

}  // namespace
}  // namespace assistants_mock::tests
