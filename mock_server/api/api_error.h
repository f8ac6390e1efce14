#pragma once
// Every refusal of the API: a named function each, which owns status, type, code, param and
// wording. Handlers throw what these return; api.cc alone catches it. The rows (nf.thread,
// lock.run …) are explained with their evidence in docs/wire/errors.md.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assistants_mock/limits.h"
#include "mock_server/api/request.h"

namespace assistants_mock::mock_server::api {

struct ApiError {
  std::string_view row;  // of docs/wire/errors.md
  int status = 400;
  std::string message;
  std::string type = "invalid_request_error";
  std::optional<std::string> param = std::nullopt;
  std::optional<std::string> code = std::nullopt;
  bool twice = false;      // what it says stands under "detail" once more (f.purpose)
  bool from_edge = false;  // refused before the API was reached: no openai-* headers (auth.*)
  Headers headers = {};    // beside those of every refusal
};

// The body of the answer: {"error": {…}}, indented by two spaces as the service sent it.
std::string to_body(const ApiError& error);

namespace api_error {

// 1.1 Authentication, headers, routing
ApiError auth_missing();
ApiError auth_empty();
ApiError auth_wrong(std::string_view key);  // masks the key as the service did
ApiError country_unsupported();
ApiError beta_missing();
ApiError beta_v1();
ApiError beta_v1_route();  // a route that only v1 had, whatever the header asks for
ApiError route_unknown(std::string_view method, std::string_view path);
ApiError route_method(std::string_view method, std::string_view path);
ApiError route_retired(std::string_view method, std::string_view path);  // after 2026-08-26
ApiError route_api_version();  // Azure's paths without one
ApiError body_not_json();
ApiError form_broken(std::size_t offset, std::string_view expected);
ApiError no_form(std::size_t offset, std::string_view expected);  // by its Content-Type

// 1.2 Unknown objects and malformed ids
ApiError no_assistant(std::string_view id);
ApiError no_thread(std::string_view id);
ApiError no_message(std::string_view id);
ApiError no_run(std::string_view id);
ApiError no_step(std::string_view id);
ApiError no_vector_store(std::string_view id);
ApiError no_vector_store_in_body(std::string_view id);  // named in a body
ApiError no_store_file(std::string_view file_id, std::string_view store_id);
ApiError no_file_batch(std::string_view id);
ApiError no_files_in_body(std::span<const std::string> ids);  // named in a body
ApiError no_file(std::string_view id);
ApiError no_upload(std::string_view id);
ApiError no_model(std::string_view model);  // GET and DELETE /models/{model}: 404
ApiError model_not_found(
    std::string_view model);  // named in the body of an assistant or a run: 400
ApiError model_unsupported(std::string_view model);
// `prefix` is thread, asst, file, run, msg or vs, without underscore or dash.
ApiError bad_id(std::string_view param, std::string_view value, std::string_view prefix);

// 1.3 State conflicts
ApiError thread_busy_for_message(std::string_view thread_id, std::string_view run_id);
ApiError thread_busy_for_run(std::string_view thread_id, std::string_view run_id);
// A run that brings messages of its own.
ApiError thread_busy_for_run_with_messages(std::string_view thread_id, std::string_view run_id);
ApiError empty_thread();
ApiError run_takes_no_outputs(std::string_view status);
ApiError wrong_call_ids(std::span<const std::string> expected, std::span<const std::string> got);
ApiError run_not_cancellable(std::string_view status);
ApiError run_not_modifiable(std::string_view status);
ApiError vector_store_expired(std::string_view id);          // its own routes
ApiError vector_store_expired_for_run(std::string_view id);  // a run that would search it

// 1.4 Bodies and query parameters; `path` is dotted and indexed: "tools[0].function.name"
ApiError missing(std::string_view path);
ApiError unknown(std::string_view path);
ApiError wrong_type(std::string_view path, std::string_view expected, std::string_view got);
ApiError not_in_list(std::string_view path, std::string_view value,
                     std::span<const std::string_view> supported);
ApiError string_too_long(std::string_view path, std::size_t limit, std::size_t length);
ApiError string_empty(std::string_view path);
ApiError array_too_long(std::string_view path, std::size_t limit, std::size_t length);
ApiError array_empty(std::string_view path);
ApiError integer_above(std::string_view path, long long limit, std::string_view got);
ApiError integer_below(std::string_view path, long long limit, std::string_view got);
ApiError decimal_above(std::string_view path, double limit, std::string_view got);
ApiError decimal_below(std::string_view path, double limit, std::string_view got);
ApiError pattern_mismatch(std::string_view path, std::string_view pattern);
ApiError too_many_properties(std::string_view path, std::size_t limit, std::size_t count);
ApiError property_name_too_long(std::string_view path, std::string_view key, std::size_t limit);
// `path` is that of the metadata; the message shows the key shortened, param carries it whole.
ApiError metadata_value_wrong_type(std::string_view path, std::string_view key,
                                   std::string_view got);
// The same for attributes, which may be numbers and truth values too.
ApiError attribute_wrong_type(std::string_view path, std::string_view key, std::string_view got);
ApiError metadata_value_too_long(std::string_view path, std::string_view key, std::size_t limit,
                                 std::size_t length);
ApiError content_empty();
ApiError url_invalid(std::string_view path);
ApiError image_url_format(std::string_view path);
ApiError chunk_overlap_too_large(std::string_view path);
ApiError both_given(std::string_view path, std::string_view one, std::string_view other);
// `path` is that of the parameters; `context` the keys down to the schema at fault, e.g.
// {"properties", "city"}.
ApiError function_schema_not_strict(std::string_view path, std::string_view function,
                                    std::span<const std::string> context);

// 1.5 Files and tools; `extensions` as in ".csv", without a repetition
ApiError not_searchable(std::span<const std::string> extensions);
ApiError not_an_image(std::string_view extension);
// 1.5 Files and uploads. What is wrong with a field of the form of POST /files is said in the words
// of an older validator, and about `param`.
ApiError file_purpose(std::string_view purpose, std::span<const std::string_view> supported);
ApiError file_extension(std::string_view extension);
ApiError file_not_jsonl(std::string_view api);  // "Batch", "Fine-Tuning"
ApiError form_field_missing(std::string_view param);
ApiError form_field_unknown(std::string_view name);
ApiError expiry_refused(std::string_view param, std::string_view what);
ApiError file_empty();
ApiError file_too_large(const Limits& limits, std::size_t Limits::*limit);
ApiError download_refused(std::string_view purpose);
ApiError upload_purpose_mime(std::string_view mime_type, std::string_view purpose);
ApiError upload_ended(std::string_view act, std::string_view status);  // "add parts to", "cancel"
ApiError unknown_part(std::string_view part_id, std::string_view upload_id);
ApiError part_named_twice(std::string_view part_id);
ApiError wrong_part_bytes(std::uint64_t announced, std::uint64_t got);
ApiError wrong_md5(std::string_view expected, std::string_view got);

// 1.6 Quota and server faults; the mock gives them when a fault asks for them
// `wait` as the platform writes durations: 120ms, 1.5s.
ApiError too_many_requests(std::string_view model, int limit = 500, std::string_view wait = "120ms",
                           Headers headers = {});
ApiError too_many_tokens(std::string_view model);
ApiError no_quota();
ApiError overloaded();

// ours: a key, or a path under /tenant/, names a scenario that is not there
ApiError no_scenario(std::string_view name, std::span<const std::string_view> known);

// ours: what the mock's own routes refuse
ApiError control_refused(std::string_view what);
ApiError waited_in_vain(std::string_view what);
ApiError real_time();

// ours: a bound of the mock that the service did not have; names the flag that raises it
ApiError over_limit(const Limits& limits, std::size_t Limits::*limit);

// ours: a file could not be written or read; `what` the system said
ApiError disk_failed(std::string_view what);

// ours: the server caught itself in a fault
ApiError internal(std::string_view request_id);

// ours: 1.0 HTTP, before the API is reached; those of a limit name the flag that raises it
ApiError head_malformed(std::string_view what);
ApiError head_too_large(const Limits& limits);
ApiError too_many_headers(const Limits& limits);
ApiError version_unknown();
ApiError framing_refused(std::string_view what);  // where the body ends cannot be told
ApiError coding_unknown();
ApiError encoding_refused();
ApiError expectation_unknown();
ApiError body_too_large(const Limits& limits);
ApiError body_broken();
ApiError too_slow(const Limits& limits);
ApiError too_many_connections(const Limits& limits);
ApiError unanswered();  // the handler threw

}  // namespace api_error
}  // namespace assistants_mock::mock_server::api
