// Refusals that speak of vector stores, and of files as bodies name them: rows nf.vs… and
// vs.expired… of docs/wire/errors.md, and of its section 1.5.
#include <utility>

#include "mock_server/api/api_error.h"
#include "mock_server/api/error_wording.h"

namespace assistants_mock::mock_server::api::api_error {
namespace {

ApiError plain(std::string_view row, int status, std::string message) {
  return {.row = row, .status = status, .message = std::move(message)};
}

std::string listed(std::span<const std::string> words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

}  // namespace

ApiError no_vector_store(std::string_view id) {
  return plain("nf.vs", 404, joined({"No vector store found with id '", id, "'."}));
}

ApiError no_vector_store_in_body(std::string_view id) {
  return plain("nf.vs-ref", 404, joined({"Vector store with id [", id, "] not found."}));
}

ApiError no_store_file(std::string_view file_id, std::string_view store_id) {
  return plain("nf.vsfile", 404,
               joined({"No file found with id '", file_id, "' in vector store '", store_id, "'."}));
}

ApiError no_file_batch(std::string_view id) {
  return plain("nf.vsbatch", 404, joined({"No file batch found with id '", id, "'."}));
}

ApiError no_files_in_body(std::span<const std::string> ids) {
  return plain("nf.files-in-body", 404,
               joined({"The following file IDs were not found: ", listed(ids), "."}));
}

ApiError vector_store_expired(std::string_view id) {
  return plain("vs.expired.use", 400, joined({"Vector store '", id, "' has expired."}));
}

ApiError vector_store_expired_for_run(std::string_view id) {
  return plain("vs.expired.run", 400, joined({"Vector store ", id, " is expired."}));
}

ApiError not_searchable(std::span<const std::string> extensions) {
  ApiError error = plain("f.retrieval", 400,
                         joined({"Files with extensions [", listed(extensions),
                                 "] are not supported for retrieval. See "
                                 "https://platform.openai.com/docs/assistants/tools/file-search/"
                                 "supported-files"}));
  error.param = "file_ids";
  error.code = "unsupported_file";
  return error;
}

ApiError not_an_image(std::string_view extension) {
  return plain("v.image.file", 400,
               joined({"Invalid message content: Expected file type to be a supported format: "
                       ".jpeg, .jpg, .png, .gif, .webp but got ",
                       extension, "."}));
}

ApiError attribute_wrong_type(std::string_view path, std::string_view key, std::string_view got) {
  return wrong_type(joined({path, ".", key}), "one of a string or decimal or boolean", got);
}

}  // namespace assistants_mock::mock_server::api::api_error
