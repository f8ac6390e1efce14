// Files and uploads in any sequence beside a plain model: what is there, what is refused, and that
// the disk holds the bytes of what is there and no others.
#include <gtest/gtest.h>
// After GoogleTest, which it adds to.
#include <rapidcheck/gtest.h>

#include <map>

#include "tests/mock_server/test_api.h"

namespace assistants_mock::mock_server {
namespace {

using namespace std::chrono_literals;

struct ModelUpload {
  std::chrono::seconds expires_at;
  std::size_t bytes;
  std::string status = "pending";
  std::map<std::string, std::string> parts = {};
};
struct ModelFile {
  std::string content;
  std::optional<std::chrono::seconds> expires_at;
};

class Player {
 public:
  Player() : blobs_(std::make_shared<store::BlobDirectory>()), api_("echo", {.blobs = blobs_}) {}

  void step() {
    using Step = void (Player::*)();
    const Step step =
        *rc::gen::element(&Player::create_file, &Player::create_upload, &Player::add_part,
                          &Player::add_part, &Player::complete, &Player::complete, &Player::cancel,
                          &Player::delete_file, &Player::let_time_pass);
    (this->*step)();
    expire();
  }

  void check() {
    const auto listed = api_.get("/files?order=asc").json.at("data");
    RC_ASSERT(listed.size() == files_.size());
    std::size_t bytes = 0;
    std::size_t parts = 0;
    for (const auto& [id, file] : files_) {
      const TestAnswer answer = api_.get("/files/" + id + "/content");
      RC_ASSERT(answer.bytes == file.content);
      bytes += file.content.size();
    }
    for (const auto& [id, upload] : uploads_) {
      parts += upload.parts.size();
      for (const auto& [part, content] : upload.parts) bytes += content.size();
    }
    RC_ASSERT(blobs_->bytes() == bytes);
    RC_ASSERT(api_.api().objects() == files_.size() + uploads_.size() + parts);
  }

 private:
  static std::string any_bytes() {
    return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('a', '\r', '\n')));
  }

  void create_file() {
    const bool batch = *rc::gen::arbitrary<bool>();
    const std::string content = any_bytes();
    const TestAnswer made = api_.post("/files", FormText()
                                                    .field("purpose", batch ? "batch" : "fine-tune")
                                                    .file("file", "a.jsonl", content));
    RC_ASSERT(made.status == 200);
    files_[made.id()] = {content, batch ? std::optional(now_ + 720h) : std::nullopt};
  }

  void delete_file() {
    const std::string id = any_id(files_, "file-none");
    RC_ASSERT(api_.del("/files/" + id).status == (files_.erase(id) == 1 ? 200 : 404));
  }

  void create_upload() {
    const std::size_t bytes = *rc::gen::inRange<std::size_t>(1, 12);
    const TestAnswer made = api_.post(
        "/uploads",
        R"({"filename":"a.jsonl","purpose":"fine-tune","mime_type":"text/jsonl","bytes":)" +
            std::to_string(bytes) + "}");
    RC_ASSERT(made.status == 200);
    uploads_[made.id()] = {now_ + 1h, bytes};
  }

  void add_part() {
    const std::string id = any_id(uploads_, "upload_none");
    const std::string content = any_bytes();
    const TestAnswer answer =
        api_.post("/uploads/" + id + "/parts", FormText().file("data", "blob", content));
    if (!require_as_pending(id, answer)) return;
    RC_ASSERT(answer.status == 200);
    uploads_[id].parts[answer.id()] = content;
  }

  // With parts in any order, some left out, now and then one of nobody.
  void complete() {
    const std::string id = any_id(uploads_, "upload_none");
    std::vector<std::string> ids;
    if (uploads_.contains(id))
      for (const auto& [part, content] : uploads_[id].parts) ids.push_back(part);
    ids = *rc::gen::resize(8, rc::gen::container<std::vector<std::string>>(
                                  rc::gen::elementOf(ids.empty() ? std::vector{id} : ids)));
    const TestAnswer answer =
        api_.post("/uploads/" + id + "/complete", nlohmann::json{{"part_ids", ids}}.dump());
    if (!require_as_pending(id, answer)) return;
    ModelUpload& upload = uploads_[id];
    const std::string refusal = expected_refusal(upload, ids);
    RC_ASSERT(answer.refusal == refusal);
    if (!refusal.empty()) return;
    std::string content;
    for (const std::string& part : ids) content += upload.parts[part];
    files_[answer.json.at("file").at("id")] = {content, std::nullopt};
    end(upload, "completed");
  }

  static std::string expected_refusal(const ModelUpload& upload,
                                      const std::vector<std::string>& ids) {
    std::size_t bytes = 0;
    for (std::size_t place = 0; place < ids.size(); ++place) {
      const auto part = upload.parts.find(ids[place]);
      if (part == upload.parts.end()) return "upload.part";
      if (std::find(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(place), ids[place]) !=
          ids.begin() + static_cast<std::ptrdiff_t>(place))
        return "upload.twice";
      bytes += part->second.size();
    }
    return bytes == upload.bytes ? "" : "upload.bytes";
  }

  void cancel() {
    const std::string id = any_id(uploads_, "upload_none");
    const TestAnswer answer = api_.post("/uploads/" + id + "/cancel");
    if (!require_as_pending(id, answer)) return;
    RC_ASSERT(answer.json.at("status") == "cancelled");
    end(uploads_[id], "cancelled");
  }

  void let_time_pass() {
    const auto by = *rc::gen::element<std::chrono::seconds>(1s, 30min, 1h, 360h);
    now_ += by;
    api_.advance(by);
  }

  void expire() {
    for (auto& [id, upload] : uploads_)
      if (upload.status == "pending" && upload.expires_at <= now_) end(upload, "expired");
    std::erase_if(files_, [this](const auto& file) {
      return file.second.expires_at && *file.second.expires_at <= now_;
    });
  }

  static void end(ModelUpload& upload, const std::string& status) {
    upload.status = status;
    upload.parts.clear();
  }

  // False when the upload is not there or has ended, and the answer says so.
  bool require_as_pending(const std::string& id, const TestAnswer& answer) {
    const auto upload = uploads_.find(id);
    if (upload == uploads_.end()) {
      RC_ASSERT(answer.refusal == "nf.upload");
      return false;
    }
    if (upload->second.status == "pending") return true;
    RC_ASSERT(answer.refusal == "upload.status");
    RC_ASSERT(answer.message().find("'" + upload->second.status + "'") != std::string::npos);
    return false;
  }

  template <class Things>
  static std::string any_id(const Things& things, const std::string& unknown) {
    std::vector<std::string> ids = {unknown};
    for (const auto& [id, thing] : things) ids.push_back(id);
    return *rc::gen::elementOf(ids);
  }

  std::shared_ptr<store::BlobDirectory> blobs_;
  TestApi api_;
  std::chrono::seconds now_{};
  std::map<std::string, ModelUpload> uploads_;
  std::map<std::string, ModelFile> files_;
};

RC_GTEST_PROP(Uploads, AreAsTheirModelInAnySequence, ()) {
  Player player;
  const int steps = *rc::gen::inRange(1, 60);
  for (int step = 0; step < steps; ++step) {
    player.step();
    player.check();
  }
}

}  // namespace
}  // namespace assistants_mock::mock_server
