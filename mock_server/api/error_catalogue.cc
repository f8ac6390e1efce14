#include "mock_server/api/error_catalogue.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/api/body_schema.h"

namespace assistants_mock::mock_server::api {
namespace {

using enum Confidence;
using Samples = std::vector<ErrorSample>;

// Where most of the records are.
constexpr std::string_view live_table =
    "a public proxy's table of refusals compared with the live service in 2026 "
    "(kangminlee-maker/local-OAuth-CLI-API-adapter, test/openai-chat-validation-parity.test.mjs)";
constexpr std::string_view pasted_bodies = "bodies pasted in public code and logs";
constexpr std::string_view client_match =
    "smskin/laravel-openai matches the message (src/Controllers)";

void add_edge(Samples& list) {
  using namespace api_error;
  list.push_back(
      {"No header with a key came with the request", verbatim, pasted_bodies, auth_missing()});
  list.push_back({"The header for the key holds none", verbatim, "comment of a public client, 2023",
                  auth_empty()});
  list.push_back({"The key is unknown", verbatim,
                  "openai/openai-dotnet, tests/SessionRecords/ChatTests/AuthFailure.json",
                  auth_wrong("sk-proj-abcdefghijklmnopqrstuvwx")});
  list.push_back({"The request comes from a region that is not served", fragment, client_match,
                  country_unsupported()});
  list.push_back({"No OpenAI-Beta header, on a route that asks for one", verbatim, pasted_bodies,
                  beta_missing()});
  list.push_back(
      {"The header asks for assistants=v1 of a server that refuses it (`--v1 refused`), as the "
       "service did from 2024-12-18",
       verbatim, "https://github.com/PipedreamHQ/pipedream/issues/15059", beta_v1()});
  list.push_back(
      {"A route that only v1 had, …/assistants/{id}/files or …/messages/{id}/files, without its "
       "header or of a server that refuses it",
       verbatim, "https://github.com/JZO001/Forge.OpenAI/issues/25", beta_v1_route()});
  list.push_back({"No such route", verbatim_elsewhere, "pasted body of a vector store route",
                  route_unknown("POST", "/v1/foo")});
  list.push_back({"The route exists, but not with this method", verbatim_elsewhere, pasted_bodies,
                  route_method("PUT", "/v1/assistants")});
  list.push_back(
      {"Any route of assistants or threads after 2026-08-26: 404 is attested, the words "
       "are not",
       inferred, "https://github.com/aallam/openai-kotlin/issues/470",
       route_retired("POST", "/v1/threads")});
  list.push_back({"A path of Azure's, /openai/…, without api-version in its query",
                  verbatim_elsewhere, "https://github.com/ThinkInAIXYZ/deepchat/issues/262",
                  route_api_version()});
  list.push_back({"The body is not JSON, or not an object", verbatim_elsewhere, pasted_bodies,
                  body_not_json()});
  list.push_back({"A form of POST /files or of an upload's part is malformed", ours,
                  "the service's words are not known",
                  form_broken(75, "the header Content-Disposition of the part")});
  list.push_back({"An operation that takes a form got something else", ours,
                  "the service's words are not known", no_form(0, "multipart/form-data")});
}

void add_ids(Samples& list) {
  using namespace api_error;
  list.push_back({"Unknown or deleted assistant, also as assistant_id of a run", verbatim,
                  "https://github.com/felipetodev/wanderlust/issues/1",
                  no_assistant("asst_abc123")});
  list.push_back({"Unknown or deleted thread", verbatim, "tests of public Elixir and Java clients",
                  no_thread("thread_abc123")});
  list.push_back({"Unknown message", fragment, client_match, no_message("msg_abc123")});
  list.push_back(
      {"Unknown run, or run of another thread", fragment, client_match, no_run("run_abc123")});
  list.push_back({"Unknown run step; the form of its id is not looked at", verbatim,
                  "ruby-openai, run_steps_retrieve.yml", no_step("step_123")});
  const std::array<std::string, 1> missing_file{"file-abc123"};
  list.push_back({"Unknown vector store on its own routes", fragment, client_match,
                  no_vector_store("vs_abc123")});
  list.push_back({"A body names a vector store that is not there", verbatim_elsewhere,
                  "the file search of the responses endpoint",
                  no_vector_store_in_body("vs_abc123")});
  list.push_back({"A file that is not in that vector store", verbatim,
                  "retries of a public Terraform provider",
                  no_store_file("file-abc123", "vs_abc123")});
  list.push_back({"Unknown file batch", inferred, "the grammar of its neighbours",
                  no_file_batch("vsfb_abc123")});
  list.push_back({"A body names files that are not there; 400 is attested as well", fragment,
                  client_match, no_files_in_body(missing_file)});
  list.push_back({"Unknown, deleted or expired file, whatever its id looks like", verbatim,
                  "openai/openai-dotnet, tests/SessionRecords/FilesTests/"
                  "DeleteFileCanParseServiceError.json",
                  no_file("file-abc123")});
  list.push_back(
      {"Unknown upload", inferred, "the grammar of the others", no_upload("upload_abc123")});
  list.push_back({"Unknown model in the path of a model route", inferred,
                  "words of the chat endpoint", no_model("gpt-4x")});
  list.push_back(
      {"A model that a scenario's `models` does not have is named by an assistant or a run",
       verbatim_elsewhere, "pasted body of the responses endpoint", model_not_found("gpt-4x")});
  list.push_back(
      {"A model that the Assistants API cannot use: o1-mini, o1-preview, and those for "
       "embeddings, speech, images and moderation (which ones is inferred)",
       verbatim, pasted_bodies, model_unsupported("o1-mini")});
  list.push_back({"A thread id in a path does not begin as one", verbatim,
                  "https://github.com/openai/openai-node/issues/1545",
                  bad_id("thread_id", "undefined", "thread")});
  list.push_back({"assistant_id does not begin as one", verbatim, pasted_bodies,
                  bad_id("assistant_id", "my_assistant", "asst")});
  list.push_back({"A file id in a body does not begin as one", verbatim,
                  "https://github.com/danny-avila/LibreChat/issues/8178",
                  bad_id("messages[0].attachments[0].file_id", "undefined", "file")});
  list.push_back({"A run id in a path does not begin as one", fragment, client_match,
                  bad_id("run_id", "undefined", "run")});
  list.push_back({"A message id in a path does not begin as one", fragment, client_match,
                  bad_id("message_id", "undefined", "msg")});
  list.push_back({"A vector store id does not begin as one", fragment, client_match,
                  bad_id("vector_store_id", "undefined", "vs")});
}

void add_states(Samples& list) {
  using namespace api_error;
  const std::array<std::string, 2> both{"call_a", "call_b"};
  const std::array<std::string, 1> one{"call_a"};
  list.push_back({"A message is added while a run of the thread is active", verbatim,
                  "https://github.com/openai/openai-python/issues/1023",
                  thread_busy_for_message("thread_abc123", "run_abc123")});
  list.push_back({"A run is created while another run of the thread is active", verbatim,
                  "https://github.com/glific/glific/issues/3790",
                  thread_busy_for_run("thread_abc123", "run_abc123")});
  list.push_back(
      {"The same, and the new run brings messages of its own: which of the two refusals "
       "it gets is not recorded",
       inferred, "clients that create runs look for the words of the other",
       thread_busy_for_run_with_messages("thread_abc123", "run_abc123")});
  list.push_back({"The thread has no message and the assistant no instructions", verbatim,
                  "ruby-openai, runs_create.yml", empty_thread()});
  list.push_back({"Tool outputs for a run that is not in requires_action", verbatim,
                  "https://github.com/VRSEN/agency-swarm/issues/71",
                  run_takes_no_outputs("in_progress")});
  list.push_back({"The tool outputs are not those of the open calls", verbatim,
                  "https://github.com/microsoft/semantic-kernel/issues/8701",
                  wrong_call_ids(both, one)});
  list.push_back({"Cancel of a run that has ended", verbatim,
                  "public clients compare the message (stefanbratanov/jvm-openai among them)",
                  run_not_cancellable("completed")});
  list.push_back({"Cancel of a run that is being cancelled", verbatim,
                  "public clients compare the message", run_not_cancellable("cancelling")});
  list.push_back({"Metadata of a run is changed while the run is active", verbatim,
                  "ruby-openai, runs_modify.yml", run_not_modifiable("in_progress")});
  list.push_back({"An expired vector store is changed, attached to or searched", fragment,
                  client_match, vector_store_expired("vs_abc123")});
  list.push_back({"A run would search an expired vector store", fragment, client_match,
                  vector_store_expired_for_run("vs_abc123")});
}

void add_fields(Samples& list) {
  using namespace api_error;
  static constexpr std::array<std::string_view, 3> tools{"code_interpreter", "function",
                                                         "file_search"};
  static constexpr std::array<std::string_view, 2> roles{"user", "assistant"};
  list.push_back({"A required field is absent", verbatim, pasted_bodies,
                  missing("tool_outputs[0].tool_call_id")});
  list.push_back({"A field that nobody knows", verbatim,
                  "https://github.com/openai/openai-python/issues/1983",
                  unknown("tool_resources.file_search.file_ids")});
  list.push_back({"A value of the wrong JSON type", verbatim, pasted_bodies,
                  wrong_type("tool_outputs[0].output", "a string", "an integer")});
  list.push_back({"A value that is not in its list", verbatim,
                  "https://github.com/danny-avila/LibreChat/issues/4416",
                  not_in_list("tools[0].type", "retrieval", tools)});
  list.push_back({"A role other than the two", inferred, "the list's grammar",
                  not_in_list("role", "system", roles)});
  list.push_back({"A string that is too long", verbatim, pasted_bodies,
                  string_too_long("content", 256'000, 256'001)});
  list.push_back({"An empty string where one character is the least", verbatim_elsewhere,
                  live_table, string_empty("tools[0].function.name")});
  list.push_back({"An array that is too long", verbatim_elsewhere,
                  "https://github.com/cgoinglove/better-chatbot/issues/197",
                  array_too_long("tools", 128, 129)});
  list.push_back({"An empty array where one item is the least", verbatim_elsewhere, live_table,
                  array_empty("tool_outputs")});
  list.push_back({"An integer above its range", verbatim_elsewhere, live_table,
                  integer_above("limit", 100, "101")});
  list.push_back({"An integer below its range", verbatim_elsewhere, live_table,
                  integer_below("max_prompt_tokens", 256, "10")});
  list.push_back({"A number above its range", verbatim_elsewhere, "body in a public test snapshot",
                  decimal_above("temperature", 2, "200")});
  list.push_back({"A number below its range", verbatim_elsewhere, live_table,
                  decimal_below("top_p", 0, "-0.5")});
  list.push_back({"A name with characters that names do not have", verbatim_elsewhere,
                  pasted_bodies, pattern_mismatch("tools[0].function.name", name_pattern)});
}

void add_metadata(Samples& list) {
  using namespace api_error;
  list.push_back({"More than 16 pairs of metadata", verbatim_elsewhere, live_table,
                  too_many_properties("metadata", 16, 17)});
  list.push_back({"A key of metadata over 64 characters", verbatim_elsewhere, live_table,
                  property_name_too_long("metadata", std::string(70, 'k'), 64)});
  list.push_back({"A value of metadata that is no string", verbatim,
                  "ruby-openai, threads_modify.yml",
                  metadata_value_wrong_type("metadata", "modified", "a boolean")});
  list.push_back({"A value of metadata over 512 characters", verbatim_elsewhere, live_table,
                  metadata_value_too_long("metadata", "note", 512, 600)});
}

void add_meanings(Samples& list) {
  using namespace api_error;
  const std::array<std::string, 2> context{"properties", "city"};
  list.push_back(
      {"A message without content", inferred, "widely remembered, no copy found", content_empty()});
  list.push_back({"An image given as anything but a web URL, as data: for instance", verbatim,
                  "https://github.com/openai/openai-python/issues/1483",
                  url_invalid("messages[0].content[1].image_url.url")});
  list.push_back({"The URL of an image does not end as an image", fragment, client_match,
                  image_url_format("content[0].image_url.url")});
  list.push_back(
      {"Chunks that overlap by more than half of their size", inferred, "docs of the parameter",
       chunk_overlap_too_large("tool_resources.file_search.vector_stores[0].chunking_strategy."
                               "static.chunk_overlap_tokens")});
  list.push_back({"A vector store is named and another one described", inferred,
                  "the published schema takes one of the two",
                  both_given("tool_resources.file_search", "vector_store_ids", "vector_stores")});
  list.push_back(
      {"A strict function with parameters that let further properties in", verbatim_elsewhere,
       "openai/openai-dotnet, tests/SessionRecords/ChatToolTests/StructuredOutputs",
       function_schema_not_strict("tools[0].function.parameters", "get_weather", context)});
}

constexpr std::string_view error_guide =
    "the platform's guide to error codes (https://platform.openai.com/docs/guides/error-codes)";

void add_files(Samples& list) {
  using namespace api_error;
  const std::array<std::string, 1> table{".csv"};
  list.push_back({"A file that file_search does not take by its extension", verbatim,
                  "https://github.com/openai/openai-python/issues/1379", not_searchable(table)});
  list.push_back({"An image of a message whose file is no image by its name", fragment,
                  client_match, not_an_image(".txt")});
  static constexpr std::array<std::string_view, 6> purposes{"fine-tune", "assistants", "batch",
                                                            "user_data", "vision",     "evals"};
  constexpr std::string_view old_grammar =
      "the grammar of f.purpose, which is an older validator's";
  constexpr std::string_view grammar = "the grammar of the others";
  list.push_back({"A file is uploaded for an unknown purpose", verbatim,
                  "openai/openai-dotnet, tests/SessionRecords/FilesTests/"
                  "UploadFileCanParseServiceError.json",
                  file_purpose("world_domination", purposes)});
  list.push_back({"The file's extension is not accepted for assistants", verbatim,
                  "https://github.com/openai/openai-dotnet/issues/270", file_extension("vb")});
  list.push_back({"A file for batches or fine-tuning is no .jsonl", verbatim,
                  "https://github.com/BerriAI/litellm/pull/37527", file_not_jsonl("Batch")});
  list.push_back({"A field of the form is absent; a file counts that has a name", inferred,
                  old_grammar, form_field_missing("file")});
  list.push_back(
      {"A field of the form is unknown", inferred, old_grammar, form_field_unknown("name")});
  list.push_back({"The expiry is incomplete, no number, or out of range", inferred, old_grammar,
                  expiry_refused("expires_after.seconds", "60 is less than the minimum of 3600")});
  list.push_back({"The file is empty", inferred, grammar, file_empty()});
  list.push_back({"The file, the part, or all parts together are too large", inferred,
                  "413 follows from the published bound; the words are ours",
                  file_too_large({}, &Limits::file_bytes)});
  list.push_back({"The content of a file that its owner uploaded for assistants", verbatim,
                  "many public clients show it", download_refused("assistants")});
  list.push_back({"The type of an upload does not fit its purpose", inferred, grammar,
                  upload_purpose_mime("text/plain", "vision")});
  list.push_back({"A part for an upload that has ended; completing or cancelling it", inferred,
                  grammar, upload_ended("add parts to", "completed")});
  list.push_back({"A part is named that the upload does not have", inferred, grammar,
                  unknown_part("part_abc123", "upload_abc123")});
  list.push_back({"A part is named twice", inferred, grammar, part_named_twice("part_abc123")});
  list.push_back({"The parts have more or fewer bytes than were announced", inferred,
                  "the schema's text demands that they match", wrong_part_bytes(10, 7)});
  list.push_back(
      {"The parts have another md5 than was given", inferred,
       "the schema's text says that it is verified",
       wrong_md5("d41d8cd98f00b204e9800998ecf8427e", "900150983cd24fb0d6963f7d28e17f72")});
}

void add_faults(Samples& list) {
  using namespace api_error;
  list.push_back({"Too many requests in a minute: a limit of the scenario, or a fault",
                  verbatim_elsewhere, error_guide, too_many_requests("gpt-4o")});
  list.push_back({"Too many tokens in a minute; only as a fault", verbatim_elsewhere, error_guide,
                  too_many_tokens("gpt-4o")});
  list.push_back({"No credit left; only as a fault", verbatim_elsewhere, error_guide, no_quota()});
  list.push_back({"The service is overloaded; only as a fault", verbatim_elsewhere, error_guide,
                  overloaded()});
}

void add_ours(Samples& list) {
  using namespace api_error;
  static constexpr std::array<std::string_view, 2> known = {"echo", "weather_tool"};
  list.push_back({"A key names a scenario that is not there", ours, "the service had no scenarios",
                  no_scenario("wether_tool", known)});
  list.push_back({"A body or query of the mock's own routes that makes no sense", ours,
                  "the service had no such routes",
                  control_refused("by: a duration needs a unit: 10min, 1s, 250ms")});
  list.push_back({"What /_mock/wait waits for did not happen in time", ours,
                  "the service had no such routes",
                  waited_in_vain("Waited 5s and saw 1 of the 2 requests that were asked for.")});
  list.push_back({"/_mock/advance while time follows the machine's clock", ours,
                  "the service had no such routes", real_time()});
  list.push_back({"A bound of this mock is reached", ours, "the service had other bounds",
                  over_limit({}, &Limits::keys)});
  list.push_back({"A file cannot be kept or read, for want of room above all", ours,
                  "the service had no disk of yours", disk_failed("No space left on device")});
  list.push_back({"The mock caught itself in a fault; the words are the service's own", verbatim,
                  "ruby-openai, vector_store_file_batches_list.yml",
                  internal("req_0123456789abcdef0123456789abcdef")});
}

void add_http(Samples& list) {
  using namespace api_error;
  constexpr std::string_view other_servers = "the service stood behind other servers";
  const auto add = [&](std::string_view situation, ApiError sample) {
    list.push_back({situation, ours, other_servers, std::move(sample)});
  };
  add("What came is no head of HTTP/1.1, or a line of it is malformed",
      head_malformed("a line does not end with CR LF"));
  add("The request line and the headers are too large", head_too_large({}));
  add("Too many headers", too_many_headers({}));
  add("Another version of HTTP", version_unknown());
  add("Two lengths, a length beside chunks, a length that is no number, and the like",
      framing_refused("Content-Length is no number"));
  add("A transfer coding other than chunked", coding_unknown());
  add("A compressed body", encoding_refused());
  add("An expectation other than 100-continue", expectation_unknown());
  add("The body is too large", body_too_large({}));
  add("The body breaks off, or its chunks are malformed", body_broken());
  add("The head or the body does not arrive in time", too_slow({}));
  add("Too many connections are open", too_many_connections({}));
  add("The mock caught itself in a fault outside of the API", unanswered());
}

Samples all() {
  Samples list;
  add_edge(list);
  add_ids(list);
  add_states(list);
  add_fields(list);
  add_metadata(list);
  add_meanings(list);
  add_files(list);
  add_faults(list);
  add_ours(list);
  add_http(list);
  return list;
}

}  // namespace

std::span<const ErrorSample> error_catalogue() {
  static const Samples list = all();
  return list;
}

}  // namespace assistants_mock::mock_server::api
