#include "mock_server/api/routes.h"

#include <array>

#include "mock_server/api/api_error.h"
#include "mock_server/api/first_version_bodies.h"
#include "mock_server/api/percent_text.h"
#include "mock_server/api/request_bodies.h"
#include "scenarios/fault_words.h"

namespace assistants_mock::mock_server::api {
namespace {

constexpr QueryParameters paged = {.paging = true};
constexpr QueryParameters filtered = {.paging = true, .filter = true};

constexpr Route without_beta(Route route) {
  route.beta = false;
  return route;
}
constexpr Route polled(Route route) {
  route.polled = true;
  return route;
}
// Bodies that the first version knew in another form.
constexpr Route formerly(const ObjectSchema& body, Route route) {
  route.first_body = &body;
  return route;
}
constexpr Route only_first(Route route) {
  route.only = ApiVersion::first;
  return route;
}
constexpr Route only_second(Route route) {
  route.only = ApiVersion::second;
  return route;
}
constexpr Route of_stores(Route route) {
  return only_second(without_beta(route));
}
constexpr Route with_form(const FormSchema& form, Route route) {
  route.form = &form;
  return without_beta(route);
}

constexpr FormSchema file_form{"file", &Limits::file_bytes};
constexpr FormSchema part_form{"data", &Limits::part_bytes, false};

constexpr std::array table = {
    Route{"listAssistants", "GET", "/assistants", list_assistants, nullptr, paged},
    formerly(first_version::create_assistant_body,
             {"createAssistant", "POST", "/assistants", create_assistant, &create_assistant_body}),
    Route{"getAssistant", "GET", "/assistants/{assistant_id}", get_assistant},
    formerly(first_version::modify_assistant_body,
             {"modifyAssistant", "POST", "/assistants/{assistant_id}", modify_assistant,
              &modify_assistant_body}),
    Route{"deleteAssistant", "DELETE", "/assistants/{assistant_id}", delete_assistant},
    only_first({"listAssistantFiles", "GET", "/assistants/{assistant_id}/files",
                list_assistant_files, nullptr, paged}),
    only_first({"createAssistantFile", "POST", "/assistants/{assistant_id}/files",
                attach_assistant_file, &first_version::attach_file_body}),
    only_first({"getAssistantFile", "GET", "/assistants/{assistant_id}/files/{file_id}",
                get_assistant_file}),
    only_first({"deleteAssistantFile", "DELETE", "/assistants/{assistant_id}/files/{file_id}",
                detach_assistant_file}),

    formerly(first_version::create_thread_body,
             {"createThread", "POST", "/threads", create_thread, &create_thread_body}),
    // Before /threads/{thread_id}: no thread is called "runs".
    formerly(first_version::create_thread_and_run_body,
             {"createThreadAndRun", "POST", "/threads/runs", create_thread_and_run,
              &create_thread_and_run_body}),
    Route{"getThread", "GET", "/threads/{thread_id}", get_thread},
    formerly(first_version::modify_metadata_body,
             {"modifyThread", "POST", "/threads/{thread_id}", modify_thread, &modify_thread_body}),
    Route{"deleteThread", "DELETE", "/threads/{thread_id}", delete_thread},

    Route{"listMessages",
          "GET",
          "/threads/{thread_id}/messages",
          list_messages,
          nullptr,
          {.paging = true, .run_id = true}},
    formerly(first_version::create_message_body,
             {"createMessage", "POST", "/threads/{thread_id}/messages", create_message,
              &create_message_body}),
    Route{"getMessage", "GET", "/threads/{thread_id}/messages/{message_id}", get_message},
    formerly(first_version::modify_metadata_body,
             {"modifyMessage", "POST", "/threads/{thread_id}/messages/{message_id}", modify_message,
              &modify_metadata_body}),
    only_second(
        {"deleteMessage", "DELETE", "/threads/{thread_id}/messages/{message_id}", delete_message}),
    only_first({"listMessageFiles", "GET", "/threads/{thread_id}/messages/{message_id}/files",
                list_message_files, nullptr, paged}),
    only_first({"getMessageFile", "GET",
                "/threads/{thread_id}/messages/{message_id}/files/{file_id}", get_message_file}),

    Route{"listRuns", "GET", "/threads/{thread_id}/runs", list_runs, nullptr, paged},
    formerly(first_version::create_run_body, {"createRun",
                                              "POST",
                                              "/threads/{thread_id}/runs",
                                              create_run,
                                              &create_run_body,
                                              {.include = true}}),
    polled({"getRun", "GET", "/threads/{thread_id}/runs/{run_id}", get_run}),
    formerly(first_version::modify_metadata_body,
             {"modifyRun", "POST", "/threads/{thread_id}/runs/{run_id}", modify_run,
              &modify_metadata_body}),
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

    // Vector stores came with the second version, and answered without the beta header too.
    of_stores({"listVectorStores", "GET", "/vector_stores", list_vector_stores, nullptr, paged}),
    of_stores({"createVectorStore", "POST", "/vector_stores", create_vector_store,
               &create_vector_store_body}),
    polled(
        of_stores({"getVectorStore", "GET", "/vector_stores/{vector_store_id}", get_vector_store})),
    of_stores({"modifyVectorStore", "POST", "/vector_stores/{vector_store_id}", modify_vector_store,
               &modify_vector_store_body}),
    of_stores(
        {"deleteVectorStore", "DELETE", "/vector_stores/{vector_store_id}", delete_vector_store}),
    of_stores({"searchVectorStore", "POST", "/vector_stores/{vector_store_id}/search",
               search_vector_store, &search_vector_store_body}),
    of_stores({"listVectorStoreFiles", "GET", "/vector_stores/{vector_store_id}/files",
               list_store_files, nullptr, filtered}),
    of_stores({"createVectorStoreFile", "POST", "/vector_stores/{vector_store_id}/files",
               create_store_file, &create_store_file_body}),
    polled(of_stores({"getVectorStoreFile", "GET",
                      "/vector_stores/{vector_store_id}/files/{file_id}", get_store_file})),
    of_stores({"updateVectorStoreFileAttributes", "POST",
               "/vector_stores/{vector_store_id}/files/{file_id}", modify_store_file,
               &store_file_attributes_body}),
    of_stores({"deleteVectorStoreFile", "DELETE",
               "/vector_stores/{vector_store_id}/files/{file_id}", delete_store_file}),
    of_stores({"retrieveVectorStoreFileContent", "GET",
               "/vector_stores/{vector_store_id}/files/{file_id}/content", get_store_file_content}),
    of_stores({"createVectorStoreFileBatch", "POST",
               "/vector_stores/{vector_store_id}/file_batches", create_file_batch,
               &create_file_batch_body}),
    polled(of_stores({"getVectorStoreFileBatch", "GET",
                      "/vector_stores/{vector_store_id}/file_batches/{batch_id}", get_file_batch})),
    of_stores({"cancelVectorStoreFileBatch", "POST",
               "/vector_stores/{vector_store_id}/file_batches/{batch_id}/cancel",
               cancel_file_batch}),
    of_stores({"listFilesInVectorStoreBatch", "GET",
               "/vector_stores/{vector_store_id}/file_batches/{batch_id}/files", list_batch_files,
               nullptr, filtered}),

    without_beta({"listModels", "GET", "/models", list_models}),
    without_beta({"retrieveModel", "GET", "/models/{model}", get_model}),
    without_beta({"deleteModel", "DELETE", "/models/{model}", delete_model}),
    // Files and uploads have no such header at all.
    without_beta({"listFiles", "GET", "/files", list_files, nullptr, {.files = true}}),
    with_form(file_form, {"createFile", "POST", "/files", create_file}),
    without_beta({"retrieveFile", "GET", "/files/{file_id}", get_file}),
    without_beta({"deleteFile", "DELETE", "/files/{file_id}", delete_file}),
    without_beta({"downloadFile", "GET", "/files/{file_id}/content", download_file}),

    without_beta({"createUpload", "POST", "/uploads", create_upload, &create_upload_body}),
    with_form(part_form, {"addUploadPart", "POST", "/uploads/{upload_id}/parts", add_upload_part}),
    without_beta({"completeUpload", "POST", "/uploads/{upload_id}/complete", complete_upload,
                  &complete_upload_body}),
    without_beta({"cancelUpload", "POST", "/uploads/{upload_id}/cancel", cancel_upload}),
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

RouteMatch matched(const Route& route, const Segments& path, Spelling spelling) {
  RouteMatch match{&route, {}, spelling};
  const Segments wanted = split(route.path);
  for (std::size_t place = 0; place < path.count; ++place)
    if (is_name(wanted.at[place]))
      match.path_ids.emplace_back(wanted.at[place].substr(1, wanted.at[place].size() - 2),
                                  percent_decoded(path.at[place]));
  return match;
}

}  // namespace

std::span<const Route> routes() {
  return table;
}

const Route* route_named(std::string_view named) {
  const scenarios::Operation* operation = scenarios::find_operation(named);
  return operation == nullptr ? nullptr
                              : &*std::ranges::find(table, operation->id, &Route::operation);
}

const std::string* RouteMatch::id(std::string_view name) const {
  const auto found =
      std::ranges::find(path_ids, name, &std::pair<std::string_view, std::string>::first);
  return found == path_ids.end() ? nullptr : &found->second;
}

bool others_have(std::string_view path, ApiVersion version) {
  return std::ranges::any_of(table, [&](const Route& route) {
    return path_fits(route.path, path) && route.only.value_or(version) == version;
  });
}

RouteMatch match_route(std::string_view method, std::string_view path) {
  const SpelledPath asked = spelled(path);
  const Segments segments = split(asked.rest);
  bool known_path = false;
  for (const Route& route : table) {
    if (segments.too_many || !fits(route.path, segments)) continue;
    if (route.method == method) return matched(route, segments, asked.spelling);
    known_path = true;
  }
  if (known_path) throw api_error::route_method(method, path);
  throw api_error::route_unknown(method, path);
}

const FormSchema* form_of(std::string_view method, std::string_view path) {
  const Segments segments = split(spelled(path).rest);
  if (segments.too_many) return nullptr;
  for (const Route& route : table)
    if (route.form != nullptr && route.method == method && fits(route.path, segments))
      return route.form;
  return nullptr;
}

bool path_fits(std::string_view pattern, std::string_view target) {
  const Segments path = split(spelled(target.substr(0, target.find('?'))).rest);
  return !path.too_many && fits(spelled(pattern).rest, path);
}

}  // namespace assistants_mock::mock_server::api
