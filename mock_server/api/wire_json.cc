#include "mock_server/api/wire_json.h"

#include "mock_server/api/wire_parts.h"

namespace assistants_mock::mock_server::api {
namespace {

void write_metadata(JsonWriter& out, const store::Metadata& metadata) {
  out.key("metadata");
  out.begin_object();
  for (const auto& [name, value] : metadata) out.member(name, value);
  out.end_object();
}

// The service names a quirk of its own here (docs/wire/objects.md, "tool_resources"): what was
// never set shows as {} in answers, and with an empty code_interpreter in streams.
void write_tool_resources(JsonWriter& out, const store::Json& resources, bool with_interpreter) {
  out.key("tool_resources");
  if (!with_interpreter || !resources.empty()) return out.json(resources);
  out.begin_object();
  out.key("code_interpreter");
  out.begin_object();
  out.key("file_ids");
  out.begin_array();
  out.end_array();
  out.end_object();
  out.end_object();
}

void write_last_error(JsonWriter& out, const std::optional<state_machine::RunError>& error) {
  if (!error) return out.null_member("last_error");
  out.key("last_error");
  out.begin_object();
  out.member("code", error->code);
  out.member("message", error->message);
  out.end_object();
}

bool is_first(const View& view) {
  return view.version == ApiVersion::first;
}

// To the first version a search was a retrieval, without options.
store::Json shown_tool(const store::Json& tool) {
  if (tool.at("type") == "file_search") return {{"type", "retrieval"}};
  store::Json shown = tool;
  if (tool.at("type") == "function") shown["function"].erase("strict");
  return shown;
}

store::Json shown_tools(const store::Json& tools, const View& view) {
  if (!is_first(view)) return tools;
  store::Json shown = store::Json::array();
  for (const store::Json& tool : tools) shown.push_back(shown_tool(tool));
  return shown;
}

store::Json shown_choice(const store::Json& choice, const View& view) {
  const bool names_tool = is_first(view) && choice.is_object();
  return names_tool && choice.at("type") == "file_search" ? store::Json{{"type", "retrieval"}}
                                                          : choice;
}

// It did not know `incomplete`: such a run was completed, with incomplete_details (observed).
std::string_view shown_status(state_machine::RunStatus status, const View& view) {
  const bool unknown = is_first(view) && status == state_machine::RunStatus::incomplete;
  return state_machine::name(unknown ? state_machine::RunStatus::completed : status);
}

// The first version's lists of files: those that are there still.
void write_file_ids(JsonWriter& out, const std::vector<std::string>& ids, const View& view) {
  out.key("file_ids");
  out.begin_array();
  for (const std::string& id : ids)
    if (view.files == nullptr || view.files->find(id)) out.text(id);
  out.end_array();
}

void write_usage(JsonWriter& out, const std::optional<store::Usage>& usage, const View& view) {
  if (!usage) return out.null_member("usage");
  out.key("usage");
  out.begin_object();
  out.member("prompt_tokens", usage->prompt_tokens);
  out.member("completion_tokens", usage->completion_tokens);
  out.member("total_tokens", usage->prompt_tokens + usage->completion_tokens);
  if (view.profile == WireProfile::recorded && !is_first(view)) {
    out.key("prompt_token_details");  // singular, unlike its neighbour
    out.begin_object();
    out.member("cached_tokens", std::int64_t{0});
    out.end_object();
    out.key("completion_tokens_details");
    out.begin_object();
    out.member("reasoning_tokens", std::int64_t{0});
    out.end_object();
  }
  out.end_object();
}

void write_required_action(JsonWriter& out, const state_machine::Run& run) {
  if (run.required_calls.empty()) return out.null_member("required_action");
  out.key("required_action");
  out.begin_object();
  out.member("type", "submit_tool_outputs");
  out.key("submit_tool_outputs");
  out.begin_object();
  out.key("tool_calls");
  out.begin_array();
  for (const state_machine::ToolCall& call : run.required_calls) {
    out.begin_object();
    out.member("id", call.id);
    out.member("type", "function");
    out.key("function");  // no "output" here, unlike in steps
    out.begin_object();
    write_function(out, call.function, call.arguments);
    out.end_object();
    out.end_object();
  }
  out.end_array();
  out.end_object();
  out.end_object();
}

void write_message_state(JsonWriter& out, const store::Message& message) {
  out.member("status", state_machine::name(message.status));
  if (message.cut) {
    out.key("incomplete_details");
    out.begin_object();
    out.member("reason", state_machine::name(*message.cut));
    out.end_object();
  } else {
    out.null_member("incomplete_details");
  }
  write_date(out, "incomplete_at", message.incomplete_at);
  write_date(out, "completed_at", message.completed_at);
}

void write_step_details(JsonWriter& out, const store::RunStep& step, const View& view) {
  out.key("step_details");
  out.begin_object();
  if (const auto* message_id = std::get_if<std::string>(&step.details)) {
    out.member("type", "message_creation");
    out.key("message_creation");
    out.begin_object();
    out.member("message_id", *message_id);
    out.end_object();
  } else {
    out.member("type", "tool_calls");
    write_calls(out, std::get<std::vector<store::StepCall>>(step.details), view);
  }
  out.end_object();
}

// The schema forbids a null here, the service sent one (docs/wire/objects.md, "instructions").
void write_run_instructions(JsonWriter& out, const store::RunSettings& settings, const View& view) {
  if (!settings.instructions && (view.profile == WireProfile::schema || is_first(view)))
    return out.member("instructions", "");
  out.member("instructions", settings.instructions);
}

void write_run_settings(JsonWriter& out, const store::Run& run, const View& view) {
  const store::RunSettings& settings = *run.settings;
  const bool recorded = view.profile == WireProfile::recorded && !is_first(view);
  out.member("model", settings.model);
  write_run_instructions(out, settings, view);
  out.member("tools", shown_tools(settings.tools, view));
  if (is_first(view)) write_file_ids(out, settings.file_ids, view);
  if (recorded) write_tool_resources(out, settings.tool_resources, view.in_stream);
  write_metadata(out, run.metadata);
  out.member("temperature", settings.temperature);
  out.member("top_p", settings.top_p);
  if (recorded) out.member("reasoning_effort", settings.reasoning_effort);
  out.member("max_completion_tokens", settings.max_completion_tokens);
  out.member("max_prompt_tokens", settings.max_prompt_tokens);
  out.member("truncation_strategy", settings.truncation_strategy);
}

// Files without a tool are attachments for none yet.
store::Json attachments_of(const store::Message& message) {
  store::Json attachments = message.attachments;
  for (const std::string& id : message.file_ids)
    attachments.push_back({{"file_id", id}, {"tools", store::Json::array()}});
  return attachments;
}

enum class MessageFiles { attachments, file_ids, left_over };

void write_message(JsonWriter& out, const store::Message& message, const View& view,
                   MessageFiles files) {
  out.begin_object();
  out.member("id", message.id);
  out.member("object", "thread.message");
  write_date(out, "created_at", message.created_at);
  out.member("assistant_id", message.assistant_id);
  out.member("thread_id", message.thread_id);
  out.member("run_id", message.run_id);
  if (view.profile == WireProfile::schema || view.in_stream || is_first(view))
    write_message_state(out, message);
  out.member("role", message.role == store::Role::user ? "user" : "assistant");
  write_content(out, message.content, view);
  switch (files) {
    case MessageFiles::attachments:
      out.member("attachments", attachments_of(message));
      break;
    case MessageFiles::file_ids:
      write_file_ids(out, message.file_ids, view);
      break;
    case MessageFiles::left_over:
      out.member("file_ids", store::Json::array());
      break;
  }
  write_metadata(out, message.metadata);
  out.end_object();
}

}  // namespace

namespace {

// An assistant with the interpreter has a list of its files, be it empty (observed: docs/wire/
// objects.md, "tool_resources").
store::Json resources_of(const store::Assistant& assistant) {
  store::Json resources = assistant.tool_resources;
  const bool interprets = std::ranges::any_of(assistant.tools, [](const store::Json& tool) {
    return tool.at("type") == "code_interpreter";
  });
  if (!interprets || resources.contains("code_interpreter")) return resources;
  store::Json with_interpreter = {{"code_interpreter", {{"file_ids", store::Json::array()}}}};
  with_interpreter.update(resources);
  return with_interpreter;
}

}  // namespace

void write(JsonWriter& out, const store::Assistant& assistant, const View& view) {
  out.begin_object();
  out.member("id", assistant.id);
  out.member("object", "assistant");
  write_date(out, "created_at", assistant.created_at);
  out.member("name", assistant.name);
  out.member("description", assistant.description);
  out.member("model", assistant.model);
  out.member("instructions", assistant.instructions);
  out.member("tools", shown_tools(assistant.tools, view));
  if (is_first(view)) {
    std::vector<std::string> ids;
    for (const store::AttachedFile& file : assistant.files) ids.push_back(file.id);
    write_file_ids(out, ids, view);
    write_metadata(out, assistant.metadata);
    return out.end_object();
  }
  out.member("top_p", assistant.top_p);
  out.member("temperature", assistant.temperature);
  if (view.profile == WireProfile::recorded)
    out.member("reasoning_effort", assistant.reasoning_effort);
  out.member("tool_resources", resources_of(assistant));
  write_metadata(out, assistant.metadata);
  out.member("response_format", assistant.response_format);
  out.end_object();
}

void write(JsonWriter& out, const store::Thread& thread, const View& view) {
  out.begin_object();
  out.member("id", thread.id);
  out.member("object", "thread");
  write_date(out, "created_at", thread.created_at);
  write_metadata(out, thread.metadata);
  if (!is_first(view))
    write_tool_resources(out, thread.tool_resources,
                         view.profile == WireProfile::recorded && view.in_stream);
  out.end_object();
}

void write(JsonWriter& out, const store::Message& message, const View& view) {
  write_message(out, message, view,
                is_first(view) ? MessageFiles::file_ids : MessageFiles::attachments);
}

void write_modified(JsonWriter& out, const store::Message& message, const View& view) {
  if (view.profile == WireProfile::recorded && !is_first(view))
    write_message(out, message, view, MessageFiles::left_over);
  else
    write(out, message, view);
}

void write(JsonWriter& out, const store::Run& run, const View& view) {
  const state_machine::Run& state = run.state;
  out.begin_object();
  out.member("id", run.id);
  out.member("object", "thread.run");
  write_date(out, "created_at", state.created_at);
  out.member("assistant_id", run.settings->assistant_id);
  out.member("thread_id", run.thread_id);
  out.member("status", shown_status(state.status, view));
  write_date(out, "started_at", state.started_at);
  write_date(out, "expires_at", state.expires_at);
  write_date(out, "cancelled_at", state.cancelled_at);
  write_date(out, "failed_at", state.failed_at);
  write_date(out, "completed_at", state.completed_at);
  write_required_action(out, state);
  write_last_error(out, state.last_error);
  write_run_settings(out, run, view);
  if (state.incomplete_reason.empty()) {
    out.null_member("incomplete_details");
  } else {
    out.key("incomplete_details");
    out.begin_object();
    out.member("reason", state.incomplete_reason);
    out.end_object();
  }
  write_usage(out, run.usage, view);
  out.member("response_format", run.settings->response_format);
  out.member("tool_choice", shown_choice(run.settings->tool_choice, view));
  if (!is_first(view)) out.member("parallel_tool_calls", run.settings->parallel_tool_calls);
  out.end_object();
}

void write(JsonWriter& out, const store::RunStep& step, const View& view) {
  const bool recorded = view.profile == WireProfile::recorded && !is_first(view);
  out.begin_object();
  out.member("id", step.id);
  out.member("object", "thread.run.step");
  write_date(out, "created_at", step.created_at);
  out.member("run_id", step.run_id);
  out.member("assistant_id", step.assistant_id);
  out.member("thread_id", step.thread_id);
  out.member("type",
             std::holds_alternative<std::string>(step.details) ? "message_creation" : "tool_calls");
  out.member("status", state_machine::name(step.status));
  write_date(out, "cancelled_at", step.cancelled_at);
  write_date(out, "completed_at", step.completed_at);
  if (recorded)
    write_date(out, "expires_at", step.expires_at);
  else
    write_date(out, "expired_at", step.expired_at);
  write_date(out, "failed_at", step.failed_at);
  write_last_error(out, step.last_error);
  write_step_details(out, step, view);
  write_usage(out, step.usage, view);
  if (!recorded) write_metadata(out, {});
  out.end_object();
}

namespace {

void write_attached(JsonWriter& out, const store::AttachedFile& file, std::string_view object,
                    std::string_view owner) {
  out.begin_object();
  out.member("id", file.id);
  out.member("object", object);
  write_date(out, "created_at", file.created_at);
  out.member(owner, file.owner_id);
  out.end_object();
}

}  // namespace

void write(JsonWriter& out, const AssistantFile& file, const View&) {
  write_attached(out, file, "assistant.file", "assistant_id");
}

void write(JsonWriter& out, const MessageFile& file, const View&) {
  write_attached(out, file, "thread.message.file", "message_id");
}

std::string deleted_body(std::string_view id, std::string_view object) {
  std::string body;
  JsonWriter out(body, Layout::indented);
  out.begin_object();
  out.member("id", id);
  out.member("object", object);
  out.member("deleted", true);
  out.end_object();
  return body;
}

}  // namespace assistants_mock::mock_server::api
