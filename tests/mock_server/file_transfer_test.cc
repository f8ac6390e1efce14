// Files over sockets, through the whole server: uploads however they are framed and cut, downloads,
// and that nothing stays on disk of what did not become a file.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "assistants_mock/mock_server.h"
#include "tests/mock_server/form_text.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::mock_server {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using tests::RawAnswer;
using tests::RawClient;

// A server that keeps its files in a folder of the test's own.
class FileServer {
 public:
  explicit FileServer(Limits limits = {}, std::vector<std::string> keys = {})
      : parent_(fs::temp_directory_path() / ("transfer-test-" + std::to_string(::getpid()))) {
    fs::create_directory(parent_);
    server_.emplace(MockServerOptions{
        .keys = std::move(keys), .limits = limits, .files_dir = parent_.string()});
  }
  ~FileServer() {
    server_.reset();
    fs::remove_all(parent_);
  }
  FileServer(const FileServer&) = delete;
  FileServer& operator=(const FileServer&) = delete;

  MockServer& server() { return *server_; }
  RawClient client() const { return RawClient(server_->port()); }
  const fs::path& parent() const { return parent_; }
  void stop() { server_.reset(); }

  // Of the files on disk, those that are being written included.
  std::size_t files() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(parent_))
      if (entry.is_regular_file() && entry.path().filename() != "lock") ++count;
    return count;
  }
  // Returns once there are so many. A failure is a test that does not end.
  void wait_for_files(std::size_t count) const {
    while (files() != count) std::this_thread::yield();
  }

 private:
  fs::path parent_;
  std::optional<MockServer> server_;
};

std::string head(const std::string& line, const std::string& headers) {
  return line + " HTTP/1.1\r\nAuthorization: Bearer key\r\n" + headers + "\r\n";
}

std::string counted(const FormText& form, const std::string& more = "") {
  return head("POST /v1/files", "Content-Type: " + form.content_type() + "\r\n" + more +
                                    "Content-Length: " + std::to_string(form.body().size()) +
                                    "\r\n");
}

std::string chunked_head(const FormText& form) {
  return head("POST /v1/files",
              "Content-Type: " + form.content_type() + "\r\nTransfer-Encoding: chunked\r\n");
}

std::string chunk(std::string_view bytes) {
  std::array<char, 16> size{};
  std::snprintf(size.data(), size.size(), "%zx\r\n", bytes.size());
  return size.data() + std::string(bytes) + "\r\n";
}

FormText batch_form(std::string_view bytes) {
  return FormText().field("purpose", "batch").file("file", "a.jsonl", bytes);
}

// Bytes of all kinds, with much in them that looks like a delimiter.
std::string tricky_bytes(std::size_t size) {
  std::string bytes;
  while (bytes.size() < size) {
    bytes += "\r\n--form-boundar";
    for (int letter = 0; letter < 256; letter += 5) bytes += static_cast<char>(letter);
  }
  bytes.resize(size);
  return bytes;
}

std::string id_of(const RawAnswer& answer) {
  return json::parse(answer.body).at("id");
}

std::string row_of_last(MockServer& server) {
  return server.requests().back().refusal;
}

TEST(FileTransfer, AFileComesBackByteForByte) {
  FileServer files;
  RawClient client = files.client();
  const std::string bytes = tricky_bytes(3'000'000);
  const FormText form = batch_form(bytes);
  client.send(counted(form) + form.body());
  const RawAnswer made = client.read_answer();
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(json::parse(made.body).at("bytes"), bytes.size());
  client.send(head("GET /v1/files/" + id_of(made) + "/content", ""));
  const RawAnswer content = client.read_answer();
  EXPECT_EQ(content.status, 200);
  EXPECT_TRUE(content.body == bytes);
  EXPECT_NE(content.head.find("Content-Length: 3000000\r\n"), std::string::npos) << content.head;
  EXPECT_NE(content.head.find("Content-Type: application/octet-stream\r\n"), std::string::npos);
}

