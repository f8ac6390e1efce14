#include "mock_server/api/routes.h"

#include <array>

#include "mock_server/api/api_error.h"
#include "mock_server/api/percent_text.h"
#include "mock_server/api/request_bodies.h"

namespace assistants_mock::mock_server::api {
namespace {

constexpr QueryParameters paged = {.paging = true};

constexpr FormSchema file_form{"file", &Limits::file_bytes};
constexpr FormSchema part_form{"data", &Limits::part_bytes, false};

constexpr std::array table = {
    Route{"listAssistants", "GET", "/assistants", list_assistants, nullptr, paged},
    Route{"createAssistant", "POST", "/assistants", create_assistant, &create_assistant_body},
    Route{"getAssistant", "GET", "/assistants/{assistant_id}", get_assistant},
    Route{"modifyAssistant", "POST", "/assistants/{assistant_id}", modify_assistant,
          &modify_assistant_body},
    Route{"deleteAssistant", "DELETE", "/assistants/{assistant_id}", delete_assistant},

    Route{"createThread", "POST", "/threads", create_thread, &create_thread_body},
    // Before /threads/{thread_id}: no thread is called "runs".
    Route{"createThreadAndRun", "POST", "/threads/runs", create_thread_and_run,
          &create_thread_and_run_body},
    Route{"getThread", "GET", "/threads/{thread_id}", get_thread},
    Route{"modifyThread", "POST", "/threads/{thread_id}", modify_thread, &modify_thread_body},
    Route{"deleteThread", "DELETE", "/threads/{thread_id}", delete_thread},

    Route{"listMessages",
          "GET",
          "/threads/{thread_id}/messages",
          list_messages,
          nullptr,
          {.paging = true, .run_id = true}},
    Route{"createMessage", "POST", "/threads/{thread_id}/messages", create_message,
          &create_message_body},
    Route{"getMessage", "GET", "/threads/{thread_id}/messages/{message_id}", get_message},
    Route{"modifyMessage", "POST", "/threads/{thread_id}/messages/{message_id}", modify_message,
          &modify_metadata_body},
    Route{"deleteMessage", "DELETE", "/threads/{thread_id}/messages/{message_id}", delete_message},

    Route{"listRuns", "GET", "/threads/{thread_id}/runs", list_runs, nullptr, paged},
    Route{"createRun",
          "POST",
          "/threads/{thread_id}/runs",
          create_run,
          &create_run_body,
          {.include = true}},
    Route{"getRun", "GET", "/threads/{thread_id}/runs/{run_id}", get_run, nullptr, {}, true, true},
    Route{"modifyRun", "POST", "/threads/{thread_id}/runs/{run_id}", modify_run,
          &modify_metadata_body},
    Route{"cancelRun", "POST", "/threads/{thread_id}/runs/{run_id}/cancel", cancel_run},
    Route{"submitToolOuputsToRun", "POST", "/threads/{thread_id}/runs/{run_id}/submit_tool_outputs",
          submit_tool_outputs, &submit_tool_outputs_body},

    Route{"listRunSteps",
          "GET",
          "/threads/{thread_id}/runs/{run_id}/steps",
          list_run_steps,
          nullptr,
          {.paging = true, .include = true}},
    Route{"getRunStep",
          "GET",
          "/threads/{thread_id}/runs/{run_id}/steps/{step_id}",
          get_run_step,
          nullptr,
          {.include = true}},

    Route{"listFiles", "GET", "/files", list_files, nullptr, {.files = true}, false},
    Route{"createFile", "POST", "/files", create_file, nullptr, {}, false, false, &file_form},
    Route{"retrieveFile", "GET", "/files/{file_id}", get_file, nullptr, {}, false},
    Route{"deleteFile", "DELETE", "/files/{file_id}", delete_file, nullptr, {}, false},
    Route{"downloadFile", "GET", "/files/{file_id}/content", download_file, nullptr, {}, false},

    Route{"createUpload", "POST", "/uploads", create_upload, &create_upload_body, {}, false},
    Route{"addUploadPart",
          "POST",
          "/uploads/{upload_id}/parts",
          add_upload_part,
          nullptr,
          {},
          false,
          false,
          &part_form},
    Route{"completeUpload",
          "POST",
          "/uploads/{upload_id}/complete",
          complete_upload,
          &complete_upload_body,
          {},
          false},
    Route{"cancelUpload", "POST", "/uploads/{upload_id}/cancel", cancel_upload, nullptr, {}, false},

    Route{"listModels", "GET", "/models", list_models, nullptr, {}, false},
    Route{"retrieveModel", "GET", "/models/{model}", get_model, nullptr, {}, false},
    Route{"deleteModel", "DELETE", "/models/{model}", delete_model, nullptr, {}, false},
};

constexpr std::size_t most_segments = 6;

struct Segments {
  std::array<std::string_view, most_segments> at = {};
  std::size_t count = 0;
  bool too_many = false;
};

Segments split(std::string_view path) {
  Segments segments;
  while (!path.empty()) {
    if (!path.starts_with('/')) segments.too_many = true;  // no path of ours
    path.remove_prefix(1);
    const std::size_t end = path.find('/');
    if (segments.count == most_segments) {
      segments.too_many = true;
      return segments;
    }
    segments.at[segments.count++] = path.substr(0, end);
    path.remove_prefix(end == std::string_view::npos ? path.size() : end);
  }
  return segments;
}

bool is_name(std::string_view segment) {
  return segment.starts_with('{') || segment == "*";
}

bool fits(std::string_view pattern, const Segments& path) {
  const Segments wanted = split(pattern);
  if (wanted.count != path.count) return false;
  for (std::size_t place = 0; place < path.count; ++place)
    if (!is_name(wanted.at[place]) && wanted.at[place] != path.at[place]) return false;
  return true;
}

RouteMatch matched(const Route& route, const Segments& path) {
  RouteMatch match{&route, {}};
  const Segments wanted = split(route.path);
  for (std::size_t place = 0; place < path.count; ++place)
    if (is_name(wanted.at[place]))
      match.path_ids.emplace_back(wanted.at[place].substr(1, wanted.at[place].size() - 2),
                                  percent_decoded(path.at[place]));
  return match;
}

std::string_view without_version(std::string_view path) {
  constexpr std::string_view version = "/v1";
  if (!path.starts_with(version)) return path;
  const std::string_view rest = path.substr(version.size());
  return rest.empty() || rest.starts_with('/') ? rest : path;
}

}  // namespace

std::span<const Route> routes() {
  return table;
}

RouteMatch match_route(std::string_view method, std::string_view path) {
  const Segments segments = split(without_version(path));
  bool known_path = false;
  for (const Route& route : table) {
    if (segments.too_many || !fits(route.path, segments)) continue;
    if (route.method == method) return matched(route, segments);
    known_path = true;
  }
  if (known_path) throw api_error::route_method(method, path);
  throw api_error::route_unknown(method, path);
}

const FormSchema* form_of(std::string_view method, std::string_view path) {
  const Segments segments = split(without_version(path));
  if (segments.too_many) return nullptr;
  for (const Route& route : table)
    if (route.form != nullptr && route.method == method && fits(route.path, segments))
      return route.form;
  return nullptr;
}

bool path_fits(std::string_view pattern, std::string_view target) {
  const Segments path = split(without_version(target.substr(0, target.find('?'))));
  return !path.too_many && fits(without_version(pattern), path);
}

}  // namespace assistants_mock::mock_server::api
