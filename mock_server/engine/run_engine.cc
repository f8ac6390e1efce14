#include "mock_server/engine/run_engine.h"

#include <algorithm>
#include <array>

namespace assistants_mock::mock_server::engine {
namespace {

using state_machine::RunEvent;
using state_machine::RunStatus;

// How long a run waits, from its creation, for the files of its thread
// (docs/wire/vector-stores.md).
constexpr Duration patience_with_files = std::chrono::seconds{60};

// How long a run is queued again after its outputs came, when the script queues it for ever.
constexpr Duration requeued_for = std::chrono::seconds{1};

std::string last_user_message(const store::ThreadRecord& thread) {
  const auto message = thread.messages.last_by_user();
  return message ? text_of(*message) : "";
}

std::string_view what_happens(const scenarios::Act& act) {
  constexpr std::array<std::string_view, std::variant_size_v<scenarios::Act>> words = {
      "a message begins",   "the message goes on",   "the message ends",
      "tool calls begin",   "a function is called",  "a call's arguments go on",
      "code is written",    "the code goes on",      "the code prints",
      "the code shows",     "a file is made",        "files are searched",
      "the tool calls end", "the run needs outputs", "the run is completed",
      "the run fails",      "the run is cut short",  "the script has no more to say"};
  return words[act.index()];
}

// The searches of one run.
class SearchForRun : public scenarios::HostedTools {
 public:
  SearchForRun(RunTools* tools, const LiveRun& live) : tools_(tools), live_(live) {}

  std::vector<scenarios::FoundChunk> search(const std::string& query) override {
    if (tools_ == nullptr) return {};
    return tools_->search(*live_.run, live_.thread, query);
  }
  std::optional<NamedFile> file_named(const std::string& name) override {
    if (tools_ == nullptr) return std::nullopt;
    return tools_->file_named(*live_.run, live_.thread, name);
  }