TEST(FileTransfer, AnUploadMayComeInChunksAndByteByByte) {
  FileServer files;
  RawClient client = files.client();
  const std::string bytes = tricky_bytes(2'000);
  const std::string body = batch_form(bytes).body();
  client.send(chunked_head(batch_form("")));
  for (std::size_t at = 0; at < body.size(); at += 7)
    for (const char letter : chunk(std::string_view(body).substr(at, 7)))
      client.send(std::string(1, letter));
  client.send("0\r\n\r\n");
  const RawAnswer made = client.read_answer();
  ASSERT_EQ(made.status, 200) << made.body;
  client.send(head("GET /v1/files/" + id_of(made) + "/content", ""));
  EXPECT_TRUE(client.read_answer().body == bytes);
}

TEST(FileTransfer, RequestsBehindAnUploadAreFound) {
  FileServer files;
  RawClient client = files.client();
  const FormText form = batch_form("one");
  const std::string upload = counted(form) + form.body();
  const std::string chunks = chunked_head(form) + chunk(form.body()) + "0\r\n\r\n";
  client.send(upload + chunks + upload + head("GET /v1/files", ""));
  for (int answer = 0; answer < 3; ++answer) EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(json::parse(client.read_answer().body).at("data").size(), 3U);
}

TEST(FileTransfer, AnExpectingClientIsToldToContinue) {
  FileServer files;
  RawClient client = files.client();
  const FormText form = batch_form("text");
  client.send(counted(form, "Expect: 100-continue\r\n"));
  EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send(form.body());
  EXPECT_EQ(client.read_answer().status, 200);
}

// f.toolarge, told before a byte of the body was sent.
TEST(FileTransfer, AnExpectingClientWithTooMuchNeedNotSendIt) {
  FileServer files({.body_bytes = 1'000, .file_bytes = 1'000});
  RawClient client = files.client();
  client.send(head("POST /v1/files",
                   "Content-Type: multipart/form-data; boundary=b\r\nExpect: 100-continue\r\n"
                   "Content-Length: 99999999999999999999\r\n"));
  const RawAnswer refused = client.read_answer();
  EXPECT_EQ(refused.status, 413);
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(row_of_last(files.server()), "f.toolarge");
}

TEST(FileTransfer, WhatGrowsTooLargeIsCutOff) {
  FileServer files({.body_bytes = 1'000, .file_bytes = 10'000});
  RawClient client = files.client();
  const FormText form = batch_form(std::string(12'000, 'x'));
  client.send(chunked_head(form) + chunk(form.body()) + chunk(std::string(20'000, 'y')));
  const RawAnswer refused = client.read_answer();
  EXPECT_EQ(refused.status, 413) << refused.body;
  EXPECT_NE(refused.head.find("Connection: close"), std::string::npos);
  EXPECT_EQ(files.files(), 0U);
}

// What is refused for what it says, and not for its size, is read to its end, and the connection
// goes on.
TEST(FileTransfer, ARefusedFormIsReadToItsEnd) {
  FileServer files;
  RawClient client = files.client();
  const FormText wrong = FormText().part("form-data", std::string(100'000, 'x'));
  const FormText purpose =
      FormText().field("purpose", "evil").file("file", "a", std::string(100'000, 'x'));
  client.send(counted(wrong) + wrong.body() + counted(purpose) + purpose.body());
  EXPECT_NE(client.read_answer().body.find("at byte "), std::string::npos);
  EXPECT_NE(client.read_answer().body.find("'evil' is not one of"), std::string::npos);
  client.send(head("POST /v1/files", "Content-Length: 2\r\n") + "{}");
  EXPECT_NE(client.read_answer().body.find("takes a form"), std::string::npos);
  client.send(head("GET /v1/files", ""));
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(files.files(), 0U);
}

TEST(FileTransfer, OfAnUploadThatBreaksOffNothingStays) {
  FileServer files;
  const FormText form = batch_form(std::string(300'000, 'x'));
  for (const bool orderly : {true, false}) {
    RawClient client = files.client();
    client.send(counted(form) + form.body().substr(0, 200'000));
    files.wait_for_files(1);
    if (orderly) {
      client.close_sending();
      EXPECT_EQ(client.read_answer().status, 400);
    } else {
      client.break_off();
    }
    if (orderly) client.wait_for_end();
    if (orderly) files.wait_for_files(0);
  }
  files.wait_for_files(0);
  EXPECT_EQ(files.server().state().objects, 0U);
}

// http.time: the whole time counts for each further MiB, and a client that stops is ended.
TEST(FileTransfer, AClientThatStopsSendingIsEnded) {
  FileServer files({.head_ms = 50});
  RawClient client = files.client();
  const FormText form = batch_form(std::string(300'000, 'x'));
  client.send(counted(form) + form.body().substr(0, 200'000));
  EXPECT_EQ(client.read_answer().status, 408);
  files.wait_for_files(0);
}

TEST(FileTransfer, ChunksThatAreMalformedAreRefused) {
  FileServer files;
  RawClient client = files.client();
  const FormText form = batch_form("x");
  client.send(chunked_head(form) + chunk(form.body()) + "zz\r\n");
  EXPECT_EQ(client.read_answer().status, 400);
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_EQ(files.files(), 0U);
}

// auth.missing, auth.wrong: nothing is kept of what comes without a key that is let in.
TEST(FileTransfer, NothingIsKeptWithoutAKey) {
  FileServer files({}, {"secret"});
  RawClient client = files.client();
  const FormText form = batch_form(std::string(100'000, 'x'));
  client.send(counted(form) + form.body().substr(0, 90'000));
  EXPECT_FALSE(client.has_answer(std::chrono::milliseconds(0)));
  client.send(form.body().substr(90'000));
  EXPECT_EQ(client.read_answer().status, 401);
  EXPECT_FALSE(fs::exists(files.parent()) && files.files() > 0);
  EXPECT_TRUE(fs::is_empty(files.parent())) << "not even a folder was made";
}

TEST(FileTransfer, AFaultComesBeforeTheFile) {
  FileServer files;
  files.server().add_fault({.on = "POST /files", .error = "rl.rpm"});
  RawClient client = files.client();
  const FormText form = batch_form("text");
  client.send(counted(form) + form.body() + counted(form) + form.body());
  EXPECT_EQ(client.read_answer().status, 429);
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(files.files(), 1U);
}

// Names in the path, with the file in that world alone.
TEST(FileTransfer, AWorldHasItsOwnFiles) {
  FileServer files;
  RawClient client = files.client();
  const FormText form = batch_form("text");
  std::string request = counted(form) + form.body();
  request.replace(request.find("/v1"), 3, "/tenant/test-42/v1");
  client.send(request + head("GET /v1/files", "") + head("GET /tenant/test-42/v1/files", ""));
  EXPECT_EQ(client.read_answer().status, 200);
  EXPECT_EQ(json::parse(client.read_answer().body).at("data").size(), 0U);
  EXPECT_EQ(json::parse(client.read_answer().body).at("data").size(), 1U);
  files.server().reset("test-42");
  files.wait_for_files(0);
}

// Of a form the journal has a line of JSON, which can be asked about, and the true size.
TEST(FileTransfer, TheJournalTellsOfTheForm) {
  FileServer files;
  RawClient client = files.client();
  const FormText form = batch_form(std::string(5'000, 'x'));
  client.send(counted(form) + form.body());
  const std::string id = id_of(client.read_answer());
  client.send(head("GET /v1/files/" + id + "/content", ""));
  client.read_answer();
  const auto requests = files.server().requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].body, R"({"file":{"filename":"a.jsonl","bytes":5000},"purpose":"batch"})");
  EXPECT_EQ(requests[0].body_bytes, form.body().size());
  EXPECT_EQ(requests[1].answer, "");
  EXPECT_EQ(requests[1].answer_bytes, 5'000U);
  EXPECT_EQ(files.server().requests({.body = {{"purpose", "batch"}}}).size(), 1U);
  EXPECT_EQ(files.server().requests({.body = {{"file.bytes", "5000"}}}).size(), 1U);
}

TEST(FileTransfer, WithTheServerAllFilesGo) {
  FileServer files;
  RawClient client = files.client();
  const FormText form = batch_form("text");
  client.send(counted(form) + form.body());
  client.read_answer();
  EXPECT_FALSE(fs::is_empty(files.parent()));
  files.stop();
  EXPECT_TRUE(fs::is_empty(files.parent()));
}

// ours.disk: told in the API's way, and the connection goes on.
TEST(FileTransfer, ADiskThatFailsIsTold) {
  FileServer files;
  RawClient client = files.client();
  const FormText form = batch_form("text");
  client.send(counted(form) + form.body());
  EXPECT_EQ(client.read_answer().status, 200);
  for (const auto& folder : fs::directory_iterator(files.parent())) fs::remove_all(folder.path());
  client.send(counted(form) + form.body() + head("GET /v1/files", ""));
  const RawAnswer refused = client.read_answer();
  EXPECT_EQ(refused.status, 507);
  EXPECT_NE(refused.head.find("x-should-retry: false\r\n"), std::string::npos) << refused.head;
  EXPECT_EQ(json::parse(client.read_answer().body).at("data").size(), 1U);
}

// A client that takes half of its download and leaves, with the file deleted under it.
TEST(FileTransfer, ADownloadOutlivesItsFile) {
  FileServer files;
  const std::string bytes = tricky_bytes(20'000'000);
  const FormText form = batch_form(bytes);
  RawClient client = files.client();
  client.send(counted(form) + form.body());
  const std::string id = id_of(client.read_answer());
  RawClient reader = files.client();
  reader.send(head("GET /v1/files/" + id + "/content", ""));
  const std::string begin = reader.read_some();
  client.send(head("DELETE /v1/files/" + id, ""));
  EXPECT_EQ(client.read_answer().status, 200);
  std::string whole = begin;
  while (whole.find("\r\n\r\n") == std::string::npos) whole += reader.read_some();
  const std::size_t content = whole.find("\r\n\r\n") + 4;
  while (whole.size() < content + bytes.size()) whole += reader.read_some();
  EXPECT_TRUE(whole.substr(content) == bytes);
  RawClient leaver = files.client();
  leaver.break_off();
  files.wait_for_files(0);
}

TEST(FileTransfer, TheFolderHasToBeThere) {
  EXPECT_THROW(MockServer({.files_dir = "/there/is/no/such/folder"}), std::invalid_argument);
}

// Parts from several connections at once, put together in the order that completing names.
TEST(FileTransfer, PartsMayComeAtOnce) {
  FileServer files;
  RawClient client = files.client();
  const std::string body =
      R"({"filename":"a.jsonl","purpose":"batch","mime_type":"text/jsonl","bytes":400000})";
  client.send(head("POST /v1/uploads", "Content-Length: " + std::to_string(body.size()) + "\r\n") +
              body);
  const std::string upload = "/v1/uploads/" + id_of(client.read_answer());
  std::vector<std::string> ids(4);
  std::vector<std::thread> senders;
  for (std::size_t place = 0; place < ids.size(); ++place)
    senders.emplace_back([&, place] {
      const FormText form =
          FormText().file("data", "blob", std::string(100'000, static_cast<char>('a' + place)));
      std::string request = counted(form);
      request.replace(request.find("/v1/files"), 9, upload + "/parts");
      RawClient sender = files.client();
      sender.send(request + form.body());
      ids[place] = id_of(sender.read_answer());
    });
  for (std::thread& sender : senders) sender.join();
  const std::string done = json{{"part_ids", {ids[3], ids[1], ids[0], ids[2]}}}.dump();
  client.send(head("POST " + upload + "/complete",
                   "Content-Length: " + std::to_string(done.size()) + "\r\n") +
              done);
  const std::string file = json::parse(client.read_answer().body).at("file").at("id");
  client.send(head("GET /v1/files/" + file + "/content", ""));
  std::string expected;
  for (const char letter : std::string("dbac")) expected += std::string(100'000, letter);
  EXPECT_TRUE(client.read_answer().body == expected);
}

}  // namespace
}  // namespace assistants_mock::mock_server
