#pragma once
// What happened in one run, append-only: the one source that streams, pollers and inspectors read.
// Nothing is taken back or changed, so two readers can never be told different stories.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "mock_server/store/resources.h"
#include "scenarios/playback.h"
#include "scenarios/rule_matching.h"
#include "scenarios/stream_events.h"

namespace assistants_mock::mock_server::engine {

// In the order of scenarios::stream_events, which has their names (OpenAPI: AssistantStreamEvent).
enum class EventName {
  thread_created,
  run_created,
  run_queued,
  run_in_progress,
  run_requires_action,
  run_completed,
  run_incomplete,
  run_failed,
  run_cancelling,
  run_cancelled,
  run_expired,
  step_created,
  step_in_progress,
  step_delta,
  step_completed,
  step_failed,
  step_cancelled,
  step_expired,
  message_created,
  message_in_progress,
  message_delta,
  message_completed,
  message_incomplete,
  error,
};
static_assert(scenarios::stream_events.size() == static_cast<std::size_t>(EventName::error) + 1);
constexpr std::string_view name(EventName event) {
  return scenarios::stream_event_names[static_cast<std::size_t>(event)];
}
// The event that tells of a run's new status; `queued` is told as run_queued.
EventName event_for(state_machine::RunStatus status);
EventName event_for(state_machine::StepStatus ended);
EventName event_for(state_machine::MessageStatus ended);

// A piece added to one content part of a message.
struct MessageDelta {
  std::shared_ptr<const store::Message> message;  // as it was when created
  std::size_t part = 0;
  bool first_of_part = false;
  scenarios::PartKind kind = scenarios::PartKind::text;
  std::string piece;  // of an image: its URL or the id of its file
  std::string detail;
  // What the whole piece stands for; the annotation's place among those of its part.
  std::shared_ptr<const store::Annotation> annotation = nullptr;
  std::size_t annotation_index = 0;
};

// A call opened (`id` and `function` set, no arguments yet), or a piece of a call's arguments.
struct CallDelta {
  std::shared_ptr<const store::RunStep> step;  // as it was when created
  std::size_t call = 0;
  std::string id;
  std::string function;
  std::string arguments_piece;
};

// A call of code_interpreter opened (`id` set, no input yet), or a piece of its input.
struct CodeDelta {
  std::shared_ptr<const store::RunStep> step;
  std::size_t call = 0;
  std::string id;
  std::string input_piece;
};
struct CodeOutputDelta {
  std::shared_ptr<const store::RunStep> step;
  std::size_t call = 0;
  std::size_t output = 0;
  store::CodeOutput what;
};

// A call of file_search. What it found is told by the end of its step alone (row H).
struct SearchDelta {
  std::shared_ptr<const store::RunStep> step;
  std::size_t call = 0;
  std::string id;
  std::string ranker;
  double score_threshold = 0;
};

// A fault of the server in mid-stream (OpenAPI: ErrorEvent).
struct StreamError {
  std::string message;
};

struct LoggedEvent {
  EventName name;
  state_machine::Instant at;
  std::variant<std::shared_ptr<const store::Thread>, std::shared_ptr<const store::Run>,
               std::shared_ptr<const store::RunStep>, std::shared_ptr<const store::Message>,
               MessageDelta, CallDelta, CodeDelta, CodeOutputDelta, SearchDelta, StreamError>
      data;
};

// Whether a stream that reaches this event is over (rows A to M of docs/wire/streaming.md).
bool ends_stream(EventName event);

// Which rule answers a run, if any, and what kept those before it from doing so.
struct RunOrigin {
  std::shared_ptr<const scenarios::Scenario> scenario;
  scenarios::RuleChoice choice;  // its match without captures
};

class EventLog {
 public:
  // `number` counts the runs of a world, from 0.
  EventLog(std::uint64_t number, std::shared_ptr<const RunOrigin> origin)
      : number_(number), origin_(std::move(origin)) {}

  std::uint64_t number() const { return number_; }
  const std::shared_ptr<const RunOrigin>& origin() const { return origin_; }

  void append(LoggedEvent event) { events_.push_back(std::move(event)); }
  std::size_t size() const { return events_.size(); }
  const LoggedEvent& operator[](std::size_t place) const { return events_[place]; }

 private:
  std::uint64_t number_;
  std::shared_ptr<const RunOrigin> origin_;
  std::vector<LoggedEvent> events_;
};

}  // namespace assistants_mock::mock_server::engine
