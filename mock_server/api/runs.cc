#include <algorithm>

#include "mock_server/api/api_error.h"
#include "mock_server/api/body_reader.h"
#include "mock_server/api/files_for_tools.h"
#include "mock_server/api/handlers.h"
#include "mock_server/api/list_answer.h"
#include "mock_server/api/tool_resources.h"

namespace assistants_mock::mock_server::api {
namespace {

using state_machine::RunStatus;

std::optional<std::string> joined(std::optional<std::string> instructions,
                                  const std::optional<std::string>& additional) {
  // ours (docs/wire/endpoints.md, createRun): nobody says how the two are joined.
  if (!additional) return instructions;
  return instructions ? *instructions + "\n" + *additional : *additional;
}

store::Json read_truncation(const Body& body) {
  store::Json strategy = {{"type", "auto"}, {"last_messages", nullptr}};
  if (const Body* given = field(body, "truncation_strategy")) strategy.update(*given);
  return strategy;
}

// The assistant's settings with the run's own in their place.
store::RunSettings run_settings(World& world, const Body& body) {
  const auto assistant_id = body.at("assistant_id").get<std::string>();
  const auto assistant = world.store.assistants.find(assistant_id);
  if (!assistant) throw api_error::no_assistant(assistant_id);
  require_model(world, body);
  store::RunSettings settings;
  settings.assistant_id = assistant_id;
  settings.model = read_text(body, "model").value_or(assistant->model);
  const auto own = read_text(body, "instructions");
  settings.instructions =
      joined(own ? own : assistant->instructions, read_text(body, "additional_instructions"));
  const Body* tools = field(body, "tools");
  settings.tools = tools ? read_tools(*tools, world.options.profile) : assistant->tools;
  settings.tool_resources = ToolResources(world, body, std::nullopt).apply(world);
  const std::string own_store = store_of(settings.tool_resources);
  settings.vector_store_id = own_store.empty() ? store_of(assistant->tool_resources) : own_store;
  settings.temperature = has(body, "temperature") ? read_number(body, "temperature").value_or(1)
                                                  : assistant->temperature;
  settings.top_p = has(body, "top_p") ? read_number(body, "top_p").value_or(1) : assistant->top_p;
  const auto effort = read_text(body, "reasoning_effort");
  settings.reasoning_effort = effort ? effort : assistant->reasoning_effort;
  settings.max_prompt_tokens = read_integer(body, "max_prompt_tokens");
  settings.max_completion_tokens = read_integer(body, "max_completion_tokens");
  settings.truncation_strategy = read_truncation(body);
  settings.response_format = read_json(body, "response_format", assistant->response_format);
  settings.tool_choice = read_json(body, "tool_choice", "auto");
  settings.parallel_tool_calls = read_flag(body, "parallel_tool_calls", true);
  return settings;
}

bool searches_files(const store::RunSettings& settings) {
  return std::ranges::any_of(
      settings.tools, [](const store::Json& tool) { return tool.at("type") == "file_search"; });
}

// vs.expired.run. A store that was deleted is none: searching it finds nothing (inferred).
void require_live_stores(const World& world, const store::RunSettings& settings,
                         const store::Json& thread_resources) {
  if (!searches_files(settings)) return;
  for (const std::string& id : {settings.vector_store_id, store_of(thread_resources)}) {
    const auto* record = world.store.vector_stores.find(id);
    if (record != nullptr && is_terminal(record->store->status))
      throw api_error::vector_store_expired_for_run(id);
  }
}

// A run that searches its stores keeps them alive.
void use_stores(World& world, const store::RunSettings& settings,
                const store::Json& thread_resources) {
  if (!searches_files(settings)) return;
  for (const std::string& id : {settings.vector_store_id, store_of(thread_resources)})
    if (auto* record = world.store.vector_stores.find(id)) world.indexer.touch(*record, world.now);
}

bool has_user_message(const std::vector<store::Message>& messages) {
  return std::ranges::any_of(
      messages, [](const store::Message& message) { return message.role == store::Role::user; });
}

// With `stream: true`, the place of the stream that will be opened; taken before anything is done.
std::shared_ptr<void> enter_stream(const Call& call) {
  if (!read_flag(call.body, "stream", false)) return nullptr;
  const Limits& limits = call.world.options.limits;
  auto open = call.world.streams->enter(limits.streams);
  if (!open) throw api_error::over_limit(limits, &Limits::streams);
  return open;
}

// A run, or with an open stream its events from `place` on.
Answer answer(Call& call, const store::Run& run, std::size_t place, std::shared_ptr<void> open) {
  if (!open) return {to_body(run, call.view())};
  return {"", std::make_shared<RunStream>(run.id, call.world.engine.log(run.id), place, call.view(),
                                          std::move(open))};
}

// The same for a run that was just created.
Answer created(Call& call, const store::Run& run, std::shared_ptr<void> open) {
  Answer made = answer(call, run, 0, std::move(open));
  made.origin = call.world.engine.log(run.id)->origin();
  return made;
}

std::vector<engine::ToolOutput> read_outputs(const Body& body) {
  std::vector<engine::ToolOutput> outputs;
  for (const Body& output : body.at("tool_outputs"))
    outputs.push_back({output.at("tool_call_id"), read_text(output, "output").value_or("")});
  return outputs;
}

// submit.ids: every open call, each once, and no other.
void require_all_calls(const store::Run& run, const std::vector<engine::ToolOutput>& outputs) {
  std::vector<std::string> got;
  for (const engine::ToolOutput& output : outputs) got.push_back(output.call_id);
  if (state_machine::answers_all_calls(run.state, got)) return;
  std::vector<std::string> expected;
  for (const state_machine::ToolCall& open : run.state.required_calls) expected.push_back(open.id);
  throw api_error::wrong_call_ids(expected, got);
}

}  // namespace

std::shared_ptr<const store::Run> run_of(Call& call, const store::ThreadRecord& thread) {
  auto run = thread.runs.find(call.id("run_id"));
  if (!run) throw api_error::no_run(call.id("run_id"));
  return run;
}

Answer create_thread_and_run(Call& call) {
  static const Body no_thread = Body::object();
  const Body* thread_body = field(call.body, "thread");
  if (thread_body == nullptr) thread_body = &no_thread;
  store::RunSettings settings = run_settings(call.world, call.body);
  NewThread made(call.world, *thread_body);
  const Body* resources = field(*thread_body, "tool_resources");
  require_live_stores(call.world, settings, resources ? *resources : no_thread);
  if (!settings.instructions && !has_user_message(made.messages())) throw api_error::empty_thread();
  make_room(call.world,
            1 + made.objects() + objects_to_give(call.world, settings, {}, made.messages()));
  auto stream = enter_stream(call);

  store::ThreadRecord& thread = made.add_to(call.world);
  give_files(call.world, settings, thread);
  use_stores(call.world, settings, thread.thread->tool_resources);
  const auto run = call.world.engine.create_run(
      thread, std::move(settings), read_metadata(call.body), call.world.now, thread.thread);
  return created(call, *run, std::move(stream));
}

Answer list_runs(Call& call) {
  const store::ThreadRecord& thread = thread_of(call);
  const auto request = page_request(call.query, thread.runs, api_error::no_run);
  return {list_body(thread.runs.page(request), call.view())};
}

Answer create_run(Call& call) {
  store::ThreadRecord& thread = thread_of(call);
  store::RunSettings settings = run_settings(call.world, call.body);
  std::vector<store::Message> messages = read_messages(call.body, "additional_messages");
  check_message_files(call.world, messages);
  if (!thread.active_run.empty())
    throw messages.empty()
        ? api_error::thread_busy_for_run(thread.thread->id, thread.active_run)
        : api_error::thread_busy_for_run_with_messages(thread.thread->id, thread.active_run);
  if (!settings.instructions && !has_user_message(messages) && !thread.messages.last_by_user())
    throw api_error::empty_thread();
  require_takes_files(call.world, thread.thread->tool_resources, messages);
  require_live_stores(call.world, settings, thread.thread->tool_resources);
  make_room(call.world, 1 + messages.size() + objects_of_attachments(messages) +
                            objects_to_give(call.world, settings, thread.files, messages));
  auto stream = enter_stream(call);

  for (store::Message& message : messages) add_message(call.world, thread, std::move(message));
  give_files(call.world, settings, thread);
  use_stores(call.world, settings, thread.thread->tool_resources);
  const auto run = call.world.engine.create_run(thread, std::move(settings),
                                                read_metadata(call.body), call.world.now);
  return created(call, *run, std::move(stream));
}

Answer get_run(Call& call) {
  return {to_body(*run_of(call, thread_of(call)), call.view())};
}

Answer modify_run(Call& call) {
  store::ThreadRecord& thread = thread_of(call);
  const auto run = run_of(call, thread);
  if (!state_machine::is_terminal(run->state.status))
    throw api_error::run_not_modifiable(state_machine::name(run->state.status));

  auto changed = std::make_shared<store::Run>(*run);
  if (has(call.body, "metadata")) changed->metadata = read_metadata(call.body);
  thread.runs.replace(changed);
  return {to_body(*changed, call.view())};
}

Answer cancel_run(Call& call) {
  const auto run = run_of(call, thread_of(call));
  const auto cancelled = call.world.engine.cancel(*run, call.world.now);
  if (!cancelled) throw api_error::run_not_cancellable(state_machine::name(run->state.status));
  return {to_body(*cancelled, call.view())};
}

Answer submit_tool_outputs(Call& call) {
  const auto run = run_of(call, thread_of(call));
  if (!state_machine::next(run->state.status, state_machine::RunEvent::tool_outputs_submitted))
    throw api_error::run_takes_no_outputs(state_machine::name(run->state.status));
  const std::vector<engine::ToolOutput> outputs = read_outputs(call.body);
  require_all_calls(*run, outputs);

  auto stream = enter_stream(call);
  const std::size_t place = call.world.engine.log(run->id)->size();
  const auto queued = call.world.engine.submit_outputs(*run, outputs, call.world.now);
  return answer(call, *queued, place, std::move(stream));
}

}  // namespace assistants_mock::mock_server::api
