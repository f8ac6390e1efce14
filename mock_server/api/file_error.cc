// Refusals of files, of the forms they come in, and of uploads.
#include <utility>

#include "mock_server/api/api_error.h"
#include "mock_server/api/error_wording.h"

namespace assistants_mock::mock_server::api::api_error {
namespace {

ApiError refused(std::string_view row, std::string message,
                 std::optional<std::string> param = std::nullopt) {
  return {.row = row, .message = std::move(message), .param = std::move(param)};
}

// As Python prints a list of texts; those of a table need no escapes.
std::string list_of(std::span<const std::string_view> words) {
  std::string list;
  for (const std::string_view word : words)
    list += (list.empty() ? "'" : ", '") + joined({word, "'"});
  return "[" + list + "]";
}

// The grammar of that validator: what is wrong, and the path of where.
ApiError wrong_field(std::string_view row, std::string_view param, std::string_view what) {
  return refused(row, joined({what, " - '", param, "'"}), std::string(param));
}

}  // namespace

ApiError form_broken(std::size_t offset, std::string_view expected) {
  return refused("body.multipart",
                 joined({"We could not parse the form of your request: at byte ", number(offset),
                         " of the body, ", expected, " was expected."}));
}

ApiError no_form(std::size_t offset, std::string_view expected) {
  return refused("body.form",
                 joined({"This operation takes a form: at byte ", number(offset),
                         " of the Content-Type header, ", expected, " was expected."}));
}

ApiError no_file(std::string_view id) {
  ApiError error = refused("nf.file", joined({"No such File object: ", id}), "id");
  error.status = 404;
  return error;
}

ApiError no_upload(std::string_view id) {
  ApiError error = refused("nf.upload", joined({"No upload found with id '", id, "'."}));
  error.status = 404;
  return error;
}

ApiError file_purpose(std::string_view purpose, std::span<const std::string_view> supported) {
  return wrong_field("f.purpose", "purpose",
                     joined({"'", purpose, "' is not one of ", list_of(supported)}));
}

ApiError file_extension(std::string_view extension) {
  return refused(
      "f.extension",
      joined({"Invalid extension ", extension,
              ". Supported formats: \"c\", \"cpp\", \"css\", \"csv\", \"docx\", \"gif\", "
              "\"go\", \"html\", \"java\", \"jpeg\", \"jpg\", \"js\", \"json\", \"md\", "
              "\"pdf\", \"php\", \"pkl\", \"png\", \"pptx\", \"py\", \"rb\", \"tar\", "
              "\"tex\", \"ts\", \"txt\", \"webp\", \"xlsx\", \"xml\", \"zip\""}));
}

ApiError file_not_jsonl(std::string_view api) {
  return refused("f.jsonl", joined({"Invalid file format for ", api, " API. Must be .jsonl"}));
}

ApiError form_field_missing(std::string_view param) {
  return refused("f.nofile", joined({"'", param, "' is a required property"}), std::string(param));
}

ApiError form_field_unknown(std::string_view name) {
  return refused("f.unknown",
                 joined({"Additional properties are not allowed ('", name, "' was unexpected)"}));
}

ApiError expiry_refused(std::string_view param, std::string_view what) {
  return wrong_field("f.expires", param, what);
}

ApiError file_empty() {
  return refused("f.empty", "File is empty.");
}

ApiError file_too_large(const Limits& limits, std::size_t Limits::*limit) {
  const LimitInfo& info = limit_info(limit);
  ApiError error = refused(
      "f.toolarge",
      joined({"The file is too large: ", info.what, " may have ", amount(info, limits.*limit),
              ". Start the mock server with a higher ", info.flag, " to go on."}));
  error.status = 413;
  return error;
}

ApiError download_refused(std::string_view purpose) {
  return refused("f.download", joined({"Not allowed to download files of purpose: ", purpose}));
}

ApiError upload_purpose_mime(std::string_view mime_type, std::string_view purpose) {
  ApiError error = refused("upload.mime",
                           joined({"Invalid 'mime_type': '", mime_type,
                                   "' is not supported for purpose '", purpose, "'."}),
                           "mime_type");
  error.code = "invalid_value";
  return error;
}

ApiError upload_ended(std::string_view act, std::string_view status) {
  return refused("upload.status", joined({"Cannot ", act, " upload with status '", status, "'."}));
}

ApiError unknown_part(std::string_view part_id, std::string_view upload_id) {
  ApiError error = refused(
      "upload.part", joined({"No part found with id '", part_id, "' in upload '", upload_id, "'."}),
      "part_ids");
  return error;
}

ApiError part_named_twice(std::string_view part_id) {
  return refused("upload.twice", joined({"The part '", part_id, "' is named more than once."}),
                 "part_ids");
}

ApiError wrong_part_bytes(std::uint64_t announced, std::uint64_t got) {
  return refused("upload.bytes", joined({"The parts have ", std::to_string(got),
                                         " bytes in total, but the upload was created with ",
                                         std::to_string(announced), " bytes."}));
}

ApiError wrong_md5(std::string_view expected, std::string_view got) {
  return refused("upload.md5",
                 joined({"The md5 of the parts is '", got, "', but '", expected, "' was given."}),
                 "md5");
}

ApiError disk_failed(std::string_view what) {
  return {.row = "ours.disk",
          .status = 507,
          .message = joined(
              {"This mock server cannot keep the file: ", what, ". Files that it has are whole."}),
          .type = "server_error",
          .code = "mock_disk"};
}

}  // namespace assistants_mock::mock_server::api::api_error
