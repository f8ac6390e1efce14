#pragma once
// A run that has not ended: where its script is, what is open on the wire, and what is due next.
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mock_server/engine/event_log.h"
#include "mock_server/store/store.h"
#include "scenarios/playback.h"

namespace assistants_mock::mock_server::engine {

using state_machine::Duration;
using state_machine::Instant;

struct LiveRun {
  store::ThreadRecord& thread;
  std::shared_ptr<const store::Run> run;
  std::shared_ptr<EventLog> log;

  // Nothing when no rule of the scenario fits: the run then fails with `no_match` as its message.
  std::optional<scenarios::Playback> playback = {};
  std::string no_match = {};
  scenarios::Queued queued = {};
  scenarios::OnCancel on_cancel = {};

  Instant waits_since{};  // when the run was last queued or told to cancel
  Instant held_until{};   // by files of its thread that are not ready
  std::vector<scenarios::TimedAct> turn = {};
  std::size_t next_act = 0;
  Instant turn_began{};
  bool silent = false;  // the script has nothing more to say: only the deadline is left
  bool works_while_cancelling = false;

  // The one message and the one step that may be open (demands 4 and 7 of docs/wire/streaming.md),
  // and the snapshots that their deltas refer to.
  std::shared_ptr<store::Message> message = nullptr;
  std::shared_ptr<const store::Message> message_created = nullptr;
  std::shared_ptr<store::RunStep> step = nullptr;
  std::shared_ptr<const store::RunStep> step_created = nullptr;

  std::map<std::string, std::string> made_files = {};  // the latest id of each name

  std::size_t written_bytes = 0;  // by the message of the step that is open
  std::size_t output_bytes = 0;   // of all tool outputs so far, those of hosted tools included
  std::size_t prompt_bytes = 0;   // what the open step reads: what its prompt tokens come from
  std::size_t unread_bytes = 0;   // put out by hosted tools of the open step: read by the next
  std::optional<scenarios::Usage> scripted_usage = {};  // of the step that is open
};

}  // namespace assistants_mock::mock_server::engine
