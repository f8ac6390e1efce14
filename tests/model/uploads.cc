#include <algorithm>

#include "tests/model/operation.h"
#include "tests/model/refusals.h"

namespace assistants_mock::tests::model {
namespace {

// All parts are alike, and a word each.
const std::string part_bytes = "cake\n";

// Time is looked at when anything of uploads is (U4).
void look_at_time(Upload& upload, Time now) {
  if (upload.status != "pending" || now < upload.expires_at()) return;
  upload.status = "expired";
  upload.parts.clear();
}

Json shown_upload(const Upload& upload) {
  return {{"id", upload.id},
          {"object", "upload"},
          {"bytes", upload.bytes},
          {"created_at", shown(upload.created_at)},
          {"filename", upload.filename},
          {"purpose", upload.purpose},
          {"status", upload.status},
          {"expires_at", shown(upload.expires_at())}};
}

void draw_create(const World&, Draw& draw, Asked& asked) {
  const bool vision = draw.one_in(12);
  asked.body = {{"filename", "usual.txt"},
                {"purpose", vision ? "vision" : "assistants"},
                {"bytes", part_bytes.size() * (1 + draw.below(2))},
                {"mime_type", "text/plain"}};
  if (vision) asked.body["filename"] = "a.png";
}
Expected create(World& world, const Asked& asked) {
  if (asked.body.at("purpose") == "vision")
    return refused("upload.mime", {asked.body.at("mime_type"), "vision"});
  world.uploads.push_back({.id = world.next_id("upload"),
                           .created_at = world.now,
                           .filename = asked.body.at("filename"),
                           .purpose = asked.body.at("purpose"),
                           .bytes = asked.body.at("bytes")});
  return {.body = shown_upload(world.uploads.back())};
}

struct UploadPlace {
  Upload* upload;
  std::optional<Expected> refusal = {};
};
UploadPlace pending(World& world, const Asked& asked, const std::string& act) {
  Upload* upload = find(world.uploads, asked.ids[0]);
  if (upload == nullptr) return {nullptr, refused("nf.upload", {asked.ids[0]})};
  look_at_time(*upload, world.now);
  if (upload->status == "pending") return {upload};
  return {upload, refused("upload.status", {act, upload->status})};
}

void draw_one(const World& world, Draw& draw, Asked& asked) {
  asked.ids = {draw.id_of(world.uploads, "upload_none")};
}
void draw_part(const World& world, Draw& draw, Asked& asked) {
  draw_one(world, draw, asked);
  asked.form = {{"data", part_bytes, "blob"}};
}
Expected add_part(World& world, const Asked& asked) {
  const UploadPlace place = pending(world, asked, "add parts to");
  if (place.refusal) return *place.refusal;
  Part part{.id = world.next_id("part"), .content = asked.form.front().value};
  place.upload->parts.push_back(part);
  return {.body = {{"id", part.id},
                   {"object", "upload.part"},
                   {"created_at", shown(world.now)},
                   {"upload_id", place.upload->id}}};
}

void draw_complete(const World& world, Draw& draw, Asked& asked) {
  draw_one(world, draw, asked);
  Json parts = Json::array();
  if (const Upload* upload = find(world.uploads, asked.ids[0]))
    for (const Part& part : upload->parts)
      if (part_bytes.size() * parts.size() < upload->bytes) parts.push_back(part.id);
  const std::size_t mistake = draw.below(16);
  if (mistake == 13) parts.push_back("part_none");
  if (mistake == 14 && !parts.empty()) parts.push_back(parts.front());
  if (mistake == 15 && !parts.empty()) parts.erase(parts.begin());
  asked.body = {{"part_ids", parts}};
}
Expected complete(World& world, const Asked& asked) {
  const UploadPlace place = pending(world, asked, "complete");
  if (place.refusal) return *place.refusal;
  Upload& upload = *place.upload;
  std::string content;
  std::vector<Id> named;
  for (const Id id : asked.body.at("part_ids")) {
    const auto part = std::ranges::find(upload.parts, id, &Part::id);
    if (part == upload.parts.end()) return refused("upload.part", {id, upload.id});
    if (std::ranges::find(named, id) != named.end()) return refused("upload.twice", {id});
    named.push_back(id);
    content += part->content;
  }
  if (content.size() != upload.bytes)
    return refused("upload.bytes", {std::to_string(content.size()), std::to_string(upload.bytes)});
  upload.status = "completed";  // U2
  upload.parts.clear();
  const File file{.id = world.next_id("file"),
                  .created_at = world.now,
                  .filename = upload.filename,
                  .purpose = upload.purpose,
                  .content = content};
  world.files.push_back(file);
  Json body = shown_upload(upload);
  body["file"] = {{"id", file.id}, {"object", "file"}, {"bytes", content.size()}};
  return {.body = body};
}

Expected cancel_upload(World& world, const Asked& asked) {
  const UploadPlace place = pending(world, asked, "cancel");
  if (place.refusal) return *place.refusal;
  place.upload->status = "cancelled";  // U3
  place.upload->parts.clear();
  return {.body = shown_upload(*place.upload)};
}

}  // namespace

Operations upload_operations() {
  using enum FieldKind;
  return {
      {.id = "createUpload",
       .method = "POST",
       .path = "/uploads",
       .draw = draw_create,
       .answer = create,
       .fields = {{"filename", text, true, false},
                  {"purpose", text, true, false},
                  {"bytes", number, true, false},
                  {"mime_type", text, true, false}},
       .beta = false},
      {.id = "addUploadPart",
       .method = "POST",
       .path = "/uploads/{upload_id}/parts",
       .weight = 2,
       .draw = draw_part,
       .answer = add_part,
       .beta = false,
       .form = true},
      {.id = "completeUpload",
       .method = "POST",
       .path = "/uploads/{upload_id}/complete",
       .weight = 2,
       .draw = draw_complete,
       .answer = complete,
       .fields = {{"part_ids", FieldKind::items, true, false}},
       .beta = false},
      {.id = "cancelUpload",
       .method = "POST",
       .path = "/uploads/{upload_id}/cancel",
       .draw = draw_one,
       .answer = cancel_upload,
       .beta = false},
  };
}

}  // namespace assistants_mock::tests::model
