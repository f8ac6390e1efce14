#pragma once
// The objects of the API as plain structs (OpenAPI: AssistantObject, ThreadObject, MessageObject,
// RunObject, RunStepObject, OpenAIFile, Upload, UploadPart). Free-form parts (tools, formats) stay
// JSON. How they look on the wire is api/wire_json.h's business. All are shared as immutable
// snapshots: a change makes a new one, so whoever holds an older one (an event of a stream) still
// sees what was true then.
#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "mock_server/store/blob_directory.h"
#include "scenarios/hosted_tools.h"
#include "scenarios/template_text.h"
#include "state_machine/message_lifecycle.h"
#include "state_machine/run.h"
#include "state_machine/step_lifecycle.h"
#include "state_machine/upload_lifecycle.h"

namespace assistants_mock::mock_server::store {

using Json = nlohmann::ordered_json;
using Metadata = std::vector<std::pair<std::string, std::string>>;
using state_machine::Instant;

// A file of an assistant or a message, for whichever tools can use it.
struct AttachedFile {
  std::string id;  // the file's own
  std::string owner_id;
  Instant created_at{};  // when it was attached
  // Each tool is given it once: what somebody took from a tool since then stays away.
  bool interpreter_has_it = false;
  bool search_has_it = false;
};

struct Assistant {
  std::string id;
  Instant created_at{};
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::string model;
  std::optional<std::string> instructions;
  Json tools = Json::array();
  Json tool_resources = Json::object();
  std::vector<AttachedFile> files = {};  // oldest first; tool_resources has them too
  Metadata metadata;
  std::optional<double> temperature = 1.0;
  std::optional<double> top_p = 1.0;
  std::optional<std::string> reasoning_effort;
  Json response_format = "auto";
};

struct Thread {
  std::string id;
  Instant created_at{};
  Json tool_resources = Json::object();
  Metadata metadata;
};

// A stretch of a text that stands for a file: a citation of it, or a link to it. From `begin` up to
// `end`, in characters of the text.
struct Annotation {
  scenarios::MarkKind kind = scenarios::MarkKind::file_citation;
  std::string text;
  std::string file_id;
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct TextContent {
  std::string value;
  std::vector<Annotation> annotations = {};
};
struct RefusalContent {
  std::string refusal;
};
struct ImageUrlContent {
  std::string url;
  std::string detail = "auto";
};
struct ImageFileContent {
  std::string file_id;
  std::string detail = "auto";
};
using Content = std::variant<TextContent, RefusalContent, ImageUrlContent, ImageFileContent>;

enum class Role { user, assistant };

struct Message {
  std::string id;
  std::string thread_id;
  Instant created_at{};
  Role role = Role::user;
  std::vector<Content> content;
  Json attachments = Json::array();
  std::vector<std::string> file_ids = {};  // for whichever tools the runs of its thread have
  Metadata metadata;
  std::optional<std::string> assistant_id;  // only of messages that a run wrote
  std::optional<std::string> run_id;
  state_machine::MessageStatus status = state_machine::MessageStatus::completed;
  std::optional<Instant> completed_at;
  std::optional<Instant> incomplete_at;
  std::optional<state_machine::MessageCut> cut;
};

struct Usage {
  std::int64_t prompt_tokens = 0;
  std::int64_t completion_tokens = 0;
};

// What is fixed when a run is created; later changes to its assistant do not reach it.
struct RunSettings {
  std::string assistant_id;
  std::string model;
  std::optional<std::string> instructions;
  Json tools = Json::array();
  Json tool_resources = Json::object();    // its own alone, as shown
  std::string vector_store_id;             // its own, else the assistant's; may be empty
  std::vector<std::string> file_ids = {};  // the assistant's, at that time
  std::optional<double> temperature = 1.0;
  std::optional<double> top_p = 1.0;
  std::optional<std::string> reasoning_effort;
  std::optional<std::int64_t> max_prompt_tokens;
  std::optional<std::int64_t> max_completion_tokens;
  Json truncation_strategy;
  Json response_format = "auto";
  Json tool_choice = "auto";
  bool parallel_tool_calls = true;
};

struct Run {
  std::string id;
  std::string thread_id;
  std::shared_ptr<const RunSettings> settings;
  state_machine::Run state;
  Metadata metadata;
  std::optional<Usage> usage;
};

// The calls of a step, as it shows them. `output` is there once the client submitted it.
struct FunctionCall {
  std::string id;
  std::string function;
  std::string arguments = {};
  std::optional<std::string> output = {};
};
struct Logs {
  std::string text;
};
struct Image {
  std::string file_id;
};
using CodeOutput = std::variant<Logs, Image>;
struct CodeCall {
  std::string id;
  std::string input = {};
  std::vector<CodeOutput> outputs = {};
};
struct SearchCall {
  std::string id;
  // Those of the run's file_search tool (OpenAPI: FileSearchRankingOptions).
  std::string ranker;
  double score_threshold = 0;
  std::vector<scenarios::FoundChunk> results = {};
};
using StepCall = std::variant<FunctionCall, CodeCall, SearchCall>;

struct RunStep {
  std::string id;
  std::string run_id;
  std::string thread_id;
  std::string assistant_id;
  Instant created_at{};
  std::variant<std::string, std::vector<StepCall>> details;  // the message's id, or the calls
  state_machine::StepStatus status = state_machine::StepStatus::in_progress;
  std::optional<Instant> expires_at;  // the run's, while the run is active
  std::optional<Instant> completed_at;
  std::optional<Instant> cancelled_at;
  std::optional<Instant> failed_at;
  std::optional<Instant> expired_at;
  std::optional<state_machine::RunError> last_error;
  std::optional<Usage> usage;
};

// Always `processed`: what the service did to a file between upload and use never showed.
struct File {
  std::string id;
  Instant created_at{};
  std::string filename;
  std::string purpose;
  std::uint64_t bytes = 0;
  std::optional<Instant> expires_at;
  std::shared_ptr<const Blob> content;
};

struct UploadPart {
  std::string id;
  std::string upload_id;
  Instant created_at{};
  std::shared_ptr<const Blob> content;
};

// A file under way in parts. Nobody lists uploads or holds on to one, so it is changed in place.
struct Upload {
  std::string id;
  Instant created_at{};
  std::string filename;
  std::string purpose;
  std::uint64_t bytes = 0;  // that were announced
  Instant expires_at{};
  std::optional<state_machine::Duration> file_lifetime;  // expires_after
  state_machine::UploadStatus status = state_machine::UploadStatus::pending;
  std::map<std::string, UploadPart, std::less<>> parts;  // by id, while it is pending
  std::uint64_t part_bytes = 0;                          // of all of them
};

}  // namespace assistants_mock::mock_server::store
