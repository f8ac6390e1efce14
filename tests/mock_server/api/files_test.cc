// The operations on files: purposes, names, expiry, lists, downloads, and every refusal.
#include <gtest/gtest.h>
#include <unistd.h>

#include "assistants_mock/scenario_book.h"
#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server {
namespace {

using namespace std::chrono_literals;

FormText form_for(std::string_view purpose, std::string_view filename,
                  std::string_view bytes = "text") {
  return FormText().field("purpose", purpose).file("file", filename, bytes);
}

FormText expiring(std::string_view anchor, std::string_view seconds) {
  return file_form("a.txt", "text")
      .field("expires_after[anchor]", anchor)
      .field("expires_after[seconds]", seconds);
}

TEST(Files, AreMadeAndShownAlike) {
  TestApi api;
  const TestAnswer made = api.post("/files", file_form("notes.txt", "Hello, Oslo"));
  ASSERT_EQ(made.status, 200);
  EXPECT_EQ(made.json.dump(),
            R"({"object":"file","id":")" + made.id() +
                R"(","purpose":"assistants","filename":"notes.txt","bytes":11,"created_at":0,)" +
                R"("expires_at":null,"status":"processed","status_details":null})");
  EXPECT_EQ(made.id().size(), std::string("file-").size() + 22);
  EXPECT_EQ(api.get("/files/" + made.id()).json, made.json);
}

// The key order, and the nulls that the schema does not know, as recorded.
TEST(Files, LookAsRecordedInTheRecordedProfile) {
  api::Api api({.world = {.profile = WireProfile::recorded}},
               scenarios::ScenarioBook::load("echo").shared());
  api::Headers headers = TestApi::client_headers();
  const FormText form = file_form("notes.txt", "Hello");
  headers.back().second = form.content_type();
  const auto made = api.handle({"POST", "/v1/files", headers, form.body()});
  const auto json = nlohmann::ordered_json::parse(made.response.body);
  const std::string id = json.at("id");
  EXPECT_EQ(json.dump(),
            R"({"object":"file","id":")" + id +
                R"(","purpose":"assistants","filename":"notes.txt","bytes":5,"created_at":0,)" +
                R"("expires_at":null,"status":"processed","status_details":null})");
  const auto gone = api.handle({"DELETE", "/v1/files/" + id, headers, ""});
  EXPECT_EQ(nlohmann::ordered_json::parse(gone.response.body).dump(),
            R"({"object":"file","deleted":true,"id":")" + id + R"("})");
}

// nf.file and f.*: the same once more under "detail", with message and code alone.
TEST(Files, RefusalsAreDoubledInTheRecordedProfile) {
  for (const bool recorded : {true, false}) {
    api::Api api({.world = {.profile = recorded ? WireProfile::recorded : WireProfile::schema}},
                 scenarios::ScenarioBook::load("echo").shared());
    const auto refused =
        api.handle({"GET", "/v1/files/fake_id", TestApi::client_headers(), ""}).response;
    const auto json = nlohmann::ordered_json::parse(refused.body);
    EXPECT_EQ(json.contains("detail"), recorded);
    if (recorded) {
      EXPECT_EQ(json.dump(), R"({"error":{"message":"No such File object: fake_id",)"
                             R"("type":"invalid_request_error","param":"id","code":null},)"
                             R"("detail":{"message":"No such File object: fake_id","code":null}})");
    }
    const auto other =
        api.handle({"GET", "/v1/threads/thread_x", TestApi::client_headers(), ""}).response;
    EXPECT_EQ(other.body.find("detail"), std::string::npos);
  }
}

TEST(Files, PartsMayComeInEitherOrder) {
  TestApi api;
  const FormText file_first =
      FormText().file("file", "a.txt", "text").field("purpose", "assistants");
  EXPECT_EQ(api.post("/files", file_first).status, 200);
}

// The names of files, as clients write them: plain, percent-encoded quotes, RFC 5987, a path.
TEST(Files, KeepTheirNames) {
  TestApi api;
  const auto name_of = [&](const std::string& parameters) {
    const FormText form = FormText()
                              .field("purpose", "user_data")
                              .part("form-data; name=\"file\"; " + parameters, "text");
    return api.post("/files", form).json.at("filename").get<std::string>();
  };
  EXPECT_EQ(name_of("filename=\"\xE4\xBD\xA0\xE5\xA5\xBD.txt\""), "\xE4\xBD\xA0\xE5\xA5\xBD.txt");
  EXPECT_EQ(name_of("filename=\"a%22b.txt\""), "a\"b.txt");
  EXPECT_EQ(name_of("filename=\"x.txt\"; filename*=UTF-8''%E2%82%AC.txt"), "\xE2\x82\xAC.txt");
  EXPECT_EQ(name_of("filename=\"text/csv\""), "text/csv");
}

