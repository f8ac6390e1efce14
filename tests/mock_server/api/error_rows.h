#pragma once
// What docs/wire/errors.md says of each row, written out once more beside the code that makes it.
#include <string>
#include <vector>

namespace assistants_mock::mock_server::api {

struct ErrorRow {
  std::string row;
  int status;
  std::string code;   // "-" is JSON null
  std::string param;  // likewise
  std::string message;
  std::string type = "invalid_request_error";
};

// In the order of the catalogue.
inline const std::vector<ErrorRow>& error_rows() {
  static const std::vector<ErrorRow> rows = {
      {"auth.missing", 401, "-", "-",
       "You didn't provide an API key. You need to provide your API key in an Authorization header "
       "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with "
       "blank username) if you're accessing the API from your browser and are prompted for a "
       "username and password. You can obtain an API key from "
       "https://platform.openai.com/account/api-keys."},
      {"auth.empty", 401, "invalid_api_key", "-",
       "Incorrect API key provided: ''. You can find your API key at "
       "https://platform.openai.com/account/api-keys."},
      {"auth.wrong", 401, "invalid_api_key", "-",
       "Incorrect API key provided: sk-proj-********************uvwx. You can find your API key at "
       "https://platform.openai.com/account/api-keys."},
      {"auth.country", 403, "unsupported_country_region_territory", "-",
       "Country, region, or territory not supported", "request_forbidden"},
      {"beta.missing", 400, "invalid_beta", "-",
       "You must provide the 'OpenAI-Beta' header to access the Assistants API. Please try again "
       "by setting the header 'OpenAI-Beta: assistants=v2'."},
      {"beta.v1", 400, "invalid_beta", "-",
       "The v1 Assistants API has been deprecated. Please try again by setting the header "
       "'OpenAI-Beta: assistants=v2'. See the migration guide for more information: "
       "https://platform.openai.com/docs/assistants/migration."},
      {"beta.v1-only-route", 400, "invalid_beta", "-",
       "The v1 Assistants API has been deprecated. See the migration guide for more information: "
       "https://platform.openai.com/docs/assistants/migration."},
      {"route.unknown", 404, "-", "-", "Invalid URL (POST /v1/foo)"},
      {"route.method", 405, "-", "-",
       "Not allowed to PUT on /v1/assistants. (HINT: Perhaps you meant to use a different HTTP "
       "method?)"},
      {"route.retired", 404, "-", "-", "Invalid URL (POST /v1/threads)"},
      {"route.api-version", 404, "404", "-", "Resource not found"},
      {"body.notjson", 400, "-", "-",
       "We could not parse the JSON body of your request. (HINT: This likely means you aren't "
       "using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was "
       "sent was not valid JSON. If you have trouble figuring out how to fix this, please contact "
       "us through our help center at help.openai.com.)"},
      {"body.multipart", 400, "-", "-",
       "We could not parse the form of your request: at byte 75 of the body, the header "
       "Content-Disposition of the part was expected."},
      {"body.form", 400, "-", "-",
       "This operation takes a form: at byte 0 of the Content-Type header, multipart/form-data was "
       "expected."},
      {"nf.assistant", 404, "-", "-", "No assistant found with id 'asst_abc123'."},
      {"nf.thread", 404, "-", "-", "No thread found with id 'thread_abc123'."},
      {"nf.message", 404, "-", "-", "No message found with id 'msg_abc123'."},
      {"nf.run", 404, "-", "-", "No run found with id 'run_abc123'."},
      {"nf.step", 404, "-", "-", "No run step found with id 'step_123'."},
      {"nf.vs", 404, "-", "-", "No vector store found with id 'vs_abc123'."},
      {"nf.vs-ref", 404, "-", "-", "Vector store with id [vs_abc123] not found."},
      {"nf.vsfile", 404, "-", "-",
       "No file found with id 'file-abc123' in vector store 'vs_abc123'."},
      {"nf.vsbatch", 404, "-", "-", "No file batch found with id 'vsfb_abc123'."},
      {"nf.files-in-body", 404, "-", "-", "The following file IDs were not found: file-abc123."},
      {"nf.file", 404, "-", "id", "No such File object: file-abc123"},
      {"nf.upload", 404, "-", "-", "No upload found with id 'upload_abc123'."},
      {"nf.model-route", 404, "model_not_found", "model",
       "The model `gpt-4x` does not exist or you do not have access to it."},
      {"nf.model", 400, "model_not_found", "model", "The requested model 'gpt-4x' does not exist."},
      {"model.unsupported", 400, "unsupported_model", "model",
       "The requested model 'o1-mini' cannot be used with the Assistants API."},
      {"id.thread", 400, "invalid_value", "thread_id",
       "Invalid 'thread_id': 'undefined'. Expected an ID that begins with 'thread'."},
      {"id.assistant", 400, "invalid_value", "assistant_id",
       "Invalid 'assistant_id': 'my_assistant'. Expected an ID that begins with 'asst'."},
      {"id.file", 400, "invalid_value", "messages[0].attachments[0].file_id",
       "Invalid 'messages[0].attachments[0].file_id': 'undefined'. Expected an ID that begins with "
       "'file'."},
      {"id.run", 400, "invalid_value", "run_id",
       "Invalid 'run_id': 'undefined'. Expected an ID that begins with 'run'."},
      {"id.msg", 400, "invalid_value", "message_id",
       "Invalid 'message_id': 'undefined'. Expected an ID that begins with 'msg'."},
      {"id.vs", 400, "invalid_value", "vector_store_id",
       "Invalid 'vector_store_id': 'undefined'. Expected an ID that begins with 'vs'."},
      {"lock.message", 400, "-", "-",
       "Can't add messages to thread_abc123 while a run run_abc123 is active."},
      {"lock.run", 400, "-", "-", "Thread thread_abc123 already has an active run run_abc123."},
      {"lock.run-with-messages", 400, "-", "-",
       "Can't add messages to thread_abc123 while a run run_abc123 is active."},
      {"run.empty-thread", 400, "invalid_thread", "-",
       "Run creation requires a Thread with a user message or an assistant with instructions."},
      {"submit.status", 400, "-", "-",
       "Runs in status \"in_progress\" do not accept tool outputs."},
      {"submit.ids", 400, "-", "-",
       "Expected tool outputs for call_ids ['call_a', 'call_b'], got ['call_a']"},
      {"cancel.final", 400, "-", "-", "Cannot cancel run with status 'completed'."},
      {"cancel.twice", 400, "-", "-", "Cannot cancel run with status 'cancelling'."},
      {"run.modify", 400, "-", "-", "Cannot update run with status 'in_progress'."},
      {"vs.expired.use", 400, "-", "-", "Vector store 'vs_abc123' has expired."},
      {"vs.expired.run", 400, "-", "-", "Vector store vs_abc123 is expired."},
      {"v.missing", 400, "missing_required_parameter", "tool_outputs[0].tool_call_id",
       "Missing required parameter: 'tool_outputs[0].tool_call_id'."},
      {"v.unknown", 400, "unknown_parameter", "tool_resources.file_search.file_ids",
       "Unknown parameter: 'tool_resources.file_search.file_ids'."},
      {"v.type", 400, "invalid_type", "tool_outputs[0].output",
       "Invalid type for 'tool_outputs[0].output': expected a string, but got an integer instead."},
      {"v.enum", 400, "invalid_value", "tools[0].type",
       "Invalid value: 'retrieval'. Supported values are: 'code_interpreter', 'function', and "
       "'file_search'."},
      {"v.role", 400, "invalid_value", "role",
       "Invalid value: 'system'. Supported values are: 'user' and 'assistant'."},
      {"v.strlen", 400, "string_above_max_length", "content",
       "Invalid 'content': string too long. Expected a string with maximum length 256000, but got "
       "a string with length 256001 instead."},
      {"v.empty", 400, "empty_string", "tools[0].function.name",
       "Invalid 'tools[0].function.name': empty string. Expected a string with minimum length 1, "
       "but got an empty string instead."},
      {"v.arrmax", 400, "array_above_max_length", "tools",
       "Invalid 'tools': array too long. Expected an array with maximum length 128, but got an "
       "array with length 129 instead."},
      {"v.arrmin", 400, "empty_array", "tool_outputs",
       "Invalid 'tool_outputs': empty array. Expected an array with minimum length 1, but got an "
       "empty array instead."},
      {"v.intmax", 400, "integer_above_max_value", "limit",
       "Invalid 'limit': integer above maximum value. Expected a value <= 100, but got 101 "
       "instead."},
      {"v.intmin", 400, "integer_below_min_value", "max_prompt_tokens",
       "Invalid 'max_prompt_tokens': integer below minimum value. Expected a value >= 256, but got "
       "10 instead."},
      {"v.decmax", 400, "decimal_above_max_value", "temperature",
       "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 200 "
       "instead."},
      {"v.decmin", 400, "decimal_below_min_value", "top_p",
       "Invalid 'top_p': decimal below minimum value. Expected a value >= 0, but got -0.5 "
       "instead."},
      {"v.fn.name", 400, "invalid_value", "tools[0].function.name",
       "Invalid 'tools[0].function.name': string does not match pattern. Expected a string that "
       "matches the pattern '^[a-zA-Z0-9_-]+$'."},
      {"v.meta.count", 400, "object_above_max_properties", "metadata",
       "Invalid 'metadata': too many properties. Expected an object with at most 16 properties, "
       "but got an object with 17 properties instead."},
      {"v.meta.key", 400, "property_name_above_max_length", "metadata." + std::string(70, 'k'),
       "Invalid property name in 'metadata': 'kkk...kkk' is too long. Expected a string with "
       "maximum length 64, but got a string with length 70 instead."},
      {"v.meta.type", 400, "invalid_type", "metadata.modified",
       "Invalid type for 'metadata.modified': expected a string, but got a boolean instead."},
      {"v.meta.value", 400, "string_above_max_length", "metadata.note",
       "Invalid 'metadata.note': string too long. Expected a string with maximum length 512, but "
       "got a string with length 600 instead."},
      {"v.content.empty", 400, "-", "-", "Message content must be non-empty."},
      {"v.url", 400, "invalid_value", "messages[0].content[1].image_url.url",
       "Invalid 'messages[0].content[1].image_url.url'. Expected a valid URL, but got a value with "
       "an invalid format."},
      {"v.image.format", 400, "invalid_image_format", "content[0].image_url.url",
       "Invalid 'content[0].image_url.url'. Expected url to end in a supported format: .jpeg, "
       ".jpg, .png, .gif, .webp."},
      {"v.chunk", 400, "invalid_value",
       "tool_resources.file_search.vector_stores[0].chunking_strategy.static.chunk_overlap_tokens",
       "chunk_overlap_tokens must be less than or equal to max_chunk_size_tokens / 2"},
      {"v.oneof", 400, "invalid_value", "tool_resources.file_search",
       "Invalid 'tool_resources.file_search': only one of 'vector_store_ids' and 'vector_stores' "
       "may be given."},
      {"v.fn.schema", 400, "invalid_function_parameters", "tools[0].function.parameters",
       "Invalid schema for function 'get_weather': In context=('properties', 'city'), "
       "'additionalProperties' is required to be supplied and to be false."},
      {"f.retrieval", 400, "unsupported_file", "file_ids",
       "Files with extensions [.csv] are not supported for retrieval. See "
       "https://platform.openai.com/docs/assistants/tools/file-search/supported-files"},
      {"v.image.file", 400, "-", "-",
       "Invalid message content: Expected file type to be a supported format: .jpeg, .jpg, .png, "
       ".gif, .webp but got .txt."},
      {"f.purpose", 400, "-", "purpose",
       "'world_domination' is not one of ['fine-tune', 'assistants', 'batch', 'user_data', "
       "'vision', 'evals'] - 'purpose'"},
      {"f.extension", 400, "-", "-",
       "Invalid extension vb. Supported formats: \"c\", \"cpp\", \"css\", \"csv\", \"docx\", "
       "\"gif\", \"go\", \"html\", \"java\", \"jpeg\", \"jpg\", \"js\", \"json\", \"md\", "
       "\"pdf\", \"php\", \"pkl\", \"png\", \"pptx\", \"py\", \"rb\", \"tar\", \"tex\", "
       "\"ts\", \"txt\", \"webp\", \"xlsx\", \"xml\", \"zip\""},
      {"f.jsonl", 400, "-", "-", "Invalid file format for Batch API. Must be .jsonl"},
      {"f.nofile", 400, "-", "file", "'file' is a required property"},
      {"f.unknown", 400, "-", "-", "Additional properties are not allowed ('name' was unexpected)"},
      {"f.expires", 400, "-", "expires_after.seconds",
       "60 is less than the minimum of 3600 - 'expires_after.seconds'"},
      {"f.empty", 400, "-", "-", "File is empty."},
      {"f.toolarge", 413, "-", "-",
       "The file is too large: a file that is uploaded in one piece may have 512 MiB. Start the "
       "mock "
       "server with a higher --max-file to go on."},
      {"f.download", 400, "-", "-", "Not allowed to download files of purpose: assistants"},
      {"upload.mime", 400, "invalid_value", "mime_type",
       "Invalid 'mime_type': 'text/plain' is not supported for purpose 'vision'."},
      {"upload.status", 400, "-", "-", "Cannot add parts to upload with status 'completed'."},
      {"upload.part", 400, "-", "part_ids",
       "No part found with id 'part_abc123' in upload 'upload_abc123'."},
      {"upload.twice", 400, "-", "part_ids", "The part 'part_abc123' is named more than once."},
      {"upload.bytes", 400, "-", "-",
       "The parts have 7 bytes in total, but the upload was created with 10 bytes."},
      {"upload.md5", 400, "-", "md5",
       "The md5 of the parts is '900150983cd24fb0d6963f7d28e17f72', but "
       "'d41d8cd98f00b204e9800998ecf8427e' was given."},
      {"rl.rpm", 429, "rate_limit_exceeded", "-",
       "Rate limit reached for gpt-4o in organization org-mock on requests per min (RPM): Limit "
       "500, Used 500, Requested 1. Please try again in 120ms. Visit "
       "https://platform.openai.com/account/rate-limits to learn more.",
       "requests"},
      {"rl.tpm", 429, "rate_limit_exceeded", "-",
       "Rate limit reached for gpt-4o in organization org-mock on tokens per min (TPM): Limit "
       "30000, Used 29500, Requested 1565. Please try again in 2.13s. Visit "
       "https://platform.openai.com/account/rate-limits to learn more.",
       "tokens"},
      {"rl.quota", 429, "insufficient_quota", "-",
       "You exceeded your current quota, please check your plan and billing details. For more "
       "information on this error, read the docs: "
       "https://platform.openai.com/docs/guides/error-codes/api-errors.",
       "insufficient_quota"},
      {"srv.503", 503, "-", "-",
       "The server is currently overloaded with other requests. Sorry about that! You can retry "
       "your request, or contact us through our help center at help.openai.com if the error "
       "persists.",
       "server_error"},
      {"ours.scenario", 400, "mock_scenario", "-",
       "This mock server has no scenario 'wether_tool', which the key chooses by what stands "
       "before "
       "its first slash; did you mean 'weather_tool'? (`assistants-mock list` shows those that are "
       "shipped)."},
      {"ours.control", 400, "-", "-", "by: a duration needs a unit: 10min, 1s, 250ms"},
      {"ours.wait", 408, "-", "-", "Waited 5s and saw 1 of the 2 requests that were asked for."},
      {"ours.time", 409, "-", "-",
       "Time follows the machine's clock here; start the mock with --time manual or --time stepped "
       "to let time pass."},
      {"ours.limit", 400, "mock_limit", "-",
       "A limit of this mock server is reached: API keys, each a world of its own: 1000. Start it "
       "with a higher --max-keys to go on."},
      {"ours.disk", 507, "mock_disk", "-",
       "This mock server cannot keep the file: No space left on device. Files that it has are "
       "whole.",
       "server_error"},
      {"srv.500", 500, "-", "-",
       "The server had an error processing your request. Sorry about that! You can retry your "
       "request, or contact us through our help center at help.openai.com if you keep seeing this "
       "error. (Please include the request ID req_0123456789abcdef0123456789abcdef in your "
       "email.)",
       "server_error"},
      {"http.head", 400, "-", "-",
       "The request's head is malformed: a line does not end with CR LF."},
      {"http.head_size", 431, "mock_limit", "-",
       "The request's line and headers are larger than 32 KiB. Start the mock server with a higher "
       "--max-head to go on."},
      {"http.headers", 431, "mock_limit", "-",
       "The request has more headers than 100. Start the mock server with a higher --max-headers "
       "to go on."},
      {"http.version", 505, "-", "-", "The HTTP versions supported are 1.0 and 1.1.",
       "server_error"},
      {"http.framing", 400, "-", "-",
       "Where the request ends is in doubt: Content-Length is no number."},
      {"http.coding", 501, "-", "-", "The only transfer coding supported is chunked.",
       "server_error"},
      {"http.encoding", 415, "-", "-", "Request bodies with a Content-Encoding are not supported."},
      {"http.expectation", 417, "-", "-", "The only expectation supported is 100-continue."},
      {"http.body_size", 413, "mock_limit", "-",
       "The request's body is larger than 16 MiB. Start the mock server with a higher --max-body "
       "to go on."},
      {"http.body", 400, "-", "-", "The request's body is malformed or incomplete."},
      {"http.time", 408, "mock_limit", "-",
       "From its first byte on the request took longer than 5 s. Start the mock server with a "
       "higher --head-time to go on."},
      {"http.connections", 503, "mock_limit", "-",
       "There are more connections than 20000. Start the mock server with a higher "
       "--max-connections to go on.",
       "server_error"},
      {"http.failed", 500, "-", "-", "The mock server failed to answer this request.",
       "server_error"},
  };
  return rows;
}

}  // namespace assistants_mock::mock_server::api
