#include "tests/model/refusals.h"

#include <map>

namespace assistants_mock::tests::model {
namespace {

struct Words {
  int status;
  std::string message;  // a message that ends in … may go on
  const char* code = nullptr;
  std::string param = {};
};

const char* const invalid_value = "invalid_value";

const std::map<std::string, Words>& table() {
  static const std::map<std::string, Words> rows = {
      {"auth.missing", {401, "You didn't provide an API key.…"}},
      {"beta.missing",
       {400,
        "You must provide the 'OpenAI-Beta' header to access the Assistants API. Please try again "
        "by setting the header 'OpenAI-Beta: assistants=v2'.",
        "invalid_beta"}},
      {"beta.v1", {400, "The v1 Assistants API has been deprecated.…", "invalid_beta"}},
      {"route.unknown", {404, "Invalid URL ({0} /v1{1})"}},
      {"route.method",
       {405,
        "Not allowed to {0} on /v1{1}. (HINT: Perhaps you meant to use a different HTTP method?)"}},
      {"body.notjson", {400, "We could not parse the JSON body of your request.…"}},

      {"nf.assistant", {404, "No assistant found with id '{0}'."}},
      {"nf.thread", {404, "No thread found with id '{0}'."}},
      {"nf.message", {404, "No message found with id '{0}'."}},
      {"nf.run", {404, "No run found with id '{0}'."}},
      {"nf.step", {404, "No run step found with id '{0}'."}},
      {"nf.vs", {404, "No vector store found with id '{0}'."}},
      {"nf.vs-ref", {404, "Vector store with id [{0}] not found."}},
      {"nf.vsfile", {404, "No file found with id '{0}' in vector store '{1}'."}},
      {"nf.vsbatch", {404, "No file batch found with id '{0}'."}},
      {"nf.files-in-body", {404, "The following file IDs were not found: {0}."}},
      {"nf.file", {404, "No such File object: {0}", nullptr, "id"}},
      {"nf.upload", {404, "No upload found with id '{0}'."}},
      {"nf.model-route",
       {404, "The model `{0}` does not exist or you do not have access to it.", "model_not_found",
        "model"}},
      {"model.unsupported",
       {400, "The requested model '{0}' cannot be used with the Assistants API.",
        "unsupported_model", "model"}},
      {"(prefix)",
       {400, "Invalid '{0}': '{1}'. Expected an ID that begins with '{2}'.", invalid_value, "{0}"}},

      {"lock.message", {400, "Can't add messages to {0} while a run {1} is active."}},
      {"lock.run", {400, "Thread {0} already has an active run {1}."}},
      {"lock.run-with-messages", {400, "Can't add messages to {0} while a run {1} is active."}},
      {"run.empty-thread",
       {400,
        "Run creation requires a Thread with a user message or an assistant with instructions.",
        "invalid_thread"}},
      {"submit.status", {400, "Runs in status \"{0}\" do not accept tool outputs."}},
      {"submit.ids", {400, "Expected tool outputs for call_ids [{0}], got [{1}]"}},
      {"cancel.final", {400, "Cannot cancel run with status '{0}'."}},
      {"cancel.twice", {400, "Cannot cancel run with status 'cancelling'."}},
      {"run.modify", {400, "Cannot update run with status '{0}'."}},
      {"vs.expired.use", {400, "Vector store '{0}' has expired."}},
      {"vs.expired.run", {400, "Vector store {0} is expired."}},

      {"v.missing",
       {400, "Missing required parameter: '{0}'.", "missing_required_parameter", "{0}"}},
      {"v.unknown", {400, "Unknown parameter: '{0}'.", "unknown_parameter", "{0}"}},
      {"v.type", {400, "Invalid type for '{0}': expected …", "invalid_type", "{0}"}},
      {"v.meta.type",
       {400, "Invalid type for '{0}': expected a string, but got an integer instead.",
        "invalid_type", "{0}"}},
      {"v.enum", {400, "Invalid value: '{0}'. Supported values are: {1}.", invalid_value, "{2}"}},
      {"v.role",
       {400, "Invalid value: '{0}'. Supported values are: 'user' and 'assistant'.", invalid_value,
        "role"}},
      {"v.intmin",
       {400,
        "Invalid '{0}': integer below minimum value. Expected a value >= {1}, but got {2} instead.",
        "integer_below_min_value", "{0}"}},
      {"v.intmax",
       {400,
        "Invalid '{0}': integer above maximum value. Expected a value <= {1}, but got {2} instead.",
        "integer_above_max_value", "{0}"}},

      {"f.retrieval",
       {400,
        "Files with extensions [{0}] are not supported for retrieval. See "
        "https://platform.openai.com/docs/assistants/tools/file-search/supported-files",
        "unsupported_file", "file_ids"}},
      {"f.purpose", {400, "'{0}' is not one of ['fine-tune', 'assistants', …", nullptr, "purpose"}},
      {"f.extension", {400, "Invalid extension {0}. Supported formats: …"}},
      {"f.jsonl", {400, "Invalid file format for Batch API. Must be .jsonl"}},
      {"f.nofile", {400, "'{0}' is a required property", nullptr, "{0}"}},
      {"f.unknown", {400, "Additional properties are not allowed ('{0}' was unexpected)"}},
      {"f.expires",
       {400, "{0} is less than the minimum of 3600 - 'expires_after.seconds'", nullptr,
        "expires_after.seconds"}},
      {"f.empty", {400, "File is empty."}},
      {"f.download", {400, "Not allowed to download files of purpose: {0}"}},
      {"upload.mime",
       {400, "Invalid 'mime_type': '{0}' is not supported for purpose '{1}'.", invalid_value,
        "mime_type"}},
      {"upload.status", {400, "Cannot {0} upload with status '{1}'."}},
      {"upload.part", {400, "No part found with id '{0}' in upload '{1}'.", nullptr, "part_ids"}},
      {"upload.twice", {400, "The part '{0}' is named more than once.", nullptr, "part_ids"}},
      {"upload.bytes",
       {400, "The parts have {0} bytes in total, but the upload was created with {1} bytes."}},
  };
  return rows;
}

std::string filled(std::string text, const std::vector<std::string>& values) {
  for (std::size_t place = 0; place < values.size(); ++place) {
    const std::string key = "{" + std::to_string(place) + "}";
    for (auto at = text.find(key); at != text.npos; at = text.find(key, at + values[place].size()))
      text.replace(at, key.size(), values[place]);
  }
  return text;
}

// The rows of ids that are malformed are one sentence with another name (errors.md 1.2).
std::string row_of(const std::string& row, const std::vector<std::string>& values) {
  static const std::map<std::string, std::string> rows = {
      {"asst", "id.assistant"}, {"thread", "id.thread"}, {"run", "id.run"},
      {"msg", "id.msg"},        {"vs", "id.vs"},         {"file", "id.file"}};
  return row == "(prefix)" ? rows.at(values.at(2)) : row;
}

}  // namespace

Expected refused(const std::string& row, const std::vector<std::string>& values) {
  const Words& words = table().at(row);
  const std::string param = filled(words.param, values);
  Json error = {{"message", filled(words.message, values)},
                {"param", param.empty() ? Json(nullptr) : Json(param)},
                {"code", words.code == nullptr ? Json(nullptr) : Json(words.code)},
                {"type", "invalid_request_error"}};
  return {words.status, row_of(row, values), {{"error", std::move(error)}}};
}

std::vector<std::string> known_refusals() {
  std::vector<std::string> rows = {"id.assistant", "id.thread", "id.run",
                                   "id.msg",       "id.vs",     "id.file"};
  for (const auto& [row, words] : table())
    if (row != "(prefix)") rows.push_back(row);
  return rows;
}

}  // namespace assistants_mock::tests::model