TEST(Files, AFormIsAskedFor) {
  TestApi api;
  EXPECT_EQ(api.post("/files", R"({"purpose":"assistants"})").refusal, "body.form");
  EXPECT_EQ(api.post("/files", FormText()).refusal, "f.nofile");
  EXPECT_EQ(api.post("/files", FormText().part("form-data", "x")).refusal, "body.multipart");
  const TestAnswer without_file = api.post("/files", FormText().field("purpose", "assistants"));
  EXPECT_EQ(without_file.refusal, "f.nofile");
  EXPECT_EQ(without_file.message(), "'file' is a required property");
  const TestAnswer without_purpose = api.post("/files", FormText().file("file", "a.txt", "text"));
  EXPECT_EQ(without_purpose.refusal, "f.nofile");
  EXPECT_EQ(without_purpose.message(), "'purpose' is a required property");
  const TestAnswer unknown = api.post("/files", file_form("a.txt", "text").field("name", "x"));
  EXPECT_EQ(unknown.refusal, "f.unknown");
}

TEST(Files, PurposesAreThoseOfTheRefusal) {
  TestApi api;
  for (const char* purpose : {"assistants", "vision", "user_data"})
    EXPECT_EQ(api.post("/files", form_for(purpose, "a.txt")).json.at("purpose"), purpose);
  for (const char* purpose : {"world_domination", "", "Assistants", "assistants_output"}) {
    const TestAnswer refused = api.post("/files", form_for(purpose, "a.txt"));
    EXPECT_EQ(refused.refusal, "f.purpose") << purpose;
    EXPECT_NE(refused.message().find("'" + std::string(purpose) + "' is not one of"),
              std::string::npos);
  }
}

// f.extension, f.jsonl
TEST(Files, NamesFitThePurpose) {
  TestApi api;
  for (const char* name : {"a.txt", "a.PDF", "text/csv", "no_extension", "a.b.md", "x.cs"})
    EXPECT_EQ(api.post("/files", form_for("assistants", name)).status, 200) << name;
  const TestAnswer refused = api.post("/files", form_for("assistants", "old/program.vb"));
  EXPECT_EQ(refused.refusal, "f.extension");
  EXPECT_TRUE(refused.message().starts_with("Invalid extension vb. Supported formats: \"c\", "));
  EXPECT_EQ(api.post("/files", form_for("user_data", "program.vb")).status, 200);
  EXPECT_EQ(api.post("/files", form_for("batch", "a.jsonl")).status, 200);
  EXPECT_EQ(api.post("/files", form_for("batch", "notes.txt")).message(),
            "Invalid file format for Batch API. Must be .jsonl");
  EXPECT_EQ(api.post("/files", form_for("fine-tune", "a.json")).message(),
            "Invalid file format for Fine-Tuning API. Must be .jsonl");
}

TEST(Files, EmptyOnesAreRefused) {
  TestApi api;
  EXPECT_EQ(api.post("/files", file_form("a.txt", "")).refusal, "f.empty");
  EXPECT_EQ(api.get("/files").json.at("data").size(), 0U);
}

// f.toolarge, and the bound of all files together.
TEST(Files, BoundsNameTheirFlags) {
  TestApi api("echo", {.world = {.limits = {.file_bytes = 100, .stored_bytes = 150}}});
  const TestAnswer large = api.post("/files", file_form("a.txt", std::string(101, 'x')));
  EXPECT_EQ(large.status, 413);
  EXPECT_EQ(large.refusal, "f.toolarge");
  EXPECT_NE(large.message().find("--max-file"), std::string::npos);
  const std::string first = api.post("/files", file_form("a.txt", std::string(100, 'x'))).id();
  const TestAnswer full = api.post("/files", file_form("a.txt", std::string(51, 'x')));
  EXPECT_EQ(full.refusal, "ours.limit");
  EXPECT_NE(full.message().find("--max-stored"), std::string::npos);
  api.del("/files/" + first);
  EXPECT_EQ(api.post("/files", file_form("a.txt", std::string(51, 'x'))).status, 200);
}

TEST(Files, CountAsObjects) {
  TestApi api("echo", {.world = {.limits = {.objects = 1}}});
  const std::string id = api.post("/files", file_form("a.txt", "text")).id();
  EXPECT_EQ(api.post("/files", file_form("a.txt", "text")).refusal, "ours.limit");
  api.del("/files/" + id);
  EXPECT_EQ(api.post("/files", file_form("a.txt", "text")).status, 200);
}

