// Files, uploads and their parts as JSON: docs/wire/objects.md.
#include "mock_server/api/wire_json.h"
#include "mock_server/api/wire_parts.h"

namespace assistants_mock::mock_server::api {
namespace {

void write_upload(JsonWriter& out, const store::Upload& upload) {
  out.member("id", upload.id);
  out.member("object", "upload");
  out.member("bytes", static_cast<std::int64_t>(upload.bytes));
  write_date(out, "created_at", upload.created_at);
  out.member("filename", upload.filename);
  out.member("purpose", upload.purpose);
  out.member("status", state_machine::name(upload.status));
  write_date(out, "expires_at", upload.expires_at);
}

}  // namespace

// The schema knows expires_at of a file that expires alone, and no null; the service sent nulls,
// and so does every profile.
void write(JsonWriter& out, const store::File& file, const View&) {
  out.begin_object();
  out.member("object", "file");
  out.member("id", file.id);
  out.member("purpose", file.purpose);
  out.member("filename", file.filename);
  out.member("bytes", static_cast<std::int64_t>(file.bytes));
  write_date(out, "created_at", file.created_at);
  write_date(out, "expires_at", file.expires_at);
  out.member("status", "processed");
  out.null_member("status_details");
  out.end_object();
}

void write(JsonWriter& out, const store::Upload& upload, const View&) {
  out.begin_object();
  write_upload(out, upload);
  out.end_object();
}

void write(JsonWriter& out, const store::Upload& upload, const store::File& file,
           const View& view) {
  out.begin_object();
  write_upload(out, upload);
  out.key("file");
  write(out, file, view);
  out.end_object();
}

void write(JsonWriter& out, const store::UploadPart& part, const View&) {
  out.begin_object();
  out.member("id", part.id);
  out.member("object", "upload.part");
  write_date(out, "created_at", part.created_at);
  out.member("upload_id", part.upload_id);
  out.end_object();
}

}  // namespace assistants_mock::mock_server::api
