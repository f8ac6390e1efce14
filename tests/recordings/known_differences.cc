#include "tests/recordings/known_differences.h"

#include <algorithm>

namespace assistants_mock::tests {
namespace {

using mock_server::WireProfile;

// In whatever profile the mock answers.
std::vector<Difference> of_every_profile() {
  return {
      {"framing",
       {"* header Connection: the mock has no such header",
        "* header Content-Length: the mock has no such header",
        "* header Transfer-Encoding: the mock has no such header"},
       "How an answer is delimited is decided where it is sent: mock_server/http, not the API."},
      {"no clock",
       {"* header Date: the mock has no such header"},
       "The same requests get the same bytes, so nothing tells the time of day."},
      {"no network in front",
       {"* header Alt-Svc: the mock has no such header",
        "* header CF-RAY: the mock has no such header",
        "* header cf-cache-status: the mock has no such header",
        "* header Server: the mock has no such header",
        "* header Set-Cookie: the mock has no such header",
        "* header Strict-Transport-Security: the mock has no such header",
        "* header X-Content-Type-Options: the mock has no such header",
        "* header x-envoy-upstream-service-time: the mock has no such header",
        "* header x-openai-proxy-wasm: the mock has no such header"},
       "The delivery network and the proxies before the service added these, not the API."},
      {"headers for browsers",
       {"* header Access-Control-Allow-Origin: the mock has no such header",
        "* header Access-Control-Expose-Headers: the mock has no such header"},
       "The backend of files and vector stores sent them along; SDKs are no browsers, and a page "
       "of "
       "another origin has no business with a mock on loopback."},
      {"lists that lag",
       {"CanEnumerateVectorStores:6 GET /vector_stores /*"},
       "The service listed three of five stores that had just been made, after 17 of the "
       "account's; "
       "the mock lists what there is."},
      {"shared files of a batch",
       {"*/file_batches/{id}/files /data/*/chunking_strategy: only the mock has this key: *",
        "*/file_batches/{id}/files /data/*/attributes: only the mock has this key: {}",
        "*/file_batches/{id}/files /data/*/usage_bytes: only the mock has this key: 1045"},
       "In September 2025 the files of a batch were listed with six keys, at the end of October "
       "with "
       "nine, as everywhere else."},
      {"bytes of a file in a batch",
       {"CanTestGetVectorStoreFilesInBatchCollectionOptions:* /data/*/usage_bytes: recorded 21, "
        "mock 1045"},
       "The same tiny files took 1045 bytes wherever else they were shown."},
      {"order of files in a batch",
       {"CanTestGetVectorStoreFilesInBatchCollectionOptions:* GET "
        "/vector_stores/{id}/file_batches/{id}/files *",
        "CanRehydrateGetVectorStoreFilesInBatchPagination:* GET "
        "/vector_stores/{id}/file_batches/{id}/files *"},
       "The service listed the files of a batch in an order of its own, the same for asc and desc, "
       "and one in progress last, with created_at 0; the mock lists them by the time of "
       "attaching."},
      {"a model's tokens",
       {"FileSearchStreamingWorks:4 POST /threads/{id}/runs events: recorded 24, mock 22, the "
        "texts "
        "cut otherwise"},
       "How a model cuts words into tokens is its own: the mock cuts where words begin."},
      {"an account that is new",
       {"BasicAssistantOperationsWork:7 GET /assistants /data: recorded 19 objects that are older "
        "than the conversation",
        "BasicAssistantOperationsWork:7 GET /assistants /last_id: recorded *, mock *",
        "BasicAssistantOperationsWork:7 GET /assistants /has_more: recorded true, mock false",
        "Pagination_CanPageThroughAssistantCollection:15 GET /assistants /has_more: recorded true, "
        "mock false"},
       "The recorded account had assistants of its own, which follow those of the conversation; "
       "the mock has nothing but the conversation."},
      {"one clock",
       {"MessagesWithRoles:2 GET /threads/{id}/messages /data/*/created_at: recorded 1761861699, "
        "mock 1761861698",
        "MessagesWithRoles:5 GET /threads/{id}/messages /data/*/created_at: recorded 1761861699, "
        "mock 1761861698",
        "FileSearchWorks:* GET /threads/{id}/messages /data/*/created_at: recorded 1761861669, "
        "mock "
        "1761861668",
        "CanApplyChunkingStrategy(Auto):* GET /vector_stores/{id}/files /data/*/created_at: "
        "recorded "
        "1758064041, mock 1758064040",
        "CanPaginateGetVectorStoreFilesInBatch:* /data/*/created_at: recorded 1758064115, mock "
        "1758064116"},
       "The service dated a thread and its first messages one after the other, and a second began "
       "in between. In the mock one request happens at one moment, as in the other recordings."},
  };
}

// Where the published schema and what was recorded contradict each other.
std::vector<Difference> of_the_schema() {
  return {
      {"reasoning_effort",
       {"* /assistants* /reasoning_effort: the mock has no such key",
        "* /data/*/reasoning_effort: the mock has no such key",
        "*/runs* /reasoning_effort: the mock has no such key",
        "* event thread.run.* /reasoning_effort: the mock has no such key"},
       "Neither AssistantObject nor RunObject has it."},
      {"tool_resources of a run",
       {"*/runs* /tool_resources: the mock has no such key",
        "* GET /threads/{id}/runs /data/*/tool_resources: the mock has no such key",
        "* event thread.run.* /tool_resources: the mock has no such key"},
       "RunObject has none."},
      {"tool_resources of a thread that has none",
       {"* GET /threads/{id} /tool_resources/code_interpreter: the mock has no such key",
        "* event thread.created /tool_resources/code_interpreter: the mock has no such key"},
       "The service showed an empty code interpreter here and there; the schema does not say so, "
       "and the mock shows one thread in one way."},
      {"instructions of a run that has none",
       {"*/runs* /instructions: recorded null, mock \"\"",
        "* GET /threads/{id}/runs /data/*/instructions: recorded null, mock \"\"",
        "* event thread.run.* /instructions: recorded null, mock \"\""},
       "RunObject does not allow a null there."},
      {"details of refusals about files",
       {"* /files* /detail: the mock has no such key"},
       "ErrorResponse has error alone."},
      {"objects of batches",
       {"*/file_batches /object: recorded \"vector_store.file_batch\", mock "
        "\"vector_store.files_batch\""},
       "VectorStoreFileBatchObject has the other word."},
      {"ranking of searches",
       {"* /tools/*/file_search/ranking_options/hybrid_search: the mock has no such key"},
       "FileSearchRankingOptions has no such field."},
      {"results of searches",
       {"*/file_search/results/*/attributes: the mock has no such key",
        "* event thread.run.step.delta /delta/step_details/tool_calls/*/file_search/results: the "
        "mock "
        "has no such key",
        "* event thread.run.step.delta "
        "/delta/step_details/tool_calls/*/file_search/ranking_options: "
        "the mock has no such key"},
       "The schema's results have no attributes, and its deltas of a search are always empty."},
      {"details of usage",
       {"* /usage/prompt_token_details: the mock has no such key",
        "* /usage/completion_tokens_details: the mock has no such key",
        "* /data/*/usage/prompt_token_details: the mock has no such key",
        "* /data/*/usage/completion_tokens_details: the mock has no such key"},
       "RunCompletionUsage and RunStepCompletionUsage have the three totals only."},
      {"state of a message",
       {"*/messages* /status: only the mock has this key: \"completed\"",
        "*/messages* /incomplete_details: only the mock has this key: null",
        "*/messages* /incomplete_at: only the mock has this key: null",
        "*/messages* /completed_at: only the mock has this key: *",
        "*/messages /data/*/status: only the mock has this key: \"completed\"",
        "*/messages /data/*/incomplete_details: only the mock has this key: null",
        "*/messages /data/*/incomplete_at: only the mock has this key: null",
        "*/messages /data/*/completed_at: only the mock has this key: *"},
       "MessageObject requires them; the service sent them in streams alone."},
      {"file_ids of a message",
       {"* POST /threads/{id}/messages/{id} /file_ids: the mock has no such key",
        "* POST /threads/{id}/messages/{id} /attachments: only the mock has this key: []"},
       "A left-over of the first version of the API; MessageObject requires attachments."},
      {"deadline of a step",
       {"* event thread.run.step.* /expires_at: the mock has no such key",
        "* event thread.run.step.* /expired_at: only the mock has this key: null",
        "*/steps* /expires_at: the mock has no such key",
        "*/steps /data/*/expires_at: the mock has no such key",
        "*/steps* /expired_at: only the mock has this key: null",
        "*/steps /data/*/expired_at: only the mock has this key: null"},
       "RunStepObject has expired_at instead."},
      {"metadata of a step",
       {"* event thread.run.step.* /metadata: only the mock has this key: {}",
        "*/steps* /metadata: only the mock has this key: {}",
        "*/steps /data/*/metadata: only the mock has this key: {}"},
       "RunStepObject requires it."},
  };
}

std::vector<Difference> differences_of(WireProfile profile) {
  std::vector<Difference> all = of_every_profile();
  if (profile == WireProfile::schema)
    for (Difference& difference : of_the_schema()) all.push_back(std::move(difference));
  return all;
}

}  // namespace

const std::vector<Difference>& known_differences(WireProfile profile) {
  static const std::vector<Difference> schema = differences_of(WireProfile::schema);
  static const std::vector<Difference> recorded = differences_of(WireProfile::recorded);
  return profile == WireProfile::schema ? schema : recorded;
}

// There is one place to go back to, the last star: what the stars before it took is settled.
bool fits(std::string_view where, std::string_view line) {
  std::size_t at = 0;
  std::size_t in_line = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_took_to = 0;
  while (in_line < line.size()) {
    if (at < where.size() && where[at] == '*') {
      star = at++;
      star_took_to = in_line;
    } else if (at < where.size() && where[at] == line[in_line]) {
      ++at;
      ++in_line;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      in_line = ++star_took_to;
    } else {
      return false;
    }
  }
  return where.find_first_not_of('*', at) == std::string_view::npos;
}

const Difference* explanation_of(std::string_view line, WireProfile profile) {
  const std::vector<Difference>& known = known_differences(profile);
  const auto found = std::ranges::find_if(known, [&](const Difference& difference) {
    return std::ranges::any_of(difference.where, [&](auto where) { return fits(where, line); });
  });
  return found == known.end() ? nullptr : &*found;
}

}  // namespace assistants_mock::tests
