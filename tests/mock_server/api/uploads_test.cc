// The operations on uploads: parts in any order, completion with all that it checks, the end.
#include <gtest/gtest.h>

#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server {
namespace {

using namespace std::chrono_literals;

std::string upload_body(std::size_t bytes, const std::string& more = "") {
  return R"({"filename":"notes.txt","purpose":"assistants","mime_type":"text/plain","bytes":)" +
         std::to_string(bytes) + more + "}";
}

FormText part(std::string_view bytes) {
  return FormText().file("data", "blob", bytes);
}

std::string completion(const std::vector<std::string>& parts, const std::string& more = "") {
  nlohmann::json ids = parts;
  return R"({"part_ids":)" + ids.dump() + more + "}";
}

TEST(Uploads, MakeAFileOfTheirParts) {
  const auto blobs = std::make_shared<store::BlobDirectory>();
  TestApi api("echo", {.blobs = blobs});
  const TestAnswer made = api.post("/uploads", upload_body(11));
  ASSERT_EQ(made.status, 200);
  EXPECT_EQ(made.json.dump(),
            R"({"id":")" + made.id() +
                R"(","object":"upload","bytes":11,"created_at":0,"filename":"notes.txt",)" +
                R"("purpose":"assistants","status":"pending","expires_at":3600})");
  const std::string path = "/uploads/" + made.id();

  const TestAnswer second = api.post(path + "/parts", part("World"));
  EXPECT_EQ(second.json.dump(), R"({"id":")" + second.id() +
                                    R"(","object":"upload.part","created_at":0,"upload_id":")" +
                                    made.id() + R"("})");
  const std::string first = api.post(path + "/parts", part("Hello ")).id();
  const TestAnswer done =
      api.post(path + "/complete",
               completion({first, second.id()}, R"(,"md5":"B10A8DB164E0754105B7A99BE72E3FE5")"));
  ASSERT_EQ(done.status, 200) << done.json;
  EXPECT_EQ(done.json.at("status"), "completed");
  EXPECT_EQ(done.json.at("file").at("bytes"), 11);
  EXPECT_EQ(done.json.at("file").at("filename"), "notes.txt");
  const std::string file = done.json.at("file").at("id");
  EXPECT_EQ(api.get("/files/" + file).json, done.json.at("file"));
  EXPECT_EQ(blobs->bytes(), 11U) << "nothing was copied";
  EXPECT_EQ(api.api().objects(), 2U) << "the upload and its file";
}

TEST(Uploads, ThePartsThatAreNamedMakeTheFile) {
  TestApi api;
  const std::string path =
      "/uploads/" +
      api.post("/uploads",
               R"({"filename":"a.jsonl","purpose":"batch","mime_type":"text/jsonl","bytes":2})")
          .id();
  const std::string a = api.post(path + "/parts", part("a")).id();
  api.post(path + "/parts", part("unused"));
  const std::string b = api.post(path + "/parts", FormText().field("data", "b")).id();
  const TestAnswer done = api.post(path + "/complete", completion({b, a}));
  ASSERT_EQ(done.status, 200) << done.json;
  const std::string file = done.json.at("file").at("id");
  EXPECT_EQ(api.get("/files/" + file + "/content").bytes, "ba");
}

// U2 to U4, as the grid has them: what ended takes nothing more.
TEST(Uploads, TakeNothingMoreOnceTheyHaveEnded) {
  TestApi api;
  const auto upload = [&] { return "/uploads/" + api.post("/uploads", upload_body(1)).id(); };
  const std::string completed = upload();
  const std::string id = api.post(completed + "/parts", part("x")).id();
  ASSERT_EQ(api.post(completed + "/complete", completion({id})).status, 200);
  const std::string expired = upload();
  api.advance(1h);
  const std::string cancelled = upload();
  EXPECT_EQ(api.post(cancelled + "/cancel").json.at("status"), "cancelled");

  const std::vector<std::pair<std::string, std::string>> ended = {
      {completed, "completed"}, {cancelled, "cancelled"}, {expired, "expired"}};
  for (const auto& [path, status] : ended) {
    const auto refused = [&, &status = status](const TestAnswer& answer, const std::string& act) {
      EXPECT_EQ(answer.refusal, "upload.status");
      EXPECT_EQ(answer.message(), "Cannot " + act + " upload with status '" + status + "'.");
    };
    refused(api.post(path + "/parts", part("y")), "add parts to");
    refused(api.post(path + "/complete", completion({id})), "complete");
    refused(api.post(path + "/cancel"), "cancel");
  }
}

TEST(Uploads, ExpireAnHourAfterTheirCreationWithAllParts) {
  const auto blobs = std::make_shared<store::BlobDirectory>();
  TestApi api("echo", {.blobs = blobs});
  const std::string path = "/uploads/" + api.post("/uploads", upload_body(4)).id();
  api.advance(3599s);
  EXPECT_EQ(api.post(path + "/parts", part("text")).status, 200);
  EXPECT_EQ(blobs->bytes(), 4U);
  api.advance(1s);
  EXPECT_EQ(api.get("/files").status, 200);
  EXPECT_EQ(blobs->bytes(), 0U) << "found when anything of files is looked at";
  EXPECT_EQ(api.post(path + "/cancel").refusal, "upload.status");
}