// f.expires
TEST(Files, AnExpiryIsAnAnchorAndSeconds) {
  TestApi api;
  const TestAnswer made = api.post("/files", expiring("created_at", "3600"));
  EXPECT_EQ(made.json.at("expires_at"), 3600);
  EXPECT_EQ(api.post("/files", expiring("created_at", "2592000")).status, 200);
  const auto message = [&](const FormText& form) {
    const TestAnswer refused = api.post("/files", form);
    EXPECT_EQ(refused.refusal, "f.expires");
    return refused.message();
  };
  EXPECT_EQ(message(expiring("created_at", "3599")),
            "3599 is less than the minimum of 3600 - 'expires_after.seconds'");
  EXPECT_EQ(message(expiring("created_at", "2592001")),
            "2592001 is greater than the maximum of 2592000 - 'expires_after.seconds'");
  EXPECT_EQ(message(expiring("created_at", "99999999999999999999")),
            "99999999999999999999 is greater than the maximum of 2592000 - "
            "'expires_after.seconds'");
  EXPECT_EQ(message(expiring("created_at", "-99999999999999999999")),
            "-99999999999999999999 is less than the minimum of 3600 - 'expires_after.seconds'");
  for (const char* seconds : {"", "1h", "3600.0", " 3600"})
    EXPECT_EQ(message(expiring("created_at", seconds)),
              "'" + std::string(seconds) + "' is not of type 'integer' - 'expires_after.seconds'");
  EXPECT_EQ(message(expiring("now", "3600")),
            "'now' is not one of ['created_at'] - 'expires_after.anchor'");
  EXPECT_EQ(message(file_form("a.txt", "text").field("expires_after[anchor]", "created_at")),
            "'seconds' is a required property - 'expires_after'");
  EXPECT_EQ(message(file_form("a.txt", "text").field("expires_after[seconds]", "3600")),
            "'anchor' is a required property - 'expires_after'");
}

TEST(Files, AreGoneOnceTheyHaveExpired) {
  const auto blobs = std::make_shared<store::BlobDirectory>();
  TestApi api("echo", {.blobs = blobs});
  const std::string id = api.post("/files", expiring("created_at", "3600")).id();
  const std::string stays = api.post("/files", file_form("b.txt", "stays")).id();
  api.advance(3599s);
  EXPECT_EQ(api.get("/files/" + id).status, 200);
  api.advance(1s);
  EXPECT_EQ(api.get("/files/" + id).refusal, "nf.file");
  EXPECT_EQ(api.del("/files/" + id).refusal, "nf.file");
  EXPECT_EQ(api.get("/files").json.at("data").size(), 1U);
  EXPECT_EQ(api.get("/files").json.at("first_id"), stays);
  EXPECT_EQ(blobs->bytes(), 5U);
  EXPECT_EQ(api.api().objects(), 1U);
}

// Recorded: a file for batches expires 2,592,000 s after it was made, without having been asked to.
TEST(Files, ForBatchesExpireAfterThirtyDays) {
  TestApi api;
  const TestAnswer made = api.post("/files", form_for("batch", "a.jsonl"));
  EXPECT_EQ(made.json.at("expires_at"), 2'592'000);
  EXPECT_TRUE(api.post("/files", form_for("fine-tune", "a.jsonl")).json.at("expires_at").is_null());
  api.advance(30 * 24h);
  EXPECT_EQ(api.get("/files/" + made.id()).refusal, "nf.file");
}

TEST(Files, DeletingTakesTheBytesAlong) {
  const auto blobs = std::make_shared<store::BlobDirectory>();
  TestApi api("echo", {.blobs = blobs});
  const std::string id = api.post("/files", file_form("a.txt", "text")).id();
  EXPECT_EQ(blobs->bytes(), 4U);
  const TestAnswer gone = api.del("/files/" + id);
  EXPECT_EQ(gone.json.dump(), R"({"object":"file","deleted":true,"id":")" + id + R"("})");
  EXPECT_EQ(blobs->bytes(), 0U);
  for (const TestAnswer& answer :
       {api.get("/files/" + id), api.del("/files/" + id), api.get("/files/" + id + "/content")}) {
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.refusal, "nf.file");
    EXPECT_EQ(answer.message(), "No such File object: " + id);
  }
}

