#pragma once
// The events of streams, in the order of docs/wire/streaming.md, and where each of them may come:
// for the logs that are told in them and for whoever waits for one. Without `done`, which ends
// every stream. Tests hold the table against streams that were played.
#include <algorithm>
#include <array>
#include <string_view>

namespace assistants_mock::scenarios {

// The request that a stream answers. Each has the events of those before it, and more.
enum class StreamOf { submitted_outputs, created_run, created_thread_and_run };

struct StreamEvent {
  std::string_view name;
  StreamOf since = StreamOf::submitted_outputs;  // the first that has it
  bool once = false;                             // a stream has one at most
  bool last = false;                             // nothing comes after it but `done`
  bool ids_alone = false;                        // no text: all characters are of one byte
};

inline constexpr auto stream_events = [] {
  constexpr StreamOf every = StreamOf::submitted_outputs;
  return std::to_array<StreamEvent>({
      {.name = "thread.created", .since = StreamOf::created_thread_and_run, .once = true},
      {.name = "thread.run.created", .since = StreamOf::created_run, .once = true},
      {.name = "thread.run.queued", .since = every, .once = true},
      {.name = "thread.run.in_progress", .since = every, .once = true},
      {.name = "thread.run.requires_action", .since = every, .once = true, .last = true},
      {.name = "thread.run.completed", .since = every, .once = true, .last = true},
      {.name = "thread.run.incomplete", .since = every, .once = true, .last = true},
      {.name = "thread.run.failed", .since = every, .once = true, .last = true},
      {.name = "thread.run.cancelling", .since = every, .once = true},
      {.name = "thread.run.cancelled", .since = every, .once = true, .last = true},
      {.name = "thread.run.expired", .since = every, .once = true, .last = true},
      {.name = "thread.run.step.created", .ids_alone = true},
      {.name = "thread.run.step.in_progress", .ids_alone = true},
      {.name = "thread.run.step.delta"},
      {.name = "thread.run.step.completed"},
      // A run that ends otherwise ends what is open then: one step, with its message.
      {.name = "thread.run.step.failed", .since = every, .once = true},
      {.name = "thread.run.step.cancelled", .since = every, .once = true},
      {.name = "thread.run.step.expired", .since = every, .once = true},
      {.name = "thread.message.created", .ids_alone = true},
      {.name = "thread.message.in_progress", .ids_alone = true},
      {.name = "thread.message.delta"},
      {.name = "thread.message.completed"},
      {.name = "thread.message.incomplete", .since = every, .once = true},
      {.name = "error", .since = every, .once = true, .last = true, .ids_alone = true},
  });
}();

inline constexpr auto stream_event_names = [] {
  std::array<std::string_view, stream_events.size()> names{};
  std::ranges::transform(stream_events, names.begin(), &StreamEvent::name);
  return names;
}();

// Null when there is none of that name.
constexpr const StreamEvent* find_stream_event(std::string_view name) {
  const auto* found = std::ranges::find(stream_events, name, &StreamEvent::name);
  return found == stream_events.end() ? nullptr : found;
}

}  // namespace assistants_mock::scenarios
