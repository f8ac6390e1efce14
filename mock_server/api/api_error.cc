// Refusals of everything but the fields of a body: keys, headers, routes, ids, states.
#include "mock_server/api/api_error.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "mock_server/api/error_wording.h"
#include "scenarios/nearest_word.h"

namespace assistants_mock::mock_server::api {

std::string to_body(const ApiError& error) {
  using Json = nlohmann::ordered_json;
  const auto or_null = [](const std::optional<std::string>& text) {
    return text ? Json(*text) : Json(nullptr);
  };
  Json inner;
  inner["message"] = error.message;
  inner["type"] = error.type;
  inner["param"] = or_null(error.param);
  inner["code"] = or_null(error.code);
  Json body{{"error", inner}};
  if (error.twice) body["detail"] = {{"message", inner["message"]}, {"code", inner["code"]}};
  // Messages quote what a client sent, which need not be UTF-8.
  std::string text = body.dump(2, ' ', false, Json::error_handler_t::replace);
  if (error.twice) text += '\n';  // as that backend ended its answers
  return text;
}

namespace api_error {
namespace {

ApiError plain(std::string_view row, int status, std::string message) {
  return {.row = row, .status = status, .message = std::move(message)};
}

ApiError with_code(std::string_view row, std::string_view code, std::string message) {
  ApiError error = plain(row, 400, std::move(message));
  error.code = std::string(code);
  return error;
}

// With the field it is about, which is always the one called `param`.
ApiError about(std::string_view row, std::string_view param, std::string_view code,
               std::string message) {
  ApiError error = with_code(row, code, std::move(message));
  error.param = std::string(param);
  return error;
}

ApiError not_found(std::string_view row, std::string_view what, std::string_view id) {
  return plain(row, 404, joined({"No ", what, " found with id '", id, "'."}));
}

ApiError unauthorized(std::string_view row, std::string message,
                      std::optional<std::string> code = std::nullopt) {
  return {.row = row,
          .status = 401,
          .message = std::move(message),
          .code = std::move(code),
          .from_edge = true};
}

ApiError wrong_key(std::string_view row, std::string_view shown) {
  return unauthorized(row,
                      joined({"Incorrect API key provided: ", shown,
                              ". You can find your API key at "
                              "https://platform.openai.com/account/api-keys."}),
                      "invalid_api_key");
}

// The first 8 and the last 4 characters with stars between; a key with nothing between stays whole.
std::string masked(std::string_view key) {
  constexpr std::size_t head = 8, tail = 4;
  if (key.size() <= head + tail) return std::string(key);
  return joined({key.substr(0, head), std::string(key.size() - head - tail, '*'),
                 key.substr(key.size() - tail)});
}

std::string_view row_of_prefix(std::string_view prefix) {
  using Row = std::pair<std::string_view, std::string_view>;
  static constexpr std::array<Row, 6> rows{{{"thread", "id.thread"},
                                            {"asst", "id.assistant"},
                                            {"file", "id.file"},
                                            {"run", "id.run"},
                                            {"msg", "id.msg"},
                                            {"vs", "id.vs"}}};
  const auto* row = std::ranges::find(rows, prefix, &Row::first);
  return row == rows.end() ? "id" : row->second;
}

}  // namespace

// 1.1 Authentication, headers, routing

ApiError auth_missing() {
  return unauthorized(
      "auth.missing",
      "You didn't provide an API key. You need to provide your API key in an Authorization header "
      "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with "
      "blank username) if you're accessing the API from your browser and are prompted for a "
      "username and password. You can obtain an API key from "
      "https://platform.openai.com/account/api-keys.");
}

ApiError auth_empty() {
  return wrong_key("auth.empty", "''");
}

ApiError auth_wrong(std::string_view key) {
  return wrong_key("auth.wrong", masked(key));
}

ApiError country_unsupported() {
  return {.row = "auth.country",
          .status = 403,
          .message = "Country, region, or territory not supported",
          .type = "request_forbidden",
          .code = "unsupported_country_region_territory",
          .from_edge = true};
}

ApiError beta_missing() {
  return {.row = "beta.missing",
          .message =
              "You must provide the 'OpenAI-Beta' header to access the Assistants API. "
              "Please try again by setting the header 'OpenAI-Beta: assistants=v2'.",
          .code = "invalid_beta"};
}

ApiError beta_v1() {
  return {.row = "beta.v1",
          .message =
              "The v1 Assistants API has been deprecated. Please try again by setting the "
              "header 'OpenAI-Beta: assistants=v2'. See the migration guide for more "
              "information: https://platform.openai.com/docs/assistants/migration.",
          .code = "invalid_beta"};
}

ApiError beta_v1_route() {
  return {.row = "beta.v1-only-route",
          .message =
              "The v1 Assistants API has been deprecated. See the migration guide for more "
              "information: https://platform.openai.com/docs/assistants/migration.",
          .code = "invalid_beta"};
}

ApiError route_unknown(std::string_view method, std::string_view path) {
  return plain("route.unknown", 404, joined({"Invalid URL (", method, " ", path, ")"}));
}

ApiError route_method(std::string_view method, std::string_view path) {
  return plain("route.method", 405,
               joined({"Not allowed to ", method, " on ", path,
                       ". (HINT: Perhaps you meant to use a different HTTP method?)"}));
}

ApiError route_retired(std::string_view method, std::string_view path) {
  ApiError error = route_unknown(method, path);
  error.row = "route.retired";
  return error;
}

ApiError route_api_version() {
  ApiError error = plain("route.api-version", 404, "Resource not found");
  error.code = "404";
  return error;
}

ApiError body_not_json() {
  return plain("body.notjson", 400,
               "We could not parse the JSON body of your request. (HINT: This likely means you "
               "aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, "
               "but what was sent was not valid JSON. If you have trouble figuring out how to fix "
               "this, please contact us through our help center at help.openai.com.)");
}

// 1.2 Unknown objects and malformed ids

ApiError no_assistant(std::string_view id) {
  return not_found("nf.assistant", "assistant", id);
}
ApiError no_thread(std::string_view id) {
  return not_found("nf.thread", "thread", id);
}
ApiError no_message(std::string_view id) {
  return not_found("nf.message", "message", id);
}
ApiError no_run(std::string_view id) {
  return not_found("nf.run", "run", id);
}
ApiError no_step(std::string_view id) {
  return not_found("nf.step", "run step", id);
}

ApiError no_model(std::string_view model) {
  ApiError error =
      about("nf.model-route", "model", "model_not_found",
            joined({"The model `", model, "` does not exist or you do not have access to it."}));
  error.status = 404;
  return error;
}

ApiError model_not_found(std::string_view model) {
  return about("nf.model", "model", "model_not_found",
               joined({"The requested model '", model, "' does not exist."}));
}

ApiError model_unsupported(std::string_view model) {
  return about(
      "model.unsupported", "model", "unsupported_model",
      joined({"The requested model '", model, "' cannot be used with the Assistants API."}));
}

ApiError bad_id(std::string_view param, std::string_view value, std::string_view prefix) {
  return about(row_of_prefix(prefix), param, "invalid_value",
               joined({"Invalid '", param, "': '", value, "'. Expected an ID that begins with '",
                       prefix, "'."}));
}

// 1.3 State conflicts

ApiError thread_busy_for_message(std::string_view thread_id, std::string_view run_id) {
  return plain(
      "lock.message", 400,
      joined({"Can't add messages to ", thread_id, " while a run ", run_id, " is active."}));
}

ApiError thread_busy_for_run(std::string_view thread_id, std::string_view run_id) {
  return plain("lock.run", 400,
               joined({"Thread ", thread_id, " already has an active run ", run_id, "."}));
}

ApiError thread_busy_for_run_with_messages(std::string_view thread_id, std::string_view run_id) {
  ApiError error = thread_busy_for_message(thread_id, run_id);
  error.row = "lock.run-with-messages";
  return error;
}

ApiError empty_thread() {
  return {.row = "run.empty-thread",
          .message =
              "Run creation requires a Thread with a user message or an assistant with "
              "instructions.",
          .code = "invalid_thread"};
}

ApiError run_takes_no_outputs(std::string_view status) {
  return plain("submit.status", 400,
               joined({"Runs in status \"", status, "\" do not accept tool outputs."}));
}

ApiError wrong_call_ids(std::span<const std::string> expected, std::span<const std::string> got) {
  return plain("submit.ids", 400,
               joined({"Expected tool outputs for call_ids ", python_list(expected), ", got ",
                       python_list(got)}));
}

ApiError run_not_cancellable(std::string_view status) {
  return plain(status == "cancelling" ? "cancel.twice" : "cancel.final", 400,
               joined({"Cannot cancel run with status '", status, "'."}));
}

ApiError run_not_modifiable(std::string_view status) {
  return plain("run.modify", 400, joined({"Cannot update run with status '", status, "'."}));
}

ApiError too_many_requests(std::string_view model, int limit, std::string_view wait,
                           Headers headers) {
  const std::string all = std::to_string(limit);
  return {.row = "rl.rpm",
          .status = 429,
          .message = joined({"Rate limit reached for ", model,
                             " in organization org-mock on requests per min (RPM): Limit ", all,
                             ", Used ", all, ", Requested 1. Please try again in ", wait,
                             ". Visit https://platform.openai.com/account/rate-limits to learn "
                             "more."}),
          .type = "requests",
          .code = "rate_limit_exceeded",
          .headers = std::move(headers)};
}

ApiError too_many_tokens(std::string_view model) {
  return {.row = "rl.tpm",
          .status = 429,
          .message = joined({"Rate limit reached for ", model,
                             " in organization org-mock on tokens per min (TPM): Limit 30000, Used "
                             "29500, Requested 1565. Please try again in 2.13s. Visit "
                             "https://platform.openai.com/account/rate-limits to learn more."}),
          .type = "tokens",
          .code = "rate_limit_exceeded"};
}

ApiError no_quota() {
  return {.row = "rl.quota",
          .status = 429,
          .message =
              "You exceeded your current quota, please check your plan and billing details. "
              "For more information on this error, read the docs: "
              "https://platform.openai.com/docs/guides/error-codes/api-errors.",
          .type = "insufficient_quota",
          .code = "insufficient_quota"};
}

ApiError overloaded() {
  return {.row = "srv.503",
          .status = 503,
          .message =
              "The server is currently overloaded with other requests. Sorry about that! You "
              "can retry your request, or contact us through our help center at "
              "help.openai.com if the error persists.",
          .type = "server_error"};
}

// ours

ApiError no_scenario(std::string_view name, std::span<const std::string_view> known) {
  return {.row = "ours.scenario",
          .message = joined({"This mock server has no scenario '", name,
                             "', which the key chooses by what "
                             "stands before its first slash",
                             scenarios::did_you_mean(name, known),
                             " (`assistants-mock list` shows those that are shipped)."}),
          .code = "mock_scenario"};
}

ApiError control_refused(std::string_view what) {
  return plain("ours.control", 400, std::string(what));
}

ApiError waited_in_vain(std::string_view what) {
  return plain("ours.wait", 408, std::string(what));
}

ApiError real_time() {
  return plain("ours.time", 409,
               "Time follows the machine's clock here; start the mock with --time manual or "
               "--time stepped to let time pass.");
}

ApiError over_limit(const Limits& limits, std::size_t Limits::*limit) {
  const LimitInfo& info = limit_info(limit);
  return {.row = "ours.limit",
          .message = joined({"A limit of this mock server is reached: ", info.what, ": ",
                             amount(info, limits.*limit), ". Start it with a higher ", info.flag,
                             " to go on."}),
          .code = "mock_limit"};
}

ApiError internal(std::string_view request_id) {
  return {.row = "srv.500",
          .status = 500,
          .message = joined({"The server had an error processing your request. Sorry about that! "
                             "You can retry your request, or contact us through our help center at "
                             "help.openai.com if you keep seeing this error. (Please include the "
                             "request ID ",
                             request_id, " in your email.)"}),
          .type = "server_error"};
}

}  // namespace api_error
}  // namespace assistants_mock::mock_server::api
