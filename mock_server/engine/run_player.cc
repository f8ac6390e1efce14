#include "mock_server/engine/run_player.h"

#include <algorithm>
#include <utility>

#include "mock_server/store/blob_directory.h"

namespace assistants_mock::mock_server::engine {
namespace {

using state_machine::MessageCut;
using state_machine::MessageEvent;
using state_machine::RunEvent;
using state_machine::RunFact;
using state_machine::StepEvent;
using store::StepCall;

// How a run's end closes what it leaves open (docs/wire/run-lifecycle.md, "Outcome table").
struct Outcome {
  RunEvent run;
  StepEvent step;
  MessageCut message;
};
constexpr std::array outcomes = {
    Outcome{RunEvent::cut_short, StepEvent::finished, MessageCut::max_tokens},
    Outcome{RunEvent::errored, StepEvent::run_failed, MessageCut::run_failed},
    Outcome{RunEvent::cancel_settled, StepEvent::run_cancelled, MessageCut::run_cancelled},
    Outcome{RunEvent::deadline_passed, StepEvent::run_expired, MessageCut::run_expired},
};

store::Content open_part(scenarios::PartKind kind, const std::string& piece,
                         const std::string& detail) {
  switch (kind) {
    case scenarios::PartKind::refusal:
      return store::RefusalContent{piece};
    case scenarios::PartKind::image_url:
      return store::ImageUrlContent{piece, detail};
    case scenarios::PartKind::image_file:
      return store::ImageFileContent{piece, detail};
    case scenarios::PartKind::text:
      break;
  }
  return store::TextContent{piece};
}

void extend_part(store::Content& part, const std::string& piece) {
  if (auto* text = std::get_if<store::TextContent>(&part)) text->value += piece;
  if (auto* refusal = std::get_if<store::RefusalContent>(&part)) refusal->refusal += piece;
}

// The ranking of the run's file_search tool; without one, the service's own (observed).
struct Ranking {
  std::string ranker = "default_2024_08_21";
  double score_threshold = 0;
};

Ranking ranking_of(const store::RunSettings& settings) {
  Ranking ranking;
  for (const store::Json& tool : settings.tools) {
    static const store::Json::json_pointer options("/file_search/ranking_options");
    if (!tool.contains(options) || !tool.at(options).is_object()) continue;
    const store::Json& given = tool.at(options);
    if (given.contains("ranker") && given.at("ranker").is_string())
      ranking.ranker = given.at("ranker");
    if (given.contains("score_threshold") && given.at("score_threshold").is_number())
      ranking.score_threshold = given.at("score_threshold");
  }
  return ranking;
}

// What the assistant wrote into a call.
struct WrittenBytes {
  std::size_t operator()(const store::FunctionCall& call) const {
    return call.function.size() + call.arguments.size();
  }
  std::size_t operator()(const store::CodeCall& call) const { return call.input.size(); }
  std::size_t operator()(const store::SearchCall&) const {
    return scenarios::file_search_name.size();
  }
};

}  // namespace

std::int64_t estimate_tokens(std::size_t bytes) {
  return static_cast<std::int64_t>((bytes + 3) / 4);
}

template <class Data>
void RunPlayer::log(EventName name, Data data) {
  live_.log->append({name, now_, std::move(data)});
}

bool RunPlayer::happen(const RunFact& fact) {
  const auto to = state_machine::next(live_.run->state.status, fact.event);
  if (!to) return false;
  close_what_is_open(fact);
  auto run = std::make_shared<store::Run>(*live_.run);
  state_machine::apply(run->state, fact, now_);
  if (state_machine::is_terminal(*to)) {
    run->usage = usage_of_all_steps();
    live_.thread.active_run.clear();
  }
  live_.run = std::move(run);
  live_.thread.runs.replace(live_.run);
  log(event_for(*to), live_.run);
  return true;
}

bool RunPlayer::perform(const scenarios::Act& act) {
  struct Performer {
    RunPlayer& player;
    bool operator()(const scenarios::BeginMessage& a) { return player.begin_message(a), true; }
    bool operator()(const scenarios::AddToMessage& a) { return player.add_to_message(a), true; }
    bool operator()(const scenarios::EndMessage&) { return player.end_message(), true; }
    bool operator()(const scenarios::BeginCalls& a) { return player.begin_calls(a), true; }
    bool operator()(const scenarios::AddCall& a) { return player.add_call(a), true; }
    bool operator()(const scenarios::AddArguments& a) { return player.add_arguments(a), true; }
    bool operator()(const scenarios::AddCode& a) { return player.add_code(a), true; }
    bool operator()(const scenarios::AddCodeInput& a) { return player.add_code_input(a), true; }
    bool operator()(const scenarios::AddLogs& a) { return player.add_logs(a), true; }
    bool operator()(const scenarios::AddImage& a) { return player.add_image(a), true; }
    bool operator()(const scenarios::MakeFile& a) { return player.make_file(a); }
    bool operator()(const scenarios::AddSearch& a) { return player.add_search(a), true; }
    bool operator()(const scenarios::EndCalls&) {
      return player.close_step(StepEvent::finished), true;
    }
    bool operator()(const scenarios::CallsMade&) { return player.calls_made(); }
    bool operator()(const scenarios::Answer&) {
      return player.happen({.event = RunEvent::answered});
    }
    bool operator()(const scenarios::Error& a) {
      return player.happen({.event = RunEvent::errored, .error = {a.code, a.message}});
    }
    bool operator()(const scenarios::CutShort& a) {
      return player.happen({.event = RunEvent::cut_short, .incomplete_reason = a.reason});
    }
    bool operator()(const scenarios::Silence&) {
      player.live_.silent = true;
      return true;
    }
  };
  return std::visit(Performer{*this}, act);
}

void RunPlayer::finish_calls(const std::vector<std::string>& outputs) {
  auto output = outputs.begin();
  for (StepCall& call : open_calls())
    if (auto* function = std::get_if<store::FunctionCall>(&call)) function->output = *output++;
  close_step(StepEvent::finished);
}

void RunPlayer::begin_message(const scenarios::BeginMessage& begin) {
  auto message = std::make_shared<store::Message>();
  message->id = ids_.next("msg_");
  message->thread_id = live_.run->thread_id;
  message->created_at = now_;
  message->role = store::Role::assistant;
  message->assistant_id = live_.run->settings->assistant_id;
  message->run_id = live_.run->id;
  message->status = state_machine::MessageStatus::in_progress;
  open_step(message->id, begin.usage);
  live_.message_created = std::make_shared<const store::Message>(*message);
  live_.message = message;
  live_.thread.messages.add(std::move(message));
  store_.count(1);
  log(EventName::message_created, live_.message_created);
  log(EventName::message_in_progress, live_.message_created);
}

void RunPlayer::add_to_message(const scenarios::AddToMessage& act) {
  auto& content = live_.message->content;
  MessageDelta delta{.message = live_.message_created,
                     .part = act.part,
                     .first_of_part = act.part == content.size(),
                     .kind = act.kind,
                     .piece = act.piece,
                     .detail = act.detail};
  if (act.kind == scenarios::PartKind::image_file) delta.piece = file_id(act.piece);
  if (delta.first_of_part)
    content.push_back(open_part(delta.kind, delta.piece, delta.detail));
  else
    extend_part(content[delta.part], delta.piece);
  if (act.annotation) {
    auto& annotations = std::get<store::TextContent>(content[delta.part]).annotations;
    delta.annotation = std::make_shared<const store::Annotation>(annotated(act));
    delta.annotation_index = annotations.size();
    annotations.push_back(*delta.annotation);
  }
  log(EventName::message_delta, std::move(delta));
}

store::Annotation RunPlayer::annotated(const scenarios::AddToMessage& delta) const {
  const scenarios::Annotation& annotation = *delta.annotation;
  const scenarios::Mark& mark = annotation.mark;
  const bool links = mark.kind == scenarios::MarkKind::file_path;
  return {.kind = mark.kind,
          .text = delta.piece,
          .file_id = links ? file_id(mark.file) : mark.file,
          .begin = annotation.begin,
          .end = annotation.end};
}

void RunPlayer::end_message() {
  close_message(MessageEvent::finished, std::nullopt);
  close_step(StepEvent::finished);
}

void RunPlayer::begin_calls(const scenarios::BeginCalls& begin) {
  open_step(std::vector<StepCall>{}, begin.usage);
}

void RunPlayer::add_call(const scenarios::AddCall& call) {
  store::FunctionCall opened{ids_.next("call_"), call.function};
  log(EventName::step_delta,
      CallDelta{live_.step_created, call.call, opened.id, opened.function, ""});
  open_calls().emplace_back(std::move(opened));
}

void RunPlayer::add_arguments(const scenarios::AddArguments& delta) {
  std::get<store::FunctionCall>(open_calls()[delta.call]).arguments += delta.piece;
  log(EventName::step_delta, CallDelta{live_.step_created, delta.call, "", "", delta.piece});
}

void RunPlayer::add_code(const scenarios::AddCode& code) {
  store::CodeCall opened{ids_.next("call_")};
  log(EventName::step_delta, CodeDelta{live_.step_created, code.call, opened.id, ""});
  open_calls().emplace_back(std::move(opened));
}

void RunPlayer::add_code_input(const scenarios::AddCodeInput& delta) {
  std::get<store::CodeCall>(open_calls()[delta.call]).input += delta.piece;
  log(EventName::step_delta, CodeDelta{live_.step_created, delta.call, "", delta.piece});
}

void RunPlayer::add_logs(const scenarios::AddLogs& logs) {
  read_output(logs.text.size());
  add_output(logs.call, logs.output, store::Logs{logs.text});
}

void RunPlayer::add_image(const scenarios::AddImage& image) {
  add_output(image.call, image.output, store::Image{file_id(image.filename)});
}

void RunPlayer::add_output(std::size_t call, std::size_t output, store::CodeOutput what) {
  log(EventName::step_delta, CodeOutputDelta{live_.step_created, call, output, what});
  std::get<store::CodeCall>(open_calls()[call]).outputs.push_back(std::move(what));
}

bool RunPlayer::make_file(const scenarios::MakeFile& file) {
  try {
    live_.made_files[file.filename] =
        tools_ == nullptr ? ids_.next("file-") : tools_->make_file(file.filename, file.bytes, now_);
    return true;
  } catch (const store::DiskError& error) {
    const std::string why = "The mock could not keep " + file.filename + ": " + error.what();
    return happen({.event = RunEvent::errored, .error = {"server_error", why}});
  }
}

void RunPlayer::add_search(const scenarios::AddSearch& search) {
  const Ranking ranking = ranking_of(*live_.run->settings);
  store::SearchCall opened{.id = ids_.next("call_"),
                           .ranker = ranking.ranker,
                           .score_threshold = ranking.score_threshold,
                           .results = search.results};
  log(EventName::step_delta, SearchDelta{live_.step_created, search.call, opened.id, opened.ranker,
                                         opened.score_threshold});
  for (const scenarios::FoundChunk& result : opened.results) read_output(result.text.size());
  open_calls().emplace_back(std::move(opened));
}

bool RunPlayer::calls_made() {
  RunFact fact{.event = RunEvent::tools_called};
  for (const StepCall& call : open_calls())
    if (const auto* function = std::get_if<store::FunctionCall>(&call))
      fact.calls.push_back({function->id, function->function, function->arguments});
  return happen(fact);
}

std::vector<StepCall>& RunPlayer::open_calls() {
  return std::get<std::vector<StepCall>>(live_.step->details);
}

std::string RunPlayer::file_id(const std::string& file) const {
  const auto made = live_.made_files.find(file);
  return made == live_.made_files.end() ? file : made->second;
}

void RunPlayer::read_output(std::size_t bytes) {
  live_.output_bytes += bytes;
  live_.unread_bytes += bytes;
}

void RunPlayer::open_step(std::variant<std::string, std::vector<StepCall>> details,
                          const std::optional<scenarios::Usage>& usage) {
  live_.scripted_usage = usage;
  auto step = std::make_shared<store::RunStep>();
  step->id = ids_.next("step_");
  step->run_id = live_.run->id;
  step->thread_id = live_.run->thread_id;
  step->assistant_id = live_.run->settings->assistant_id;
  step->created_at = now_;
  step->expires_at = live_.run->state.expires_at;
  step->details = std::move(details);
  live_.step_created = std::make_shared<const store::RunStep>(*step);
  live_.step = step;
  live_.thread.steps[live_.run->id].add(std::move(step));
  store_.count(1);
  log(EventName::step_created, live_.step_created);
  log(EventName::step_in_progress, live_.step_created);
}

void RunPlayer::close_message(MessageEvent event, std::optional<MessageCut> cut) {
  store::Message& message = *live_.message;
  message.status = *state_machine::next(message.status, event);
  (event == MessageEvent::finished ? message.completed_at : message.incomplete_at) = now_;
  message.cut = cut;
  live_.written_bytes = text_bytes(message);
  if (live_.thread.messages.find(message.id))  // it may have been deleted meanwhile
    live_.thread.text_bytes += live_.written_bytes;
  log(event_for(message.status), std::shared_ptr<const store::Message>(live_.message));
  live_.message.reset();
  live_.message_created.reset();
}

void RunPlayer::close_step(StepEvent event) {
  store::RunStep& step = *live_.step;
  step.status = *state_machine::next(step.status, event);
  switch (step.status) {
    case state_machine::StepStatus::completed:
      step.completed_at = now_;
      break;
    case state_machine::StepStatus::failed:
      step.failed_at = now_;
      break;
    case state_machine::StepStatus::cancelled:
      step.cancelled_at = now_;
      break;
    case state_machine::StepStatus::expired:
      step.expired_at = now_;
      break;
    case state_machine::StepStatus::in_progress:
      break;
  }
  step.usage = usage_of(step);
  live_.prompt_bytes += std::exchange(live_.unread_bytes, 0);
  log(event_for(step.status), std::shared_ptr<const store::RunStep>(live_.step));
  live_.step.reset();
  live_.step_created.reset();
}

void RunPlayer::close_what_is_open(const RunFact& fact) {
  const auto* outcome = std::ranges::find(outcomes, fact.event, &Outcome::run);
  if (outcome == outcomes.end()) return;
  if (live_.message) {
    const bool filtered = fact.incomplete_reason == "content_filter";
    close_message(MessageEvent::cut_short,
                  filtered ? MessageCut::content_filter : outcome->message);
  }
  if (live_.step) {
    if (outcome->step == StepEvent::run_failed) live_.step->last_error = fact.error;
    close_step(outcome->step);
  }
}

store::Usage RunPlayer::usage_of(const store::RunStep& step) const {
  if (live_.scripted_usage)
    return {live_.scripted_usage->prompt_tokens, live_.scripted_usage->completion_tokens};
  std::size_t written = 0;
  if (const auto* calls = std::get_if<std::vector<StepCall>>(&step.details)) {
    for (const StepCall& call : *calls) written += std::visit(WrittenBytes{}, call);
  } else {
    written = live_.written_bytes;
  }
  const std::size_t instructions = live_.run->settings->instructions.value_or("").size();
  return {estimate_tokens(instructions + live_.prompt_bytes), estimate_tokens(written)};
}

store::Usage RunPlayer::usage_of_all_steps() const {
  store::Usage sum;
  const auto steps = live_.thread.steps.find(live_.run->id);
  if (steps == live_.thread.steps.end()) return sum;
  for (const auto& [place, step] : steps->second) {
    if (!step->usage) continue;
    sum.prompt_tokens += step->usage->prompt_tokens;
    sum.completion_tokens += step->usage->completion_tokens;
  }
  return sum;
}

}  // namespace assistants_mock::mock_server::engine