// f.download
TEST(Files, AreDownloadedUnlessTheyWereUploadedToBeRead) {
  TestApi api;
  std::string bytes(1'000'000, '\0');
  for (std::size_t at = 0; at < bytes.size(); ++at) bytes[at] = static_cast<char>(at * 31 >> 3);
  const std::string batch = api.post("/files", form_for("batch", "a.jsonl", bytes)).id();
  const TestAnswer answer = api.get("/files/" + batch + "/content");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.bytes == bytes);
  EXPECT_EQ(api::header(answer.headers, "Content-Type"), "application/octet-stream");
  for (const char* purpose : {"assistants", "vision", "user_data"}) {
    const std::string id = api.post("/files", form_for(purpose, "a.txt")).id();
    const TestAnswer refused = api.get("/files/" + id + "/content");
    EXPECT_EQ(refused.refusal, "f.download");
    EXPECT_EQ(refused.message(),
              "Not allowed to download files of purpose: " + std::string(purpose));
  }
}

// ours.disk: also a hint for the SDKs, which would ask again for nothing.
TEST(Files, WhatTheDiskLostIsTold) {
  const std::filesystem::path parent =
      std::filesystem::temp_directory_path() / ("files-test-" + std::to_string(::getpid()));
  std::filesystem::create_directory(parent);
  TestApi api("echo", {.blobs = std::make_shared<store::BlobDirectory>(parent)});
  const std::string id = api.post("/files", form_for("batch", "a.jsonl")).id();
  for (const auto& folder : std::filesystem::directory_iterator(parent))
    std::filesystem::remove_all(folder.path());
  for (const TestAnswer& answer :
       {api.get("/files/" + id + "/content"), api.post("/files", form_for("batch", "b.jsonl"))}) {
    EXPECT_EQ(answer.status, 507);
    EXPECT_EQ(answer.refusal, "ours.disk");
    EXPECT_EQ(api::header(answer.headers, "x-should-retry"), "false");
  }
  std::filesystem::remove_all(parent);
}

TEST(Files, ListsTakeTheirOwnParameters) {
  TestApi api;
  std::vector<std::string> ids;
  for (const char* purpose : {"assistants", "vision", "assistants"})
    ids.push_back(api.post("/files", form_for(purpose, "a.txt")).id());
  const auto listed = [&](const std::string& query) {
    std::vector<std::string> found;
    const TestAnswer answer = api.get("/files" + query);
    for (const auto& file : answer.json.at("data")) found.push_back(file.at("id"));
    return found;
  };
  using Ids = std::vector<std::string>;
  EXPECT_EQ(listed(""), (Ids{ids[2], ids[1], ids[0]}));
  EXPECT_EQ(listed("?order=asc"), (Ids{ids[0], ids[1], ids[2]}));
  EXPECT_EQ(listed("?purpose=assistants"), (Ids{ids[2], ids[0]}));
  EXPECT_EQ(listed("?purpose=nothing"), Ids{});
  EXPECT_EQ(listed("?limit=1&purpose=assistants"), (Ids{ids[2]}));
  EXPECT_EQ(listed("?after=" + ids[1]), (Ids{ids[0]}));
  EXPECT_TRUE(api.get("/files?limit=1").json.at("has_more"));
  EXPECT_EQ(api.get("/files?limit=10000").status, 200);
  EXPECT_EQ(api.get("/files?limit=10001").message(),
            "Invalid 'limit': integer above maximum value. Expected a value <= 10000, but got "
            "10001 instead.");
  EXPECT_EQ(api.get("/files?limit=0").refusal, "v.intmin");
  EXPECT_EQ(api.get("/files?before=" + ids[0]).refusal, "v.unknown");
  EXPECT_EQ(api.get("/files?after=file-unknown").refusal, "nf.file");
  EXPECT_EQ(api.get("/assistants?purpose=x").refusal, "v.unknown");
}

TEST(Files, AreListedTenThousandAtATimeUnlessAskedOtherwise) {
  TestApi api;
  for (int count = 0; count < 150; ++count) api.post("/files", file_form("a.txt", "x"));
  EXPECT_EQ(api.get("/files").json.at("data").size(), 150U);
}

// No beta header is asked for, and a key is.
TEST(Files, NeedAKeyAndNoBetaHeader) {
  TestApi api;
  EXPECT_EQ(api.send({"GET", "/v1/files", {{"Authorization", "Bearer key"}}, ""}).status, 200);
  EXPECT_EQ(api.send({"GET", "/v1/files", {}, ""}).refusal, "auth.missing");
  EXPECT_EQ(api.send({"PUT", "/v1/files", {}, ""}).refusal, "route.method");
}

}  // namespace
}  // namespace assistants_mock::mock_server