TEST(Uploads, CompletingChecksOrderBytesAndSum) {
  TestApi api;
  const std::string path = "/uploads/" + api.post("/uploads", upload_body(2)).id();
  const std::string other = "/uploads/" + api.post("/uploads", upload_body(1)).id();
  const std::string a = api.post(path + "/parts", part("a")).id();
  const std::string b = api.post(path + "/parts", part("b")).id();
  const std::string foreign = api.post(other + "/parts", part("c")).id();
  const auto refusal = [&](const std::vector<std::string>& ids, const std::string& more = "") {
    return api.post(path + "/complete", completion(ids, more)).refusal;
  };
  EXPECT_EQ(refusal({a, a}), "upload.twice");
  EXPECT_EQ(refusal({a, foreign}), "upload.part");
  EXPECT_EQ(refusal({a, "part_none"}), "upload.part");
  EXPECT_EQ(refusal({a}), "upload.bytes");
  EXPECT_EQ(refusal({}), "upload.bytes");
  EXPECT_EQ(refusal({b, a}, R"(,"md5":"187ef4436122d1cc2f40dc2b92f0eba0")"), "upload.md5");
  EXPECT_EQ(api.get("/files").json.at("data").size(), 0U);
  EXPECT_EQ(refusal({a, b}, R"(,"md5":"187ef4436122d1cc2f40dc2b92f0eba0")"), "")
      << "a refused completion changes nothing";
}

TEST(Uploads, AreBounded) {
  TestApi api("echo",
              {.world = {.limits = {.body_bytes = 1'000, .part_bytes = 10, .upload_bytes = 15}}});
  const TestAnswer announced = api.post("/uploads", upload_body(16));
  EXPECT_EQ(announced.refusal, "ours.limit");
  EXPECT_NE(announced.message().find("--max-upload"), std::string::npos);
  const std::string path = "/uploads/" + api.post("/uploads", upload_body(15)).id();
  const TestAnswer large = api.post(path + "/parts", part("12345678901"));
  EXPECT_EQ(large.status, 413);
  EXPECT_NE(large.message().find("--max-part"), std::string::npos) << large.message();
  EXPECT_EQ(api.post(path + "/parts", part("1234567890")).status, 200);
  const TestAnswer more = api.post(path + "/parts", part("123456"));
  EXPECT_EQ(more.refusal, "f.toolarge");
  EXPECT_NE(more.message().find("--max-upload"), std::string::npos);
  EXPECT_EQ(api.post(path + "/parts", part("12345")).status, 200);
}

TEST(Uploads, PartsCountAsObjectsUntilTheUploadEnds) {
  TestApi api("echo", {.world = {.limits = {.objects = 3}}});
  const std::string path = "/uploads/" + api.post("/uploads", upload_body(1)).id();
  for (int count = 0; count < 2; ++count)
    EXPECT_EQ(api.post(path + "/parts", part("x")).status, 200);
  EXPECT_EQ(api.post(path + "/parts", part("x")).refusal, "ours.limit");
  EXPECT_EQ(api.api().objects(), 3U);
  api.post(path + "/cancel");
  EXPECT_EQ(api.api().objects(), 1U);
}

TEST(Uploads, WhatIsNoUploadIsToldSo) {
  TestApi api;
  EXPECT_EQ(api.post("/uploads/upload_none/parts", part("x")).refusal, "nf.upload");
  EXPECT_EQ(api.post("/uploads/upload_none/complete", completion({})).refusal, "nf.upload");
  EXPECT_EQ(api.post("/uploads/upload_none/cancel").refusal, "nf.upload");
  const std::string path = "/uploads/" + api.post("/uploads", upload_body(1)).id();
  EXPECT_EQ(api.get(path).refusal, "route.unknown");
  EXPECT_EQ(api.post(path + "/parts", FormText().file("file", "a", "x")).refusal, "f.unknown");
  EXPECT_EQ(api.post(path + "/parts", "{}").refusal, "body.form");
}

TEST(Uploads, TheirPurposesAreFewer) {
  TestApi api;
  const auto refusal = [&](const std::string& purpose, const std::string& name,
                           const std::string& type) {
    return api
        .post("/uploads", R"({"bytes":1,"purpose":")" + purpose + R"(","filename":")" + name +
                              R"(","mime_type":")" + type + R"("})")
        .refusal;
  };
  EXPECT_EQ(refusal("assistants", "a.md", "text/markdown; charset=utf-8"), "");
  EXPECT_EQ(refusal("vision", "a.png", "IMAGE/PNG"), "");
  EXPECT_EQ(refusal("fine-tune", "a.jsonl", "text/jsonl"), "");
  EXPECT_EQ(refusal("user_data", "a.md", "text/markdown"), "v.enum");
  EXPECT_EQ(refusal("assistants", "a.vb", "text/plain"), "f.extension");
  EXPECT_EQ(refusal("batch", "a.txt", "text/plain"), "f.jsonl");
  EXPECT_EQ(refusal("assistants", "a.md", "video/mp4"), "upload.mime");
  EXPECT_EQ(refusal("vision", "a.png", "text/plain"), "upload.mime");
  EXPECT_EQ(refusal("batch", "a.jsonl", ""), "upload.mime");
}

TEST(Uploads, TheirFileExpiresAsItWasAsked) {
  TestApi api;
  const std::string expiry = R"(,"expires_after":{"anchor":"created_at","seconds":3600})";
  const std::string path = "/uploads/" + api.post("/uploads", upload_body(1, expiry)).id();
  api.advance(10min);
  const std::string id = api.post(path + "/parts", part("x")).id();
  const TestAnswer done = api.post(path + "/complete", completion({id}));
  EXPECT_EQ(done.json.at("file").at("expires_at"), 600 + 3600);
  EXPECT_EQ(api.post("/uploads", upload_body(1, R"(,"expires_after":{"seconds":3600})")).refusal,
            "v.missing");
  EXPECT_EQ(api.post("/uploads",
                     upload_body(1, R"(,"expires_after":{"anchor":"created_at","seconds":1})"))
                .refusal,
            "v.intmin");
}

}  // namespace
}  // namespace assistants_mock::mock_server