 private:
  RunTools* tools_;
  const LiveRun& live_;
};

}  // namespace

RunEngine::RunEngine(store::Store& store, store::IdSource& ids, scenarios::RuleMatcher rules,
                     Waits waits, RunTools* tools)
    : store_(store), ids_(ids), rules_(std::move(rules)), waits_(waits), tools_(tools) {}

std::shared_ptr<const store::Run> RunEngine::create_run(
    store::ThreadRecord& thread, store::RunSettings settings, store::Metadata metadata, Instant now,
    std::shared_ptr<const store::Thread> made_with) {
  auto run = std::make_shared<store::Run>();
  run->id = ids_.next("run_");
  run->thread_id = thread.thread->id;
  run->settings = std::make_shared<const store::RunSettings>(std::move(settings));
  run->state = state_machine::created(now);
  run->metadata = std::move(metadata);
  thread.runs.add(run);
  thread.active_run = run->id;
  store_.count(1);

  Entry& entry = live_.emplace(run->id, Entry{.live = {.thread = thread, .run = run, .log = {}}})
                     .first->second;
  entry.number = next_number_++;
  entry.live.waits_since = now;
  auto log = std::make_shared<EventLog>(entry.number, choose_script(entry.live));
  entry.live.log = log;
  if (made_with) log->append({EventName::thread_created, now, std::move(made_with)});
  const std::shared_ptr<const store::Run> snapshot = run;
  log->append({EventName::run_created, now, snapshot});
  log->append({EventName::run_queued, now, snapshot});
  logs_.emplace(run->id, log);
  logs_by_number_.emplace(log->number(), log);
  schedule_or_retire(entry);
  return snapshot;
}

std::shared_ptr<const store::Run> RunEngine::submit_outputs(const store::Run& run,
                                                            const std::vector<ToolOutput>& outputs,
                                                            Instant now) {
  Entry& entry = this->entry(run.id);
  LiveRun& live = entry.live;
  std::vector<std::string> in_order;
  std::vector<std::pair<std::string, std::string>> by_function;
  for (const state_machine::ToolCall& call : run.state.required_calls) {
    const auto& output = *std::ranges::find(outputs, call.id, &ToolOutput::call_id);
    in_order.push_back(output.output);
    by_function.emplace_back(call.function, output.output);
    live.output_bytes += output.output.size();
  }
  RunPlayer resumed = player(live, now);
  resumed.finish_calls(in_order);  // told before the run is queued again (row D)
  resumed.happen({.event = RunEvent::tool_outputs_submitted});
  live.playback->outputs_arrived(by_function);
  live.waits_since = now;
  live.queued.length = live.queued.length.value_or(requeued_for);
  schedule_or_retire(entry);
  return live.run;
}

std::shared_ptr<const store::Run> RunEngine::cancel(const store::Run& run, Instant now) {
  const auto found = live_.find(run.id);
  if (found == live_.end()) return nullptr;
  LiveRun& live = found->second.live;
  const bool at_work = live.run->state.status == RunStatus::in_progress;
  if (!player(live, now).happen({.event = RunEvent::cancel_requested})) return nullptr;
  live.waits_since = now;
  live.works_while_cancelling =
      at_work && live.on_cancel.outcome == scenarios::OnCancel::Outcome::too_late;
  schedule_or_retire(found->second);
  return live.run;
}

std::shared_ptr<const store::Message> RunEngine::set_metadata(store::ThreadRecord& thread,
                                                              const store::Message& message,
                                                              store::Metadata metadata) {
  const auto found = live_.find(thread.active_run);
  if (found != live_.end() && found->second.live.message &&
      found->second.live.message->id == message.id) {
    found->second.live.message->metadata = std::move(metadata);
    return found->second.live.message;
  }
  auto changed = std::make_shared<store::Message>(message);
  changed->metadata = std::move(metadata);
  thread.messages.replace(changed);
  return changed;
}

void RunEngine::abandon(store::ThreadRecord& thread, Instant now) {
  const auto found = live_.find(thread.active_run);
  if (found != live_.end()) {
    found->second.live.log->append(
        {EventName::error, now,
         StreamError{"The thread " + thread.thread->id + " was deleted while a run was active."}});
    unschedule(found->second);
    if (on_move_) on_move_(*found->second.live.log);
    live_.erase(found);
  }
  for (const auto& [place, run] : thread.runs) {
    const auto forgotten = logs_.find(run->id);
    logs_by_number_.erase(forgotten->second->number());
    logs_.erase(forgotten);
  }
}

std::shared_ptr<const EventLog> RunEngine::log(std::string_view run_id) const {
  const auto found = logs_.find(run_id);
  return found == logs_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<const EventLog>> RunEngine::logs() const {
  std::vector<std::shared_ptr<const EventLog>> all;
  all.reserve(logs_by_number_.size());
  for (const auto& [number, log] : logs_by_number_) all.push_back(log);
  return all;
}

std::optional<RunEngine::Due> RunEngine::due(std::string_view run_id) const {
  const auto found = live_.find(run_id);
  if (found == live_.end() || found->second.on == nullptr) return std::nullopt;
  const LiveRun& live = found->second.live;
  const Instant at = found->second.due.first;
  if (at >= *live.run->state.expires_at) return Due{at, "the run expires"};
  if (live.run->state.status == RunStatus::queued) return Due{at, "the run is picked up"};
  if (live.run->state.status == RunStatus::in_progress || live.works_while_cancelling)
    return Due{at, what_happens(live.turn[live.next_act].act)};
  return Due{at, "the cancel settles"};
}

std::optional<Instant> RunEngine::next_due() const {
  std::optional<Instant> due;
  for (const Agenda* agenda : {&working_, &waiting_})
    if (!agenda->empty() && (!due || agenda->begin()->first.first < *due))
      due = agenda->begin()->first.first;
  return due;
}

std::optional<Instant> RunEngine::next_due(std::string_view run_id) const {
  const auto found = live_.find(run_id);
  if (found == live_.end() || found->second.on == nullptr) return std::nullopt;
  return found->second.due.first;
}

void RunEngine::advance_to(Instant now) {
  for (;;) {
    const Agenda* earliest = nullptr;
    for (const Agenda* agenda : {&working_, &waiting_})
      if (!agenda->empty() &&
          (earliest == nullptr || agenda->begin()->first < earliest->begin()->first))
        earliest = agenda;
    if (earliest == nullptr || earliest->begin()->first.first > now) return;
    move_on(entry(earliest->begin()->second), earliest->begin()->first.first);
  }
}

Instant RunEngine::settle(Instant now) {
  Instant reached = now;
  while (!working_.empty()) {
    reached = std::max(reached, working_.begin()->first.first);
    advance_to(reached);
  }
  return reached;
}

void RunEngine::play(scenarios::RuleMatcher rules) {
  rules_ = std::move(rules);
  rule_counts_ = {};
}

scenarios::RunQuestion RunEngine::question_of(const store::Run& run,
                                              const store::ThreadRecord& thread) const {
  scenarios::RunQuestion question;
  question.message = last_user_message(thread);
  question.assistant_id = run.settings->assistant_id;
  if (const auto assistant = store_.assistants.find(question.assistant_id))
    question.assistant_name = assistant->name.value_or("");
  question.model = run.settings->model;
  question.instructions = run.settings->instructions.value_or("");
  question.metadata.insert(run.metadata.begin(), run.metadata.end());
  question.metadata.insert(thread.thread->metadata.begin(), thread.thread->metadata.end());
  return question;
}

std::shared_ptr<const RunOrigin> RunEngine::choose_script(LiveRun& live) {
  const store::Run& run = *live.run;
  scenarios::RunQuestion question = question_of(run, live.thread);
  const auto& scenario = rules_.shared();
  scenarios::RuleChoice choice = rules_.choose(question, rule_counts_);
  if (!choice.match) {
    ++unmatched_runs_;
    live.no_match = explain_no_match(rules_.scenario(), choice);
    return std::make_shared<const RunOrigin>(RunOrigin{scenario, std::move(choice)});
  }
  const scenarios::RuleMatch match{.rule = choice.match->rule, .time = choice.match->time};
  live.playback.emplace(scenario, std::exchange(*choice.match, match),
                        scenarios::Conversation{std::move(question), run.thread_id, run.id});
  live.queued = live.playback->rule().queued;
  live.on_cancel = live.playback->rule().on_cancel;
  return std::make_shared<const RunOrigin>(RunOrigin{scenario, std::move(choice)});
}

Duration RunEngine::lasting(Duration scripted) const {
  return waits_ == Waits::none ? Duration::zero() : scripted;
}

// When the run moves by itself, its deadline left aside.
std::optional<Instant> RunEngine::next_move(const LiveRun& live) const {
  const RunStatus status = live.run->state.status;
  if (status == RunStatus::queued && live.queued.length)
    return std::max(live.waits_since + lasting(*live.queued.length), live.held_until);
  if (status == RunStatus::in_progress || live.works_while_cancelling) {
    if (live.silent) return std::nullopt;
    return live.turn_began + lasting(live.turn[live.next_act].after);
  }
  if (status == RunStatus::cancelling &&
      live.on_cancel.outcome != scenarios::OnCancel::Outcome::never)
    return live.waits_since + lasting(live.on_cancel.after);
  return std::nullopt;
}

void RunEngine::unschedule(Entry& entry) {
  if (entry.on != nullptr) entry.on->erase(entry.due);
  entry.on = nullptr;
}

void RunEngine::schedule_or_retire(Entry& entry) {
  if (on_move_) on_move_(*entry.live.log);
  unschedule(entry);
  const store::Run& run = *entry.live.run;
  if (!run.state.expires_at) {  // ended
    if (on_end_) on_end_(run, entry.live.playback.has_value());
    live_.erase(live_.find(run.id));
    return;
  }
  const Instant deadline = *run.state.expires_at;
  entry.due = {std::min(next_move(entry.live).value_or(deadline), deadline), entry.number};
  entry.on = run.state.status == RunStatus::requires_action ? &waiting_ : &working_;
  entry.on->emplace(entry.due, run.id);
}

void RunEngine::move_on(Entry& entry, Instant at) {
  LiveRun& live = entry.live;
  if (at >= *live.run->state.expires_at) {
    player(live, at).happen({.event = RunEvent::deadline_passed});
  } else if (live.run->state.status == RunStatus::queued) {
    if (is_held(live, at))
      held_.insert(live.run->id);
    else
      pick_up(live, at);
  } else if (live.run->state.status == RunStatus::in_progress || live.works_while_cancelling) {
    play_acts(live, at);
  } else {
    player(live, at).happen({.event = RunEvent::cancel_settled});
  }
  schedule_or_retire(entry);
}

// Whether a run that was not picked up yet has to wait for files.
bool RunEngine::is_held(LiveRun& live, Instant at) const {
  if (tools_ == nullptr || live.run->state.started_at) return false;
  live.held_until =
      tools_->files_ended(live.thread, live.run->state.created_at + patience_with_files);
  return live.held_until > at;
}

void RunEngine::files_changed(Instant now) {
  std::erase_if(held_, [&](const std::string& run_id) {
    const auto found = live_.find(run_id);
    if (found == live_.end()) return true;
    LiveRun& live = found->second.live;
    if (live.run->state.status != RunStatus::queued) return true;
    const Instant before = live.held_until;
    const bool held = is_held(live, now);
    live.held_until = std::max(live.held_until, now);
    if (live.held_until != before) schedule_or_retire(found->second);
    return !held;
  });
}

void RunEngine::pick_up(LiveRun& live, Instant at) {
  player(live, at).happen({.event = RunEvent::picked_up});
  begin_turn(live, at);
}

void RunEngine::begin_turn(LiveRun& live, Instant at) {
  live.turn_began = at;
  live.next_act = 0;
  live.silent = false;
  live.prompt_bytes = live.thread.text_bytes + live.output_bytes;
  live.unread_bytes = 0;
  SearchForRun tools(tools_, live);
  if (live.playback)
    live.turn = live.playback->next_turn(tools);
  else
    live.turn = {{std::chrono::seconds{1}, scenarios::Error{"server_error", live.no_match}}};
}

// Everything of the turn that is due at this very moment.
void RunEngine::play_acts(LiveRun& live, Instant at) {
  RunPlayer performer = player(live, at);
  while (!is_terminal(live.run->state.status) && live.next_act < live.turn.size() &&
         live.turn_began + lasting(live.turn[live.next_act].after) <= at) {
    // A cancelled run can end, but not call functions: there the cancel settles after all.
    if (!performer.perform(live.turn[live.next_act++].act))
      performer.happen({.event = RunEvent::cancel_settled});
  }
}

}  // namespace assistants_mock::mock_server::engine
