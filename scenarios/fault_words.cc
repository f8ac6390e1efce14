#include "scenarios/fault_words.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace assistants_mock::scenarios {

namespace {

constexpr auto all_operations = std::to_array<Operation>({
    {"listAssistants", "GET /assistants"},
    {"createAssistant", "POST /assistants"},
    {"getAssistant", "GET /assistants/{assistant_id}"},
    {"modifyAssistant", "POST /assistants/{assistant_id}"},
    {"deleteAssistant", "DELETE /assistants/{assistant_id}"},
    {"listAssistantFiles", "GET /assistants/{assistant_id}/files"},
    {"createAssistantFile", "POST /assistants/{assistant_id}/files"},
    {"getAssistantFile", "GET /assistants/{assistant_id}/files/{file_id}"},
    {"deleteAssistantFile", "DELETE /assistants/{assistant_id}/files/{file_id}"},
    {"createThread", "POST /threads"},
    {"createThreadAndRun", "POST /threads/runs", StreamOf::created_thread_and_run},
    {"getThread", "GET /threads/{thread_id}"},
    {"modifyThread", "POST /threads/{thread_id}"},
    {"deleteThread", "DELETE /threads/{thread_id}"},
    {"listMessages", "GET /threads/{thread_id}/messages"},
    {"createMessage", "POST /threads/{thread_id}/messages"},
    {"getMessage", "GET /threads/{thread_id}/messages/{message_id}"},
    {"modifyMessage", "POST /threads/{thread_id}/messages/{message_id}"},
    {"deleteMessage", "DELETE /threads/{thread_id}/messages/{message_id}"},
    {"listMessageFiles", "GET /threads/{thread_id}/messages/{message_id}/files"},
    {"getMessageFile", "GET /threads/{thread_id}/messages/{message_id}/files/{file_id}"},
    {"listRuns", "GET /threads/{thread_id}/runs"},
    {"createRun", "POST /threads/{thread_id}/runs", StreamOf::created_run},
    {"getRun", "GET /threads/{thread_id}/runs/{run_id}"},
    {"modifyRun", "POST /threads/{thread_id}/runs/{run_id}"},
    {"cancelRun", "POST /threads/{thread_id}/runs/{run_id}/cancel"},
    {"submitToolOuputsToRun", "POST /threads/{thread_id}/runs/{run_id}/submit_tool_outputs",
     StreamOf::submitted_outputs},
    {"listRunSteps", "GET /threads/{thread_id}/runs/{run_id}/steps"},
    {"getRunStep", "GET /threads/{thread_id}/runs/{run_id}/steps/{step_id}"},
    {"listVectorStores", "GET /vector_stores"},
    {"createVectorStore", "POST /vector_stores"},
    {"getVectorStore", "GET /vector_stores/{vector_store_id}"},
    {"modifyVectorStore", "POST /vector_stores/{vector_store_id}"},
    {"deleteVectorStore", "DELETE /vector_stores/{vector_store_id}"},
    {"searchVectorStore", "POST /vector_stores/{vector_store_id}/search"},
    {"listVectorStoreFiles", "GET /vector_stores/{vector_store_id}/files"},
    {"createVectorStoreFile", "POST /vector_stores/{vector_store_id}/files"},
    {"getVectorStoreFile", "GET /vector_stores/{vector_store_id}/files/{file_id}"},
    {"updateVectorStoreFileAttributes", "POST /vector_stores/{vector_store_id}/files/{file_id}"},
    {"deleteVectorStoreFile", "DELETE /vector_stores/{vector_store_id}/files/{file_id}"},
    {"retrieveVectorStoreFileContent",
     "GET /vector_stores/{vector_store_id}/files/{file_id}/content"},
    {"createVectorStoreFileBatch", "POST /vector_stores/{vector_store_id}/file_batches"},
    {"getVectorStoreFileBatch", "GET /vector_stores/{vector_store_id}/file_batches/{batch_id}"},
    {"cancelVectorStoreFileBatch",
     "POST /vector_stores/{vector_store_id}/file_batches/{batch_id}/cancel"},
    {"listFilesInVectorStoreBatch",
     "GET /vector_stores/{vector_store_id}/file_batches/{batch_id}/files"},
    {"listModels", "GET /models"},
    {"retrieveModel", "GET /models/{model}"},
    {"deleteModel", "DELETE /models/{model}"},
    {"listFiles", "GET /files"},
    {"createFile", "POST /files"},
    {"retrieveFile", "GET /files/{file_id}"},
    {"deleteFile", "DELETE /files/{file_id}"},
    {"downloadFile", "GET /files/{file_id}/content"},
    {"createUpload", "POST /uploads"},
    {"addUploadPart", "POST /uploads/{upload_id}/parts"},
    {"completeUpload", "POST /uploads/{upload_id}/complete"},
    {"cancelUpload", "POST /uploads/{upload_id}/cancel"},
});

constexpr auto names = [] {
  std::array<std::string_view, 2 * all_operations.size()> all{};
  for (std::size_t place = 0; place < all_operations.size(); ++place) {
    all.at(2 * place) = all_operations.at(place).id;
    all.at(2 * place + 1) = all_operations.at(place).request;
  }
  return all;
}();

constexpr auto parameters = std::to_array<std::string_view>({
    "assistant_id",
    "thread_id",
    "message_id",
    "run_id",
    "step_id",
    "vector_store_id",
    "file_id",
    "batch_id",
    "model",
    "upload_id",
});

constexpr auto rows = std::to_array<std::string_view>({
    "auth.missing",
    "auth.empty",
    "auth.wrong",
    "auth.country",
    "beta.missing",
    "beta.v1",
    "beta.v1-only-route",
    "route.unknown",
    "route.method",
    "route.retired",
    "route.api-version",
    "body.notjson",
    "body.multipart",
    "body.form",
    "nf.assistant",
    "nf.thread",
    "nf.message",
    "nf.run",
    "nf.step",
    "nf.vs",
    "nf.vs-ref",
    "nf.vsfile",
    "nf.vsbatch",
    "nf.files-in-body",
    "nf.file",
    "nf.upload",
    "nf.model-route",
    "nf.model",
    "model.unsupported",
    "id.thread",
    "id.assistant",
    "id.file",
    "id.run",
    "id.msg",
    "id.vs",
    "lock.message",
    "lock.run",
    "lock.run-with-messages",
    "run.empty-thread",
    "submit.status",
    "submit.ids",
    "cancel.final",
    "cancel.twice",
    "run.modify",
    "vs.expired.use",
    "vs.expired.run",
    "v.missing",
    "v.unknown",
    "v.type",
    "v.enum",
    "v.role",
    "v.strlen",
    "v.empty",
    "v.arrmax",
    "v.arrmin",
    "v.intmax",
    "v.intmin",
    "v.decmax",
    "v.decmin",
    "v.fn.name",
    "v.meta.count",
    "v.meta.key",
    "v.meta.type",
    "v.meta.value",
    "v.content.empty",
    "v.url",
    "v.image.format",
    "v.chunk",
    "v.oneof",
    "v.fn.schema",
    "v.image.file",
    "rl.rpm",
    "rl.tpm",
    "rl.quota",
    "srv.503",
    "ours.scenario",
    "ours.control",
    "ours.wait",
    "ours.time",
    "ours.limit",
    "ours.disk",
    "srv.500",
    "f.retrieval",
    "f.purpose",
    "f.extension",
    "f.jsonl",
    "f.nofile",
    "f.unknown",
    "f.expires",
    "f.empty",
    "f.toolarge",
    "f.download",
    "upload.mime",
    "upload.status",
    "upload.part",
    "upload.twice",
    "upload.bytes",
    "upload.md5",
});

}  // namespace

std::span<const Operation> operations() {
  return all_operations;
}

const Operation* find_operation(std::string_view named) {
  const auto* found = std::ranges::find_if(all_operations, [&](const Operation& operation) {
    return operation.id == named || operation.request == named;
  });
  return found == all_operations.end() ? nullptr : found;
}

bool may_send(const Operation& operation, const StreamEvent& event) {
  return operation.stream && *operation.stream >= event.since;
}

std::span<const std::string_view> operation_names() {
  return names;
}

bool has_parameter(const Operation& operation, std::string_view parameter) {
  return operation.request.find("{" + std::string(parameter) + "}") != std::string_view::npos;
}

std::span<const std::string_view> path_parameters() {
  return parameters;
}

std::span<const std::string_view> error_rows() {
  return rows;
}

}  // namespace assistants_mock::scenarios
